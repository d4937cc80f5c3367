"""One run of one source from beginning to end."""

from __future__ import annotations

import gc
import importlib
import inspect
import logging
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from content.provenance import claims, runs
from content.provenance.models import Run
from crawlers import bundle, config
from crawlers.catalogue import configured, sync_source
from crawlers.errors import ConfigError, ExpectationFailed
from crawlers.session import Session
from crawlers.spider import SourceSpider

GC_THRESHOLD = 100_000
"""New objects before Python looks for cycles. A batch makes hundreds of thousands of rows and values, hardly any in a
cycle; with the default of 700 a quarter of the time went into looking. Memory stays the same."""


def crawl(
    name: str,
    backend: str,
    *,
    resume: bool = True,
    force: bool = False,
    limit: int | None = None,
    progress: bool = True,
    verbose: bool = False,
) -> Run:
    """Run a source to its end and answer the ended run, whose ``state`` and ``reason`` tell how it went.

    Scrapy's reactor can be started once per process: so can this. Raises ConfigError, BundleError, RunInProgress.
    """
    source_config = config.load(name)
    spider = spider_class(name)
    if backend == Run.Backend.RECORDED:
        bundle.recordings(name)
    elif backend == Run.Backend.LIVE and not configured(source_config):
        raise ConfigError(f"{name} is not configured: {source_config.key_setting} is not set")
    source = sync_source(source_config)
    session = Session(source_config, source, runs.begin(source, backend, resume=resume), force=force, limit=limit)
    session.progress = progress
    session.expected = _likely(session)
    try:
        logging.disable(logging.NOTSET if verbose else logging.INFO)  # Scrapy's own default is DEBUG
        process = Process(session)
        process.crawl(spider, session=session)
        gc.set_threshold(GC_THRESHOLD, 20, 50)
        process.start()
        conclude(session)
    except BaseException as problem:
        # Whatever ends us, Ctrl-C included, the run must not stay "running".
        runs.finish(session.run, Run.State.INTERRUPTED, f"{type(problem).__name__}: {problem}")
        raise
    finally:
        logging.disable(logging.NOTSET)
        connection.close()
    session.run.refresh_from_db()
    return session.run


class Process(AsyncCrawlerProcess):
    """Scrapy's own, which at the first signal stops storing at once instead of reading a long document to its end."""

    def __init__(self, session: Session) -> None:
        super().__init__(Settings(scrapy_settings(session)))
        self._session = session

    async def stop(self) -> None:
        """Called at a signal and, with no crawler left, when all is done."""
        self._session.cancelled = self._session.cancelled or bool(self.crawlers)
        await super().stop()


def conclude(session: Session) -> None:
    """Decide how the run ended; only one that has read everything may mark records as no longer listed."""
    run = session.run
    if session.lost:
        return
    if session.cancelled:
        state = Run.State.CANCELLED if _asked(run) else Run.State.INTERRUPTED
        runs.finish(run, state, "stopped before its end")
        return
    try:
        check(session)
    except ExpectationFailed as problem:
        runs.finish(run, Run.State.FAILED, str(problem))
        return
    if session.limit is not None:
        runs.finish(run, Run.State.SUCCEEDED, f"only the first {session.limit} records were read")
        return
    if session.failures:
        reason = f"{len(session.failures)} documents failed, nothing was marked as missing: {session.failures[0]}"
        runs.finish(run, Run.State.SUCCEEDED, reason)
        return
    if not session.partial:
        try:
            claims.mark_missing(run, session.seen, at=timezone.now(), most=session.config.expected.missing_share)
        except claims.TooManyMissing as problem:
            runs.finish(run, Run.State.FAILED, str(problem))
            return
    runs.finish(run, Run.State.SUCCEEDED)


def check(session: Session) -> None:
    """ExpectationFailed if the run is not what the source's YAML expects."""
    expected = session.config.expected
    if session.fatal:
        raise ExpectationFailed(session.fatal)
    if len(session.failures) > expected.failed_documents:
        raise ExpectationFailed(f"{len(session.failures)} documents failed: {session.failures[0]}")
    if session.limit is not None:
        return
    low, high = expected.items
    if not low <= session.items <= high:
        raise ExpectationFailed(f"{session.items} records, expected {low} to {high}")
    share = session.rejected / max(1, session.items + session.rejected)
    if share > expected.rejected_share:
        raise ExpectationFailed(f"{session.rejected} records rejected ({share:.1%} of all)")


def spider_class(name: str) -> type[SourceSpider]:
    """The spider in ``sources/<name>.py``. ConfigError if there is not exactly one."""
    try:
        module = importlib.import_module(f"crawlers.sources.{name}")
    except ModuleNotFoundError as problem:
        raise ConfigError(f"sources/{name}.py is missing") from problem
    found = [
        one
        for _, one in inspect.getmembers(module, inspect.isclass)
        if issubclass(one, SourceSpider) and one.__module__ == module.__name__ and one.name == name
    ]
    if len(found) != 1:
        raise ConfigError(f"sources/{name}.py has {len(found)} spiders named {name!r}, expected one")
    return found[0]


def scrapy_settings(session: Session) -> dict[str, Any]:
    """How Scrapy is to behave: politely."""
    live = session.run.backend == Run.Backend.LIVE
    # Snapshots are answered by the middleware; with either handler nothing but the live site asks the network.
    handler = "crawlers.live.LiveHandler" if live else "crawlers.backends.RecordedHandler"
    return {
        "BOT_NAME": "standards-portal",
        "USER_AGENT": user_agent(),
        "ROBOTSTXT_OBEY": live,
        "COOKIES_ENABLED": False,
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "DOWNLOAD_DELAY": session.config.download_delay if live else 0,
        "DOWNLOAD_MAXSIZE": settings.CRAWL_MAX_BODY_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": 60,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "AUTOTHROTTLE_ENABLED": live,
        "AUTOTHROTTLE_START_DELAY": session.config.download_delay,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 2 if live else 8,
        "CONCURRENT_REQUESTS": 8,
        "RETRY_TIMES": 3,
        "CLOSESPIDER_ERRORCOUNT": session.config.expected.failed_documents + 1,
        # Two transactions' worth of records in memory: one being stored, one being read.
        "CONCURRENT_ITEMS": 2,
        "ITEM_PIPELINES": {"crawlers.pipeline.StorePipeline": 100},
        "DOWNLOADER_MIDDLEWARES": {"crawlers.middlewares.SnapshotMiddleware": 50},
        "EXTENSIONS": {"crawlers.keeper.RunKeeper": 100, "scrapy.extensions.telnet.TelnetConsole": None},
        "LOG_INSTALL_ROOT_HANDLER": False,
        "LOG_FORMATTER": "crawlers.keeper.QuietFormatter",
        "LOGSTATS_INTERVAL": 0,
        "TELNETCONSOLE_ENABLED": False,
    }


def user_agent() -> str:
    """Who asks and how to reach the operator."""
    contact = settings.ADMIN_CONTACT or settings.SITE_URL
    return f"standards-portal/1.0 (+{contact})"


def _asked(run: Run) -> bool:
    return Run.objects.filter(pk=run.pk, cancel_requested=True).exists()


def _likely(session: Session) -> int | None:
    if session.run.backend == Run.Backend.RECORDED:
        return sum(one.records or 0 for one in bundle.recordings(session.config.name).values()) or None
    last = Run.objects.filter(source=session.source, state=Run.State.SUCCEEDED).order_by("-started_at").first()
    return last.items if last else None
