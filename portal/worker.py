"""The worker of the embedded profile: one process does everything that happens behind the pages.

Its pending work lies in the database (outbox rows, unread files, due dates, crawls asked for), so a stop at any moment
loses none of it.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import date

from django.conf import settings
from django.db import DatabaseError, OperationalError, close_old_connections
from django.utils import timezone

from content.regulations.calendar import flip_validity
from content.standards.calendar import flip_statuses
from crawlers.attendant import Attendant
from crawlers.files import read_pending
from portal.dumps.making import Stopped, make
from portal.names import push_names
from search.engines.errors import EngineError
from search.outbox import drain
from search.watch import background as followers

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
"""How long the worker rests when nothing is due; an edit is findable after about this time."""
BACK_OFF_SECONDS = 10.0
DUMP_REST_SECONDS = 600.0
DUMP_AGAIN_SECONDS = 3600.0
"""After so long files that could not be made are tried again; until then yesterday's are offered."""


class Worker:
    """Drains the index outbox, flips statuses when a day begins, reads the text of new files, crawls as asked."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.flipped: date | None = None
        self.idle_since = time.monotonic()
        self.dumped: date | None = None
        self.dump_failed: float | None = None

    def run(self) -> None:
        """Work until ``stop`` is set."""
        with Attendant(on_schedule=settings.CRAWL_ON_SCHEDULE) as crawls:
            while not self.stop.is_set():
                try:
                    crawls.turn()
                    busy = self.turn()
                except (EngineError, OperationalError):
                    # The engine or the database is away or busy: the work waits in its rows.
                    logger.exception("The worker rests for %s s", BACK_OFF_SECONDS)
                    close_old_connections()
                    self.stop.wait(BACK_OFF_SECONDS)
                    continue
                if busy:
                    self.idle_since = time.monotonic()
                else:
                    self.dump()
                    self.stop.wait(IDLE_SECONDS)

    def dump(self) -> None:
        """Make the day's files of bulk data, once nothing has been due for a while: their records are complete then.

        A disk that is full or a database that is away must not end the other work.
        """
        today, now = timezone.localdate(), time.monotonic()
        if self.dumped == today or now - self.idle_since < DUMP_REST_SECONDS:
            return
        if self.dump_failed is not None and now - self.dump_failed < DUMP_AGAIN_SECONDS:
            return
        try:
            make(today, stopping=self.stop.is_set)
        except Stopped:
            return
        except Exception as problem:
            logger.exception("The files of bulk data could not be made; tried again in %.0f s", DUMP_AGAIN_SECONDS)
            self.dump_failed = time.monotonic()
            if isinstance(problem, DatabaseError):
                close_old_connections()
        else:
            self.dumped, self.dump_failed = today, None

    def turn(self) -> bool:
        """Do what is due once, crawls apart; True when there may be more."""
        today = timezone.localdate()
        if self.flipped != today:
            flip_statuses(today)
            flip_validity(today)
            self.flipped = today
        push_names()
        drained = drain(stop=self.stop)
        read = sum(1 for _file in read_pending(limit=1))
        told = followers.turn()  # also while thousands of files wait to be read
        return bool(drained or read or told)
