"""ePing is asked page by page with the key, and not at all without one."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from scrapy.http import Request, Response, TextResponse

from content.provenance import runs
from content.provenance.models import Run, Snapshot, Source
from content.tbt.models import Notification
from crawlers import config
from crawlers.catalogue import sync_source, sync_sources
from crawlers.fetched import FETCHED, Fetched
from crawlers.messages import Batch
from crawlers.running import conclude, spider_class
from crawlers.scheduling import ask_for_due
from crawlers.session import Session
from tests.unit.crawlers.sources.test_tbt import RECORD

pytestmark = pytest.mark.django_db
KEY = "the-key"


@pytest.fixture
def key(settings: Any) -> None:
    settings.WTO_API_KEY = KEY


def answer(request: Request, body: bytes, run: Run) -> Response:
    snapshot = Snapshot.objects.create(
        run=run, url=request.url, fetched_at=timezone.now(), status=200, sha256=hashlib.sha256(body).hexdigest(), size=1
    )
    request.meta[FETCHED] = Fetched(snapshot.pk, snapshot.sha256, unchanged=False)
    return TextResponse(request.url, body=body, request=request)


def crawl(pages: list[bytes]) -> tuple[Run, list[Request]]:
    source = sync_source(config.load("eping"))
    session = Session(config.load("eping"), source, runs.begin(source, Run.Backend.LIVE, resume=False))
    spider = spider_class("eping")(session)
    queue, asked = list(spider.first_requests()), []
    while queue:
        request = queue.pop(0)
        asked.append(request)
        assert request.callback is not None
        for found in request.callback(answer(request, pages[len(asked) - 1], session.run), **request.cb_kwargs):
            if isinstance(found, Request):
                queue.append(found)
            elif isinstance(found, Batch):
                counts = spider.upsert(found.items, source=source, run=session.run)
                session.items += counts.items
                session.rejected += len(found.rejected)
    conclude(session)
    session.run.refresh_from_db()
    return session.run, asked


def page(first: int, count: int, total: int | None = None) -> bytes:
    rows = [RECORD | {"documentSymbol": f"G/TBT/N/EU/{number}"} for number in range(first, first + count)]
    return orjson.dumps(rows if total is None else {"items": rows, "totalCount": total})


def parameters(request: Request) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("total", [None, 130])
def test_page_after_page_with_the_key(total: int | None) -> None:
    run, asked = crawl([page(1, 100, total), page(101, 30, total)])
    assert run.state == Run.State.SUCCEEDED
    assert Notification.objects.count() == 130
    assert [parameters(request)["page"] for request in asked] == ["1", "2"]
    assert {request.headers["Ocp-Apim-Subscription-Key"] for request in asked} == {KEY.encode()}
    assert not any(KEY in request.url for request in asked)


@pytest.mark.usefixtures("key")
def test_the_past_once_and_then_what_is_new() -> None:
    _run, (first,) = crawl([page(1, 1)])
    _run, (later,) = crawl([page(2, 1)])
    assert parameters(first)["distributionDateFrom"] == "2015-01-01"
    assert parameters(later)["distributionDateFrom"] > "2026-01-01"
    assert Notification.objects.count() == 2  # what a stretch of the list does not name is there all the same


def test_without_a_key_it_is_shown_as_not_configured_and_never_asked(client: Client) -> None:
    sync_sources()
    assert not Source.objects.get(pk="eping").configured
    assert "eping" not in {request.source_id for request in ask_for_due(timezone.now())}
    with pytest.raises(CommandError, match="WTO_API_KEY"):
        call_command("crawl", "eping")
    assert not Run.objects.filter(source="eping").exists()
    assert "未配置" in client.get("/sources/").content.decode()
    assert "未配置" in client.get("/sources/eping/").content.decode()
    assert client.get("/api/v1/sources/eping/").json()["configured"] is False


@pytest.mark.usefixtures("key")
def test_with_a_key_it_is_due() -> None:
    sync_sources()
    assert "eping" in {request.source_id for request in ask_for_due(timezone.now())}
