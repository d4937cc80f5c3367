"""TBT notifications are found by symbol, HS code and words, filtered by deadline, on every engine."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from content.standards.classification_tables import load_classifications
from content.tbt.models import Notification
from search.documents.notifications import notification_documents, notification_records
from search.engines.base import Engine
from search.indexing import compare
from search.outbox import drain
from search.params import parse
from search.rebuilding import rebuild
from search.results import Standing
from search.service import search
from tests.factories import make_standard
from tests.integration.content.tbt.samples import ADOPTED, LAMPS, LONGER, SLUG, TOYS, held, load

pytestmark = pytest.mark.django_db
TODAY = date(2030, 6, 12)


@pytest.fixture(autouse=True)
def _records(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda value=None, tz=None: value.date() if value else TODAY)
    load_classifications()
    make_standard("GB 6675.1-2014", title_zh="玩具安全 第1部分：基本规范", status="in_force")
    load(TOYS, LONGER, LAMPS)
    rebuild()


def found(query: str, **values: str) -> list[str]:
    page = search(parse({"q": [query], **{name: [value] for name, value in values.items()}}))
    assert not page.failure
    return [result.url.rstrip("/").rpartition("/")[2] for result in page.results]


@pytest.mark.parametrize(
    "spelling", ["G/TBT/N/EU/1024", "g tbt n eu 1024", "g-tbt-n-eu-1024", "Ｇ／ＴＢＴ／Ｎ／ＥＵ／１０２４"]
)
def test_the_symbol_comes_first_and_its_thread_after_it(spelling: str) -> None:
    page = search(parse({"q": [spelling]}))
    assert [result.designation for result in page.results][:2] == [TOYS.symbol, LONGER.symbol]
    assert page.results[0].standing == Standing.EXACT


def test_an_addendum_by_its_own_symbol() -> None:
    assert found("G/TBT/N/EU/1024/Add.1")[0] == f"{SLUG}-add-1"


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("HS 9503", SLUG),
        ("HS编码：950450", SLUG),
        ("海关编码 95.03", SLUG),
        ("hs code 95", SLUG),
        ("税号9405", "g-tbt-n-usa-532-rev-1"),
    ],
)
def test_by_hs_code(query: str, slug: str) -> None:
    assert found(query) == [slug]


def test_no_chapter_no_code() -> None:
    assert SLUG not in found("HS 7701")


@pytest.mark.parametrize("query", ["draft safety of toys", "chemical requirements toys", "欧盟 TBT 通报"])
def test_by_words(query: str) -> None:
    assert SLUG in found(query)


@pytest.mark.parametrize(
    ("values", "slugs"),
    [
        ({"comments": "open"}, {SLUG, f"{SLUG}-add-1"}),
        ({"comments": "7"}, {SLUG, f"{SLUG}-add-1"}),
        ({"comments": "over"}, {"g-tbt-n-usa-532-rev-1"}),
        ({"member": "USA"}, {"g-tbt-n-usa-532-rev-1"}),
        ({"type": "tbt", "ics": "97.200"}, {SLUG}),
        ({"type": "tbt", "year": "2029"}, {"g-tbt-n-usa-532-rev-1"}),
    ],
)
def test_filters(values: dict[str, str], slugs: set[str]) -> None:
    assert set(found("", **values)) == slugs


def test_the_soonest_deadline_first() -> None:
    assert found("", type="tbt", sort="deadline")[0] == "g-tbt-n-usa-532-rev-1"
    assert found("", comments="open", sort="deadline") == [SLUG, f"{SLUG}-add-1"]


def test_how_many_are_open(client: Client) -> None:
    page = search(parse({"type": ["tbt"]}))
    (facet,) = [each for each in page.facets if each.name == "comments"]
    assert {value.value: value.count for value in facet.values} == {"open": 2, "7": 2, "30": 2, "over": 1}
    (members,) = [each for each in page.facets if each.name == "member"]
    assert {value.label: value.count for value in members.values} == {"欧盟": 2, "美国": 1}
    text = client.get("/en/search/", {"type": "tbt", "comments": "7"}).content.decode()
    assert "open for seven days at most" in text
    assert "comments until" in text
    data = client.get("/api/v1/search/", {"type": "tbt", "comments": "7"}).json()
    assert data["results"][0]["dates"]["deadline"] == "2030-06-15"


def test_the_index_follows_the_store() -> None:
    load(ADOPTED)
    drain()
    assert f"{SLUG}-add-2" in found("G/TBT/N/EU/1024")
    assert not compare().keys
    Notification.objects.filter(pk=held(TOYS).pk).update(hidden_at=timezone.now())
    rebuild()
    assert SLUG not in found("G/TBT/N/EU/1024")


def test_both_ways_of_reading_give_the_same_documents(django_assert_num_queries: Any) -> None:
    ids = list(Notification.objects.order_by("pk").values_list("pk", flat=True))
    with django_assert_num_queries(3):
        whole = list(notification_documents(ids))
    assert [set(one) - set(two) for one, two in zip(whole, notification_records(ids), strict=True)] == [
        {"checksum"}
    ] * 3
