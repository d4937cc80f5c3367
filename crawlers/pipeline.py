"""Stores what spiders hand over, in transactions of a few hundred records, on the one thread that talks to the
database."""

from __future__ import annotations

import logging
from typing import Any

from asgiref.sync import sync_to_async
from django.db import Error as DatabaseError
from scrapy.crawler import Crawler

from content.provenance import rejections, runs
from content.provenance.intake import CrawledItem, Upsert
from content.standards import files
from crawlers.documents import Rejected
from crawlers.keeper import stop
from crawlers.messages import Batch, Covered, FetchedFile
from crawlers.session import Session, session_of
from crawlers.spider import BATCH, SourceSpider

logger = logging.getLogger(__name__)


class StorePipeline:
    """Gathers records until a transaction is worth it; what is gathered when the spider ends is stored then."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._items: list[CrawledItem] = []
        self._snapshots: dict[str, int] = {}
        self._rejected: list[Rejected] = []
        self._files: list[FetchedFile] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        return cls(crawler)

    @property
    def session(self) -> Session:
        return session_of(self.crawler)

    @property
    def _upsert(self) -> Upsert:
        spider = self.crawler.spider
        assert isinstance(spider, SourceSpider)  # noqa: S101 -- Scrapy knows only the base of all spiders
        return spider.upsert

    async def process_item(self, item: Any) -> Any:
        if isinstance(item, Covered):
            await self._on_thread(self._cover, item.records)
        elif isinstance(item, Batch):
            self._items += item.items
            self._snapshots.update(dict.fromkeys((one.key for one in item.items), item.snapshot_id))
            self._rejected += item.rejected
        elif isinstance(item, FetchedFile):
            self._files.append(item)
        if len(self._items) + len(self._rejected) >= BATCH or len(self._files) >= BATCH:
            await self._flush()
        return item

    async def close_spider(self) -> None:
        await self._flush()

    async def _flush(self) -> None:
        items, snapshots, rejected, fetched = self._items, self._snapshots, self._rejected, self._files
        self._items, self._snapshots, self._rejected, self._files = [], {}, [], []
        if items or rejected or fetched:
            await self._on_thread(self._store, items, snapshots, rejected, fetched)

    async def _on_thread(self, work: Any, *args: Any) -> None:
        """Do ``work`` unless the run has failed; a failure of the database or of the run ends the crawl."""
        session = self.session
        if session.fatal or session.cancelled or session.lost:
            return
        try:
            await sync_to_async(work)(*args)
        except runs.RunCancelled:
            session.cancelled = True
        except runs.RunLost as problem:
            session.lost = True
            session.fail(str(problem))
        except DatabaseError as problem:
            logger.exception("%s: a batch could not be stored", session.config.name)
            session.fail(f"a batch could not be stored: {problem}")
        else:
            return
        stop(self.crawler, "the run is over")

    def _cover(self, records: int) -> None:
        runs.beat(self.session.run, {"items": records, "unchanged": records})
        self.session.items += records

    def _store(
        self, items: list[CrawledItem], snapshots: dict[str, int], rejected: list[Rejected], fetched: list[FetchedFile]
    ) -> None:
        session = self.session
        counts = self._upsert(items, source=session.source, run=session.run, snapshots=snapshots, force=session.force)
        session.items += counts.items
        session.rejected += counts.rejected + len(rejected)
        if rejected:
            rejections.keep(
                (rejections.Rejection(one.key, one.url, one.reason, one.detail, one.raw) for one in rejected),
                run=session.run,
            )
            runs.beat(session.run, {"rejected": len(rejected)})
        for one in fetched:
            with one.response.reopen() as body:
                files.attach(one.key, one.item, body, source=session.source, run=session.run)
