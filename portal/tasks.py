"""What Celery's workers do besides crawling; all of it thin, and harmless when done twice."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from datetime import timedelta

from celery import shared_task
from django.core.cache import cache
from django.db import OperationalError
from django.db.models import Q
from django.utils import timezone

from content.provenance import runs
from content.provenance.models import CrawlRequest
from content.regulations.calendar import flip_validity
from content.standards import calendar
from crawlers.files import MODELS, pending, read_file
from crawlers.pdf import Extractor
from crawlers.stopping import stopping
from portal.dumps.making import Stopped, make
from portal.names import push_names
from portal.resting import Rests
from portal.sending import CRAWL_SOURCE, queue_of, send, waiting
from search.engines.errors import EngineError
from search.outbox import drain
from search.watch import background as followers

logger = logging.getLogger(__name__)

TURN_SECONDS = 600.0
"""After so long a task that has more to do lets others have their turn; the schedule sends it again."""
DRAIN_ROWS = 5_000
READING_SECONDS = 3600
"""How long a file may be read before another worker takes it as given up."""
CRAWL_PATIENCE = timedelta(seconds=30)
"""How long a crawl that was asked for may take to begin before it is asked for again."""

_rests = Rests(first=5.0, longest=60.0)


@shared_task
def drain_index() -> None:
    """Bring the index up to date. While the engine is away a process of the worker asks it less and less often."""
    if _rests.left:
        return
    begun = time.monotonic()
    push_names()
    try:
        while not stopping() and time.monotonic() - begun < TURN_SECONDS and drain(limit=DRAIN_ROWS):
            pass
    except (EngineError, OperationalError) as problem:
        logger.warning("The index is not brought up to date for %.0f s: %s", _rests.begin(), problem)
    else:
        _rests.end()


@shared_task
def flip_statuses() -> None:
    """Give every standard the status, and every regulation the validity, that it has today."""
    calendar.flip_statuses(timezone.localdate())
    flip_validity(timezone.localdate())


@shared_task
def tell_followers() -> None:
    """Match changes with what people follow, make mails and send them."""
    begun = time.monotonic()
    try:
        while not stopping() and time.monotonic() - begun < TURN_SECONDS and followers.turn():
            pass
    except (EngineError, OperationalError) as problem:
        logger.warning("Followers are told later: %s", problem)


@shared_task
def make_dumps() -> None:
    """Make today's files of bulk data. A worker that is told to stop leaves them to the next night."""
    with suppress(Stopped):
        make(timezone.localdate(), stopping=stopping)


@shared_task
def read_files() -> None:
    """Read the text of new files, one after the other; several workers read different ones."""
    begun = time.monotonic()
    unread = ((model, pk) for model in MODELS for pk in pending(model).values_list("pk", flat=True))
    with Extractor() as extractor:
        for model, pk in unread:
            if stopping() or time.monotonic() - begun > TURN_SECONDS:
                return
            mark = f"reading:{model.__name__}:{pk}"
            if not cache.add(mark, 1, READING_SECONDS):
                continue
            try:
                if (file := pending(model).filter(pk=pk).first()) is not None:
                    read_file(file, extractor)
            finally:
                cache.delete(mark)


@shared_task
def resume_crawls() -> None:
    """Send crawls that are wanted and that nobody works on: their message was lost, or their worker was killed."""
    since = timezone.now() - CRAWL_PATIENCE
    idle = Q(tried_at=None, asked_at__lt=since) | Q(tried_at__lt=since)
    if waiting(queue_of(CRAWL_SOURCE)):
        return
    for request in CrawlRequest.objects.filter(idle):
        if runs.living(request.source_id) is None:
            send(CRAWL_SOURCE, request.source_id, request.pk)
