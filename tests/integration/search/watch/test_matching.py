"""Changes find those who follow them, each once, and a re-crawl without a change finds nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.provenance.models import Change
from content.reach import store as reach
from content.reach.items import EntryItem, SubstanceItem
from content.standards import store as standards
from content.standards.items import RelationItem, StandardItem
from content.standards.models import Standard
from content.tbt import store as tbt
from search.outbox import drain
from search.watch.matching import match
from search.watch.models import Alert, FollowedKey, Subscription
from tests.factories import make_change, make_source, make_standard
from tests.integration.content.tbt.samples import LAMPS, LONGER, TOYS, load
from tests.integration.search.watch.people import follow, person

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    rows = Alert.objects.order_by("pk").values_list("subscription__label", "change__label")
    return list(dict.fromkeys(rows))


def match_all() -> None:
    while match():
        pass


def standard(designation: str, replaces: str = "", **values: Any) -> StandardItem:
    relations = (RelationItem(kind="replaces", designation=replaces),) if replaces else ()
    fields = {
        "key": designation,
        "url": "https://example.org/",
        "designation": designation,
        "title_zh": "管理体系",
        "status": "in_force",
    }
    return StandardItem(**(fields | {"relations": relations} | values))


def test_a_standard_and_its_successors_down_the_line() -> None:
    source = make_source("iso")
    standards.upsert([standard("GB/T 1-2001")], source=source)
    match_all()
    one = follow(person(), "standard", "gb-t-1-2001")
    standards.upsert([standard("GB/T 1-2010", "GB/T 1-2001")], source=source)
    match_all()
    assert ("standard gb-t-1-2001", "GB/T 1-2010") in told()
    Alert.objects.all().delete()
    standards.upsert([standard("GB/T 1-2020", "GB/T 1-2010"), standard("GB/T 2-2020")], source=source)
    match_all()
    assert {label for _subscription, label in told()} == {"GB/T 1-2020"}
    assert one.keys.filter(key="gb-t-1-2020").exists()


def test_a_re_crawl_without_a_change_tells_nobody() -> None:
    source = make_source("eping")
    load(TOYS, source=source)
    follow(person(), "member", "EU")
    match_all()
    Alert.objects.all().delete()
    tbt.upsert([TOYS], source=source)
    assert match() == 0
    tbt.upsert([TOYS], source=source, force=True)
    assert match() == 0
    assert told() == []


@pytest.mark.parametrize(
    ("kind", "key", "labels"),
    [
        ("tbt", "g-tbt-n-eu-1024", {TOYS.symbol, LONGER.symbol}),
        ("member", "USA", {LAMPS.symbol}),
        ("hs", "9503", {TOYS.symbol}),
        ("hs", "94", {LAMPS.symbol}),
        ("ics", "97.200", {TOYS.symbol}),
        ("source", "eping", {TOYS.symbol, LONGER.symbol, LAMPS.symbol}),
        ("hs", "9506", set()),
    ],
)
def test_notifications_by_what_they_are_and_belong_to(kind: str, key: str, labels: set[str]) -> None:
    follow(person(), kind, key)
    load(TOYS, LONGER, LAMPS)
    match_all()
    assert {label for _subscription, label in told()} == labels


def test_lists_substances_and_groups() -> None:
    ada = person()
    follow(ada, "list", "candidate")
    follow(ada, "substance", "cas-80-05-7")
    item = EntryItem(
        key="1",
        url="https://echa.europa.eu/",
        list_name="candidate",
        substance=SubstanceItem(name="Bisphenol A", cas=("80-05-7",)),
        included="2017-01-12",
    )
    reach.upsert([item], source=make_source("echa_candidate"))
    match_all()
    assert set(told()) == {("list candidate", "Bisphenol A"), ("substance cas-80-05-7", "Bisphenol A")}


def test_a_saved_search_is_told_of_what_it_finds() -> None:
    ada = person()
    follow(ada, "search", "q=toys")
    follow(ada, "search", "q=lamps+of+neon")
    follow(ada, "search", "type=tbt&member=USA")
    drain()
    load(TOYS, LAMPS)
    assert match() == 0  # the index does not know them yet
    drain()
    match_all()
    assert set(told()) == {("search q=toys", TOYS.symbol), ("search type=tbt&member=USA", LAMPS.symbol)}


def test_a_search_that_is_no_longer_understood_stops_nobody_else() -> None:
    ada = person()
    follow(ada, "search", "year=never")
    follow(ada, "member", "EU")
    load(TOYS)
    drain()
    match_all()
    assert told() == [("member EU", TOYS.symbol)]


def test_what_is_paused_and_what_nobody_follows() -> None:
    follow(person(), "member", "EU", paused_at=timezone.now())
    load(TOYS)
    match_all()
    assert told() == []
    assert not Change.objects.filter(told=False).exists()


def test_two_keys_of_one_subscription_make_one_alert() -> None:
    one = follow(person(), "member", "EU")
    FollowedKey.objects.create(subscription=one, kind="hs", key="95")
    load(TOYS)
    match_all()
    assert Alert.objects.count() == 1


def test_a_crash_loses_none_and_repeats_none(monkeypatch: pytest.MonkeyPatch) -> None:
    follow(person(), "member", "EU")
    load(TOYS)

    def crash(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(Change.objects, "filter", crash)
        with pytest.raises(RuntimeError):
            match()
    assert Alert.objects.count() == 0
    match_all()
    match_all()
    assert Alert.objects.count() == 1


def test_queries_do_not_grow_with_followers_or_changes() -> None:
    def queries(changes: int, followers: int) -> int:
        record = Standard.objects.first() or make_standard("GB/T 1-2001", ics=("97.200.50",))
        for n in range(followers):
            follow(person(f"p{changes}-{n}"), "standard", record.slug)
        for _n in range(changes):
            make_change(record, old="a", new="b")
        with CaptureQueriesContext(connection) as captured:
            assert match() == changes
        return len(captured.captured_queries)

    assert queries(2, 2) == queries(8, 8)
    assert Subscription.objects.count() == 10
    assert Alert.objects.count() == 2 * 2 + 8 * 10
