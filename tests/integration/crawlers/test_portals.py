"""From a portal's list to stored standards: which pages are asked for, and when asking stops.

Scrapy's reactor starts once per process, so the spider's callbacks are called here in the order in which the answers
would come; the pages are made up after the recorded layout.
"""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from scrapy.exceptions import CloseSpider
from scrapy.http import HtmlResponse, Request, Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from content.provenance import runs
from content.provenance.models import Run, Snapshot
from content.standards import store
from content.standards.items import StandardItem
from content.standards.models import Standard
from crawlers import bundle, config
from crawlers.catalogue import sync_source
from crawlers.fetched import FETCHED, Fetched
from crawlers.messages import Batch, Covered
from crawlers.portals import PortalSpider
from crawlers.running import conclude, spider_class
from crawlers.session import Session
from tests.unit.crawlers.sources.pages import list_of, page_of

pytestmark = pytest.mark.django_db

FIRST = "https://openstd.samr.gov.cn/bzgk/std/std_list?p.p1=0&p.p90=circulation_date&p.p91=asc&page=1&pageSize=50"
SECOND = FIRST.replace("page=1&", "page=2&")


def address(row: int) -> str:
    return f"https://openstd.samr.gov.cn/bzgk/std/newGbInfo?hcno={row:032X}"


def detail(row: int, **changes: Any) -> bytes:
    return page_of(name=f"GB {row}-2020", **changes)


@dataclass
class Crawl:
    """Drives a spider over a dictionary of pages."""

    source: str
    pages: dict[str, bytes | int]
    """Body by address; a number is an HTTP status."""
    unchanged: frozenset[str] = frozenset()
    limit: int | None = None
    asked: list[str] = field(default_factory=list)
    covered: int = 0
    media_type: str = "text/html"

    def __post_init__(self) -> None:
        source = sync_source(config.load(self.source))
        self.session = Session(
            config.load(self.source), source, runs.begin(source, Run.Backend.LIVE, resume=False), limit=self.limit
        )
        spider = spider_class(self.source)(self.session)
        assert isinstance(spider, PortalSpider)
        self.spider = spider

    def run(self) -> Run:
        queue = deque(self.spider.first_requests())
        reason = "finished"
        try:
            while queue:
                queue.extend(self._answer(queue.popleft()))
        except CloseSpider as stopped:
            reason = stopped.reason
        self.spider.closed(reason)
        conclude(self.session)
        self.session.run.refresh_from_db()
        return self.session.run

    def _answer(self, request: Request) -> list[Request]:
        self.asked.append(request.url)
        answer = self.pages.get(request.url, 404)
        if isinstance(answer, int):
            problem = HttpError(Response(request.url, status=answer, request=request))
            failure: Any = Failure(problem)  # type: ignore[no-untyped-call]
            failure.request = request
            assert request.errback
            request.errback(failure)
            return []
        sha256 = hashlib.sha256(answer).hexdigest()
        row = Snapshot.objects.create(
            run=self.session.run,
            url=request.url,
            fetched_at=timezone.now(),
            status=200,
            sha256=sha256,
            size=len(answer),
        )
        request.meta[FETCHED] = Fetched(row.pk, sha256, request.url in self.unchanged)
        kind = HtmlResponse if self.media_type == "text/html" else TextResponse
        response = kind(
            request.url, body=answer, encoding="utf-8", request=request, headers={"Content-Type": self.media_type}
        )
        assert callable(request.callback)
        return [it for it in request.callback(response, **request.cb_kwargs) if self._is_request(it)]

    def _is_request(self, result: Any) -> bool:
        if isinstance(result, Batch):
            items = [item for item in result.items if isinstance(item, StandardItem)]
            snapshots = {item.key: result.snapshot_id for item in items}
            counts = store.upsert(items, source=self.session.source, run=self.session.run, snapshots=snapshots)
            self.session.items += counts.items
            self.session.rejected += counts.rejected + len(result.rejected)
        elif isinstance(result, Covered):
            self.covered += result.records
            self.session.items += result.records
        return isinstance(result, Request)


@pytest.fixture(autouse=True)
def _own_snapshots(settings: Any, tmp_path: Path) -> None:
    own = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "snapshots"},
    }
    settings.STORAGES = {**settings.STORAGES, "snapshots": own}


@pytest.fixture
def pages() -> dict[str, bytes | int]:
    return {
        FIRST: list_of(2, 3, page=1, pages=2),
        SECOND: list_of(1, 3, page=2, pages=2, first=3),
        **{address(row): detail(row) for row in (1, 2, 3)},
    }


def test_every_row_of_every_page_is_stored(pages: dict[str, bytes | int]) -> None:
    crawl = Crawl("openstd", pages)
    run = crawl.run()
    assert run.state == Run.State.SUCCEEDED
    assert set(crawl.asked) == set(pages)
    assert len(crawl.asked) == len(pages)
    assert set(Standard.objects.values_list("designation", flat=True)) == {"GB 1-2020", "GB 2-2020", "GB 3-2020"}
    assert Standard.objects.get(designation="GB 3-2020").url == address(3)


def test_a_limit_asks_for_no_more(pages: dict[str, bytes | int]) -> None:
    crawl = Crawl("openstd", pages, limit=1)
    assert crawl.run().state == Run.State.SUCCEEDED
    assert crawl.asked == [FIRST, address(1)]


def test_a_list_that_has_not_changed_is_not_followed_again(pages: dict[str, bytes | int]) -> None:
    Crawl("openstd", pages).run()
    again = Crawl("openstd", pages, unchanged=frozenset(pages))
    assert again.run().state == Run.State.SUCCEEDED
    assert again.asked == [FIRST, SECOND]
    assert again.covered == 3


def test_a_list_with_a_page_that_failed_is_followed_again(pages: dict[str, bytes | int]) -> None:
    good = pages[address(2)]
    pages[address(2)] = 500
    first = Crawl("openstd", pages)
    assert first.run().state == Run.State.SUCCEEDED
    assert first.session.failures == [f"{address(2)}: HTTP 500"]
    pages[address(2)] = good
    again = Crawl("openstd", pages, unchanged=frozenset(pages))
    again.run()
    assert address(2) in again.asked
    assert Standard.objects.count() == 3


@pytest.mark.parametrize("status", [403, 405, 412, 521])
def test_a_refusal_ends_the_run_at_once(pages: dict[str, bytes | int], status: int) -> None:
    pages[address(1)] = status
    crawl = Crawl("openstd", pages)
    run = crawl.run()
    assert run.state == Run.State.FAILED
    assert f"HTTP {status}" in run.reason
    assert crawl.asked == [FIRST, address(1)]


@pytest.mark.parametrize("where", [FIRST, address(1)])
def test_a_firewalls_page_ends_the_run_at_once(pages: dict[str, bytes | int], where: str) -> None:
    pages[where] = b"<html><head><title>403 Forbidden</title></head><body></body></html>"
    crawl = Crawl("openstd", pages)
    run = crawl.run()
    assert run.state == Run.State.FAILED
    assert "firewall" in run.reason
    assert crawl.asked[-1] == where
    assert not Standard.objects.exists()


def test_a_list_that_shows_less_than_it_tells_fails_the_run(pages: dict[str, bytes | int]) -> None:
    pages[FIRST] = list_of(2, 300, page=1, pages=2)
    run = Crawl("openstd", pages).run()
    assert run.state == Run.State.FAILED
    assert "tells of 300 standards and showed 3" in run.reason


def test_a_run_that_fails_marks_nothing_as_missing(pages: dict[str, bytes | int]) -> None:
    Crawl("openstd", pages).run()
    Crawl("openstd", {FIRST: 403}).run()
    assert Run.objects.filter(removed__gt=0).count() == 0


def test_a_standard_that_is_no_longer_listed_is_marked(pages: dict[str, bytes | int]) -> None:
    Crawl("openstd", pages).run()
    run = Crawl("openstd", {FIRST: list_of(2, 2), address(1): detail(1), address(2): detail(2)}).run()
    assert (run.state, run.removed) == (Run.State.SUCCEEDED, 1)
    assert Standard.objects.count() == 3


def test_a_standard_whose_page_cannot_be_read_is_still_listed(pages: dict[str, bytes | int]) -> None:
    Crawl("openstd", pages).run()
    pages[address(2)] = detail(2, status="冻结")
    crawl = Crawl("openstd", pages)
    assert crawl.run().state == Run.State.FAILED  # one of three is more than the source bears
    crawl.session.rejected = 0
    Run.objects.filter(pk=crawl.session.run.pk).update(state=Run.State.RUNNING)
    conclude(crawl.session)
    assert Run.objects.get(pk=crawl.session.run.pk).removed == 0


def test_rows_that_cannot_be_read_let_nothing_count_as_missing(pages: dict[str, bytes | int]) -> None:
    Crawl("openstd", pages).run()
    pages[SECOND] = list_of(1, 3, page=2, pages=2, first=3, status="冻结")
    crawl = Crawl("openstd", pages)
    crawl.run()
    assert crawl.session.partial
    again = Crawl("openstd", pages, unchanged=frozenset(pages))
    again.run()
    assert again.session.rejected == 1  # the page is read again, until all of it can be


def test_a_list_that_lost_a_great_part_of_its_standards_fails_the_run() -> None:
    def whole(count: int) -> dict[str, bytes | int]:
        return {FIRST: list_of(count, count), **{address(row): detail(row) for row in range(1, count + 1)}}

    Crawl("openstd", whole(60)).run()
    run = Crawl("openstd", whole(30)).run()
    assert (run.state, run.removed) == (Run.State.FAILED, 0)
    assert "30 of the 60 records listed before are no longer listed" in run.reason
    run = Crawl("openstd", whole(45)).run()
    assert (run.state, run.removed) == (Run.State.SUCCEEDED, 15)


def test_a_changed_status_is_history(pages: dict[str, bytes | int]) -> None:
    Crawl("openstd", pages).run()
    pages[address(1)] = detail(1, status="废止")
    pages[FIRST] = list_of(2, 3, page=1, pages=2, status="废止")
    run = Crawl("openstd", pages).run()
    changed = [(it.label, it.field, it.old, it.new) for it in run.changes.all()]
    assert ("GB 1-2020", "status", "in_force", "withdrawn") in changed


@pytest.mark.parametrize("source", ["openstd", "hbba", "ttbz"])
def test_bundled_facts_answer_the_same_request(source: str, tmp_path: Path) -> None:
    url = str(config.load(source).data_url)
    target = tmp_path / "facts"
    with target.open("wb") as file:
        bundle.unpack(source, bundle.recordings(source)[url], file)
    facts = target.read_bytes()
    crawl = Crawl(source, {url: facts}, media_type="application/x-ndjson")
    run = crawl.run()
    assert run.state == Run.State.SUCCEEDED, run.reason
    assert crawl.asked == [url]
    assert Standard.objects.count() == len(facts.splitlines())


def test_facts_are_a_sample_and_mark_nothing_as_missing(pages: dict[str, bytes | int]) -> None:
    Crawl("openstd", pages).run()
    line = (
        '{"recorded": "2026-01-01", "item": {"key": "k", "url": "https://openstd.samr.gov.cn/x", '
        '"designation": "GB 9-2020", "status": "in_force"}}\n'
    )
    run = Crawl("openstd", {FIRST: line.encode()}, media_type="application/x-ndjson").run()
    assert (run.state, run.removed) == (Run.State.SUCCEEDED, 0)


@pytest.mark.parametrize(
    ("source", "part"),
    [("openstd", "&page=7&"), ("hbba", "?current=7&"), ("ttbz", "?page=7&"), ("std_samr", "&pageNumber=7&")],
)
def test_addresses_of_further_pages(source: str, part: str) -> None:
    crawl = Crawl(source, {})
    first, seventh = crawl.spider.list_url(1), crawl.spider.list_url(7)
    assert first == str(config.load(source).data_url)
    assert part in seventh
    assert seventh == first.replace(part.replace("7", "1"), part)
