"""One attempt at a crawl that was asked for: a child process, since Scrapy's reactor starts once per process.

The child ends with whoever watches it, and what it has stored stays: the next attempt goes on from there. Who watches
is a task of Celery or, without a broker, the worker of the embedded profile.
"""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from content.provenance import runs
from content.provenance.models import CrawlRequest, Run
from crawlers import processes

logger = logging.getLogger(__name__)

CRAWL = [sys.executable, "manage.py", "crawl", "--verbosity", "0"]
MAX_ATTEMPTS = 3
"""Attempts that may die: a source that kills its process, or its whole worker, must not do so for ever."""
LISTEN_SECONDS = 2.0
GRACE_SECONDS = 5.0
"""How long Scrapy may take to end in good order, and then at once. The worker above it has 15 s to end."""


def attempt(request: CrawlRequest) -> Attempt | None:
    """Start the crawl that is asked for; None if it is given up because too many attempts have died."""
    if request.attempts < MAX_ATTEMPTS:
        return Attempt(request)
    reason = f"given up: its process was killed or crashed {request.attempts} times"
    runs.note_failed_start(request.source, Run.Backend.LIVE, reason)
    logger.error("The crawl of %s is %s", request.source_id, reason)
    request.delete()
    return None


class Attempt:
    """Starts the crawl of ``request``'s source; ask ``over`` now and then whether it has ended."""

    def __init__(self, request: CrawlRequest) -> None:
        self.request = request
        self.began = timezone.now()
        self._stopped = self._concluded = False
        self._row = CrawlRequest.objects.filter(pk=request.pk)
        self._row.update(attempts=F("attempts") + 1, tried_at=self.began)
        self._last_words = ""
        self._child = processes.start([*CRAWL, request.source_id], piped=True)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._deadline = time.monotonic() + settings.CRAWL_TIME_LIMIT

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        return self._child.pid

    def over(self) -> bool:
        """Whether the crawl has ended; one that nobody wants any more, or that takes too long, is ended.

        After too long a time the request stays: others have their turn, then this one goes on.
        """
        if self._child.poll() is not None:
            self._conclude()
        elif time.monotonic() > self._deadline or not self._row.exists():
            self.stop()
        return self._concluded

    def stop(self) -> None:
        """End the child if it still runs. The request stays, for a later attempt to go on."""
        if self._child.poll() is None:
            self._stopped = True
            # Scrapy ends in good order at the first signal, at once at the second.
            for number in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
                self._child.send_signal(number)
                try:
                    self._child.wait(GRACE_SECONDS)
                except subprocess.TimeoutExpired:
                    continue
                break
            self._row.update(attempts=F("attempts") - 1)
        self._conclude()

    def _conclude(self) -> None:
        """See what the ended child has come to, once."""
        if self._concluded:
            return
        self._concluded = True
        source = self.request.source
        runs.bury_the_dead(source.name)
        own = Run.objects.filter(source=source, started_at__gte=self.began).order_by("started_at").first()
        if own is not None:
            self._take_back(own)
        elif not self._stopped:
            self._explain_no_run()

    def _take_back(self, run: Run) -> None:
        """The request is fulfilled by any end that the run came to by itself."""
        if run.state not in (Run.State.RUNNING, Run.State.INTERRUPTED):
            self._row.delete()

    def _explain_no_run(self) -> None:
        source = self.request.source
        in_the_way = Q(state=Run.State.RUNNING) | Q(finished_at__gte=self.began)
        if Run.objects.filter(in_the_way, source=source).exists():
            # Another run of the source was going on: that is no failure, this one has its turn afterwards.
            self._row.update(attempts=F("attempts") - 1)
            return
        self._listener.join(LISTEN_SECONDS)
        reason = self._last_words or f"the process ended with status {self._child.returncode}"
        runs.note_failed_start(source, Run.Backend.LIVE, reason)
        logger.error("The crawl of %s did not start: %s", source.name, reason)
        self._row.delete()

    def _listen(self) -> None:
        """Pass on what the child writes, and keep its last line, where commands and tracebacks name the problem."""
        for line in self._child.stdout or ():
            sys.stderr.write(line.decode(errors="replace"))
            self._last_words = line.decode(errors="replace").strip() or self._last_words
