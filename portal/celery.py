"""Celery's application: ``celery -A portal.celery worker``, ``celery -A portal.celery beat``.

Imported only where CELERY_BROKER_URL is set. A worker takes from all queues unless ``-Q`` names some.
"""

from __future__ import annotations

import os
import signal
from typing import Any

from celery import Celery
from celery.signals import beat_embedded_init, task_revoked, worker_process_init, worker_ready, worker_shutting_down
from kombu.entity import Exchange, Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

QUEUES = ("default", "index", "files", "crawl", "mail")
AT_START = ("flip_statuses", "drain_index", "read_files", "resume_crawls", "tell_followers")
"""What may be waiting since the last worker ended."""

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_queues = [Queue(name, Exchange(name), routing_key=name) for name in QUEUES]
app.autodiscover_tasks()


@worker_ready.connect
def begin(**kwargs: Any) -> None:
    for name in AT_START:
        app.send_task(f"portal.tasks.{name}")


@beat_embedded_init.connect
@worker_process_init.connect
def end_with_worker(**kwargs: Any) -> None:
    """A worker that is killed takes its processes with it, and they the crawls that they watch."""
    from crawlers.processes import die_with_parent

    die_with_parent(signal.SIGKILL, os.getppid())


@worker_shutting_down.connect
def end_long_tasks(**kwargs: Any) -> None:
    from crawlers import stopping

    stopping.announce()


@task_revoked.connect
def forget_crawl(request: Any = None, terminated: bool = False, **kwargs: Any) -> None:
    """Who revokes a running crawl does not want it to be resumed."""
    from content.provenance import requests
    from crawlers.tasks import crawl_source

    if terminated and request is not None and request.task == crawl_source.name:
        requests.withdraw(request.args[0])
