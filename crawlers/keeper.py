"""Watches over a crawl: gives signs of life, notices requests to stop, counts what goes wrong, shows progress."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any

from asgiref.sync import sync_to_async
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.logformatter import LogFormatter
from twisted.python.failure import Failure

from content.provenance import runs
from crawlers.errors import StructureChanged
from crawlers.session import Session, session_of

BEAT_SECONDS = 5.0
PROGRESS_SECONDS = 1.0


class RunKeeper:
    """Scrapy extension, one per crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.started = time.monotonic()
        self._tasks: list[asyncio.Task[None]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RunKeeper:
        keeper = cls(crawler)
        crawler.signals.connect(keeper.opened, signal=signals.spider_opened)
        crawler.signals.connect(keeper.closed, signal=signals.spider_closed)
        crawler.signals.connect(keeper.spider_error, signal=signals.spider_error)
        crawler.signals.connect(keeper.item_error, signal=signals.item_error)
        return keeper

    @property
    def session(self) -> Session:
        return session_of(self.crawler)

    def opened(self) -> None:
        self._tasks = [asyncio.ensure_future(self._beat()), asyncio.ensure_future(self._show())]

    def closed(self, reason: str) -> None:
        for task in self._tasks:
            task.cancel()
        if reason == "shutdown":
            self.session.cancelled = True
        self._line(last=True)

    def spider_error(self, failure: Failure, response: Any) -> None:
        """A callback failed: the document counts as failed; beyond what the source bears, reading on is pointless."""
        session = self.session
        problem = failure.value
        kind = "" if isinstance(problem, StructureChanged) else f"{type(problem).__name__}: "
        session.failures.append(f"{response.url}: {kind}{problem}")
        if len(session.failures) > session.config.expected.failed_documents:
            session.fail(session.failures[0])
            stop(self.crawler, "too many documents failed")

    def item_error(self, failure: Failure) -> None:
        """Storing failed in a way nobody has foreseen: the run must not go on."""
        self.session.fail(f"{type(failure.value).__name__}: {failure.value}")
        stop(self.crawler, "storing failed")

    async def _beat(self) -> None:
        session = self.session
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                await sync_to_async(runs.beat)(session.run)
            except runs.RunCancelled:
                session.cancelled = True
            except runs.RunLost as problem:
                session.lost = True
                session.fail(str(problem))
            if session.cancelled or session.lost:
                stop(self.crawler, "the run is over")
                return

    async def _show(self) -> None:
        while True:
            await asyncio.sleep(PROGRESS_SECONDS)
            self._line()

    def _line(self, *, last: bool = False) -> None:
        session = self.session
        if not session.progress:
            return
        seconds = max(time.monotonic() - self.started, 0.001)
        share = f" {min(99, 100 * session.items // session.expected)} %," if session.expected and not last else ""
        text = f"{session.config.name}: {session.items:,} records,{share} {session.items / seconds:,.0f}/s"
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{text}" + ("\n" if last else ""))
        else:
            sys.stderr.write(text + "\n")
        sys.stderr.flush()


class QuietFormatter(LogFormatter):
    """Batches of hundreds of records are not written to the log."""

    def scraped(self, item: Any, response: Any, spider: Any) -> Any:
        return None  # Scrapy then logs nothing


def stop(crawler: Crawler, reason: str) -> None:
    """End the crawl from within it; harmless if it is ending already."""
    engine = crawler.engine
    if engine and engine.spider and engine._slot and not engine._slot.closing:
        task = asyncio.ensure_future(engine.close_spider_async(reason=reason))
        task.add_done_callback(lambda done: done.exception())  # closed twice at the same moment: nothing to do
