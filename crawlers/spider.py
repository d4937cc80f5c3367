"""The base of all sources.

A source is a class and pure parse functions::

    class ExampleSpider(SourceSpider):
        name = "example"                        # sources/example.py and sources/example.yml

        def first_requests(self):
            yield self.get(self.config.data_url, self.read_list)

        def read_list(self, response):
            for link in parse_links(response.body, response.url):
                yield self.get(link, self.read_detail)

        def read_detail(self, response):
            yield from self.records(response, parse_detail)

``parse_detail(document)`` yields items of the source's subject (``StandardItem``, unless ``upsert`` says otherwise)
and, for a record it cannot read, ``Rejected`` (or raises RecordError, if the document holds one record). It raises
StructureChanged where the document is not built as it knows it. Fetching from the live site, from the bundled recording
and from earlier snapshots, keeping snapshots, conditional requests, batching, storing and counting are the framework's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any, ClassVar

import scrapy
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from content.provenance.intake import CrawledItem, Upsert
from content.standards import store
from content.standards.items import FileItem, StandardItem
from crawlers.config import SourceConfig
from crawlers.documents import Document, Rejected
from crawlers.errors import RecordError
from crawlers.fetched import FETCHED, Fetched, keep_keys, keys_of
from crawlers.messages import Batch, Covered, FetchedFile
from crawlers.responses import SPOOL, SpooledResponse
from crawlers.session import Session, fingerprint

Callback = Callable[..., Iterable[Any] | None]
Parser = Callable[[Document], Iterable[CrawledItem | Rejected]]

BATCH = 500
"""Records per transaction. Measured with SQLite: 100 is 20 % slower, 2,000 is no faster and holds the write lock
longer."""
STREAM_TIMEOUT = 1_800.0
"""Seconds that a document fetched into a file may take."""


class SourceSpider(scrapy.Spider):
    """A source that is read from its first requests to its records."""

    upsert: ClassVar[Upsert] = staticmethod(store.upsert)
    """What takes the records over: the store of the subject that the source is about."""

    def __init__(self, session: Session, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.session = session
        self.config: SourceConfig = session.config

    def first_requests(self) -> Iterable[Request]:
        """Where reading begins."""
        raise NotImplementedError

    async def start(self) -> AsyncIterator[Any]:
        for request in self.first_requests():
            yield request

    def get(self, url: object, callback: Callback, *, spool: bool = False, **kwargs: Any) -> Request:
        """A request for a document. ``spool`` fetches it into a file: for bulk files, which do not fit into memory."""
        meta = dict(kwargs.pop("meta", {}))
        if spool:
            meta |= {SPOOL: True, "download_timeout": STREAM_TIMEOUT}
        return Request(str(url), callback=callback, errback=self.document_failed, meta=meta, **kwargs)

    def document(self, response: Response) -> Document:
        """The response as parsers take it."""
        if isinstance(response, SpooledResponse):
            return Document(response.url, response.reopen)
        return Document.of(response.url, response.body)

    def records(self, response: Response, parse: Parser) -> Iterator[Any]:
        """The records of a document, in batches, and requests for their files.

        A document that has not changed since it was last stored, read by the same code, is not read again.
        """
        fetched: Fetched = response.meta[FETCHED]
        mark = fingerprint(self.name)
        if fetched.unchanged and not self.session.force and self.session.limit is None:
            known = keys_of(fetched.sha256, mark)
            if known is not None:
                self.session.seen.update(known.taken, known.rejected)
                yield Covered(len(known.taken))
                return
        keys: list[str] = []
        rejected: list[str] = []
        batch = Batch(fetched.snapshot_id)
        for record in self._parsed(response, parse):
            if isinstance(record, Rejected):
                rejected.append(record.key)
                batch.rejected.append(record)
            else:
                keys.append(record.key)
                batch.items.append(record)
                if isinstance(record, StandardItem):
                    yield from (self._file_request(record.key, file) for file in record.files)
            self.session.seen.add(record.key)
            if len(batch) >= BATCH:
                yield batch
                batch = Batch(fetched.snapshot_id)
            if self.session.over:
                break
        else:
            keep_keys(fetched.sha256, mark, keys, rejected)
        if len(batch):
            yield batch

    def document_failed(self, failure: Failure) -> None:
        """A document could not be had; whether the run can bear that is decided at its end."""
        problem = failure.value
        if isinstance(problem, HttpError):
            detail = f"HTTP {problem.response.status}"
        elif isinstance(problem, IgnoreRequest):
            detail = str(problem) or "not asked for"
        else:
            detail = f"{type(problem).__name__}: {problem}"
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        self.session.failures.append(f"{request.url}: {detail}")

    def save_file(self, response: SpooledResponse, key: str, item: FileItem) -> Iterator[FetchedFile]:
        """A file of a record has arrived."""
        yield FetchedFile(key, item, response)

    def _file_request(self, key: str, item: FileItem) -> Request:
        return self.get(item.url, self.save_file, spool=True, cb_kwargs={"key": key, "item": item}, meta={"file": True})

    def _parsed(self, response: Response, parse: Parser) -> Iterator[CrawledItem | Rejected]:
        try:
            yield from parse(self.document(response))
        except RecordError as problem:
            yield Rejected(response.url, response.url, problem.reason, problem.detail)
