"""Messages to Celery's workers: hints to look into the database sooner. None may fail a request, none is missed."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.conf import settings
from django.db import transaction
from kombu.connection import Connection
from kombu.exceptions import ChannelError, KombuError
from redis.exceptions import RedisError

from content.provenance.models import CrawlRequest
from content.provenance.signals import crawl_wanted, records_changed
from portal.celery import app

logger = logging.getLogger(__name__)

DRAIN_INDEX = "portal.tasks.drain_index"
CRAWL_SOURCE = "crawlers.tasks.crawl_source"

# A page must not wait for a broker that does not answer.
QUICK = {"socket_timeout": 1.0, "socket_connect_timeout": 1.0, "max_retries": 0}
AWAY_SECONDS = 10.0
"""After a failure nothing is sent for so long."""

AWAY = (KombuError, OSError, RedisError)

_away_until = 0.0


def connect() -> None:
    """Tell the workers of every change of records, and of every crawl that is wanted, when it is committed."""
    records_changed.connect(_on_records_changed, dispatch_uid="portal.sending")
    crawl_wanted.connect(_on_crawl_wanted, dispatch_uid="portal.sending")


def send(name: str, *args: Any, unless_waiting: bool = False) -> bool:
    """Send a task; False if the broker is away.

    ``unless_waiting``: a message that waits in the task's queue is enough, since whoever takes it looks after now.
    """
    global _away_until
    if time.monotonic() < _away_until:
        return False
    try:
        with _connection() as connection:
            if not (unless_waiting and _waiting(queue_of(name), connection)):
                app.send_task(name, args, connection=connection, retry=False)
    except AWAY as problem:
        logger.warning("No message %s, the broker is away: %s", name, problem)
        _away_until = time.monotonic() + AWAY_SECONDS
        return False
    return True


def queue_of(name: str) -> str:
    """The queue of a task."""
    queue: str = settings.CELERY_TASK_ROUTES.get(name, {}).get("queue", settings.CELERY_TASK_DEFAULT_QUEUE)
    return queue


def waiting(queue: str) -> int:
    """How many messages wait in a queue; what a worker holds does not count."""
    with _connection() as connection:
        return _waiting(queue, connection)


def _waiting(queue: str, connection: Connection) -> int:
    try:
        declared = connection.default_channel.queue_declare(queue, passive=True)
    except ChannelError:  # there is no such queue, as Redis has none that is empty
        return 0
    return int(declared.message_count)


def _connection() -> Connection:
    connection: Connection = app.connection_for_write(transport_options=QUICK)
    return connection


def _on_records_changed(sender: object, **kwargs: Any) -> None:
    transaction.on_commit(_drain_soon, robust=True)


def _drain_soon() -> None:
    send(DRAIN_INDEX, unless_waiting=True)


def _on_crawl_wanted(sender: object, request: CrawlRequest, **kwargs: Any) -> None:
    transaction.on_commit(lambda: send(CRAWL_SOURCE, request.source_id, request.pk), robust=True)
