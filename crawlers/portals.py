"""Sources that are a portal: a list in pages whose rows lead to one page for each standard.

The same request that asks the live portal for its list is answered with bundled facts when a recording is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from scrapy.exceptions import CloseSpider
from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from content.standards.items import StandardItem
from crawlers.documents import Document, Rejected
from crawlers.fetched import FETCHED, Fetched, keep_keys, keys_of
from crawlers.messages import Batch, Covered
from crawlers.parsers import facts
from crawlers.parsers.firewall import BLOCK_STATUSES, Blocked
from crawlers.parsers.statement import ListPage, Statement
from crawlers.session import fingerprint
from crawlers.spider import SourceSpider

UNREAD = ""
"""Stands for the rows of a page of the list that could not be read: the page is read again next time."""
COMPLETE = 0.98
"""Share of the told total that must have been listed; a list that grows while it is read never fits exactly."""


@dataclass(slots=True)
class Waiting:
    """A page of the list whose rows are still being fetched."""

    sha256: str
    mark: str
    keys: tuple[str, ...]
    left: set[str]

    def done(self, key: str) -> None:
        """One row's page was read. When all were, the page of the list need not be read again until it changes."""
        self.left.discard(key)
        if not self.left:
            keep_keys(self.sha256, self.mark, self.keys)


class PortalSpider(SourceSpider):
    """What a portal's spider states: where its pages are and which pure functions read them."""

    method: ClassVar[str] = "GET"
    """HTTP method of the list."""
    page_parameter: ClassVar[str]
    """What the page of the list is called in its address; data_url has it with the value 1."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = 0
        self.listed = 0
        self.asked = 0

    @staticmethod
    def parse_list(body: bytes, url: str) -> ListPage:
        """Read a page of the list."""
        raise NotImplementedError

    @staticmethod
    def parse_detail(body: bytes, url: str) -> Statement:
        """Read the page of one standard."""
        raise NotImplementedError

    def list_url(self, page: int) -> str:
        """Address of a page of the list, from 1; the first one is the source's data_url."""
        first = str(self.config.data_url)
        return re.sub(rf"(?<=[?&]){re.escape(self.page_parameter)}=1(?=&|\Z)", f"{self.page_parameter}={page}", first)

    def first_requests(self) -> Iterable[Request]:
        yield self.get(self.config.data_url, self.read_first, method=self.method)

    def read_first(self, response: Response) -> Iterator[Any]:
        """The first page of the list, or the bundled facts."""
        if is_facts(response):
            self.session.partial = True
            yield from self.records(response, facts.parse_facts)
            return
        page = self._guarded(self.parse_list, response)
        self.told = page.total
        pages = page.pages if page.pages is not None else -(-page.total // max(1, len(page.rows) + len(page.rejected)))
        yield from self._rows(response, page)
        for number in range(page.page + 1, pages + 1):
            if self._enough():
                return
            yield self.get(self.list_url(number), self.read_list, method=self.method)

    def read_list(self, response: Response) -> Iterator[Any]:
        """A further page of the list."""
        yield from self._rows(response, self._guarded(self.parse_list, response))

    def read_detail(self, response: Response, key: str, waiting: Waiting) -> Iterator[Any]:
        """The page of one standard, which is listed whether or not its page can be read."""
        self.session.seen.add(key)
        yield from self.records(response, self._statement)
        waiting.done(key)

    def document_failed(self, failure: Failure) -> None:
        problem = failure.value
        if isinstance(problem, HttpError) and problem.response.status in BLOCK_STATUSES:
            self._stop(f"{problem.response.url}: refused with HTTP {problem.response.status}")
        super().document_failed(failure)

    def closed(self, reason: str) -> None:
        """Scrapy's hook: a list read to its end must have shown what it told."""
        if reason == "finished" and self.session.limit is None and self.listed < self.told * COMPLETE:
            self.session.fail(f"the list tells of {self.told} standards and showed {self.listed}")

    def _rows(self, response: Response, page: ListPage) -> Iterator[Any]:
        self.listed += len(page.rows) + len(page.rejected)
        fetched: Fetched = response.meta[FETCHED]
        mark = fingerprint(self.name)
        if fetched.unchanged and not self.session.force and self.session.limit is None:
            known = keys_of(fetched.sha256, mark)
            if known is not None:
                self.session.seen.update(known.taken)
                yield Covered(len(known.taken))
                return
        if page.rejected:
            # Which standards these rows are about is not known: none may count as no longer listed.
            self.session.partial = True
            yield Batch(
                fetched.snapshot_id,
                rejected=[Rejected("", response.url, it.reason, it.detail) for it in page.rejected],
            )
        # A foreign-language version of a standard is no standard of its own.
        rows = [row for row in page.rows if not row.language]
        left = {row.key for row in rows} | ({UNREAD} if page.rejected else set())
        waiting = Waiting(fetched.sha256, mark, tuple(row.key for row in rows), left)
        for row in rows:
            if self._enough():
                return
            yield self.get(row.url, self.read_detail, cb_kwargs={"key": row.key, "waiting": waiting})
            self.asked += 1

    def _enough(self) -> bool:
        return self.session.limit is not None and self.asked >= self.session.limit

    def _statement(self, document: Document) -> Iterator[StandardItem]:
        try:
            statement = self.parse_detail(document.read(), document.url)
        except Blocked as problem:
            self._stop(str(problem))
        for unread in statement.problems:
            self.logger.warning("%s: not understood: %s", document.url, unread)
        yield statement.item()

    def _guarded(self, parse: Callable[[bytes, str], ListPage], response: Response) -> ListPage:
        try:
            return parse(response.body, response.url)
        except Blocked as problem:
            self._stop(str(problem))

    def _stop(self, reason: str) -> NoReturn:
        """The portal refuses to answer: fail the run at once and ask nothing more."""
        self.session.fail(reason)
        raise CloseSpider("the site refuses to answer")


def is_facts(response: Response) -> bool:
    """Whether the answer is a bundle of facts."""
    content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return content_type.split(";")[0].strip() == facts.MEDIA_TYPE
