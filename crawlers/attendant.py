"""Crawls in the embedded profile, without a broker: one after the other, by the worker that does everything else."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from types import TracebackType
from typing import Self

from django.db.models import Q
from django.utils import timezone

from content.provenance import runs
from content.provenance.models import CrawlRequest
from crawlers.attempts import Attempt, attempt
from crawlers.catalogue import sync_sources
from crawlers.scheduling import ask_for_due

logger = logging.getLogger(__name__)

SCHEDULE_SECONDS = 60.0
PAUSE = timedelta(seconds=30)
"""Between two attempts at the same request."""


class Attendant:
    """Takes requests from the database, the oldest first, and watches their crawls; ``turn`` never waits.

    ``on_schedule``: it also asks for what is due. Without that nothing goes to the network unless somebody asks.
    """

    def __init__(self, *, on_schedule: bool) -> None:
        self._on_schedule = on_schedule
        self._looked_at: float | None = None
        self._attempt: Attempt | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._attempt is not None:
            self._attempt.stop()

    def turn(self) -> None:
        """Look after the crawl that is going on, or begin the next one."""
        if self._attempt is not None and not self._attempt.over():
            return
        self._attempt = None
        if self._on_schedule:
            self._ask_for_due()
        request = self._next()
        if request is not None:
            self._attempt = attempt(request)

    def _ask_for_due(self) -> None:
        now = time.monotonic()
        if self._looked_at is None:
            sync_sources()
        elif now - self._looked_at < SCHEDULE_SECONDS:
            return
        self._looked_at = now
        for request in ask_for_due(timezone.now()):
            logger.info("%s is due", request.source_id)

    def _next(self) -> CrawlRequest | None:
        rested = Q(tried_at=None) | Q(tried_at__lt=timezone.now() - PAUSE)
        for request in CrawlRequest.objects.filter(rested).select_related("source"):
            if runs.living(request.source_id) is None:
                return request
        return None
