"""From items to records: merging of sources, threads, changes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.provenance.models import Change, Claim
from content.tbt import store
from content.tbt.models import Notification, Product, Wording
from tests.factories import make_source
from tests.integration.content.tbt.samples import ADOPTED, LAMPS, LONGER, TOYS, held, item, load

pytestmark = pytest.mark.django_db


def changes(one: Notification) -> list[tuple[str, object, object]]:
    rows = Change.objects.filter(record_type="tbt", record_id=one.pk, kind=Change.Kind.FIELD).order_by("pk")
    return [(row.field, row.old, row.new) for row in rows]


def test_a_notification_is_held_by_the_points_of_its_form() -> None:
    load(TOYS)
    one = held(TOYS)
    assert (one.slug, one.base, one.kind, one.member) == ("g-tbt-n-eu-1024", "G/TBT/N/EU/1024", "base", "EU")
    assert (one.circulated, one.number, one.articles) == ("2030-03-01", "30-1234", ["2.9.2", "5.6.2"])
    assert (one.hs, one.ics) == (["9503", "950450"], ["97.200.50"])
    assert (one.comments, one.comments_stated, one.deadline) == (
        "2030-04-30",
        "60 days from notification",
        "2030-04-30",
    )
    assert (one.adoption, one.adoption_stated, one.entry) == ("", "To be determined", "2031-01")
    (text,) = one.wordings.all()
    assert (text.language, text.title, text.agency) == ("en", TOYS.title, "European Commission")
    covered = {(each.system, each.code) for each in one.products.all()}
    hs = {("hs", code) for code in ("95", "9503", "9504", "950450")}
    assert covered == hs | {("ics", code) for code in ("97", "97.200", "97.200.50")}
    assert list(Change.objects.filter(record_type="tbt").values_list("kind", flat=True)) == ["created"]


def test_what_was_said_before_costs_no_write() -> None:
    source = make_source("eping")
    load(TOYS, LAMPS, source=source)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        counts = store.upsert([TOYS, LAMPS], source=source)
    assert (counts.items, counts.created, counts.updated, counts.unchanged) == (2, 0, 0, 2)
    assert not [one for one in queries.captured_queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_an_addendum_moves_the_deadline_of_the_whole_thread() -> None:
    source = make_source("eping")
    load(TOYS, source=source)
    load(LONGER, source=source)
    assert {one.deadline for one in Notification.objects.all()} == {"2030-06-15"}
    assert held(TOYS).comments == "2030-04-30"
    assert changes(held(TOYS)) == [("deadline", "2030-04-30", "2030-06-15")]


def test_a_withdrawal_ends_the_time_for_comments() -> None:
    gone = item("G/TBT/N/EU/1024/Add.3", circulated="2030-05-01", events=({"kind": "withdrawn"},))
    load(TOYS, LONGER, gone)
    assert {one.deadline for one in Notification.objects.all()} == {""}


@pytest.mark.parametrize("chinese_first", [True, False])
def test_sources_add_up_whatever_their_order(chinese_first: bool) -> None:
    eping = make_source("eping", precedence={"comments": 10})
    portal = make_source("atbt")
    chinese = item(
        TOYS.symbol,
        key="1",
        language="zh",
        title="玩具安全法规草案",
        agency="欧盟委员会",
        comments="2030-04-29",
        hs=("9505",),
        relevant="2009/48/EC",
    )
    steps = [(chinese, portal), (TOYS, eping)]
    for told, source in steps if chinese_first else reversed(steps):
        load(told, source=source)
    one = held(TOYS)
    assert {text.language: text.title for text in one.wordings.all()} == {"zh": "玩具安全法规草案", "en": TOYS.title}
    assert one.comments == "2030-04-30"  # ePing knows better
    assert one.hs == ["9505"]  # nobody does: the source that comes first by its name
    assert Claim.objects.filter(record_type="tbt", record_id=one.pk).count() == 2


def test_what_a_source_takes_back_goes() -> None:
    source = make_source("eping")
    load(TOYS, source=source)
    load(TOYS.model_copy(update={"objective": "", "hs": ("9503",), "title": "A new title"}), source=source)
    one = held(TOYS)
    assert one.hs == ["9503"]
    assert not one.products.filter(code="950450").exists()
    assert one.wordings.get().objective == ""
    assert ("title.en", TOYS.title, "A new title") in changes(one)
    assert ("objective.en", "Protection of human health or safety", "") in changes(one)
    assert ("hs", ["9503", "950450"], ["9503"]) in changes(one)


def test_a_symbol_that_a_source_corrects() -> None:
    source = make_source("eping")
    load(TOYS.model_copy(update={"key": "17", "symbol": "G/TBT/N/EU/1042"}), source=source)
    load(TOYS.model_copy(update={"key": "17"}), source=source)
    assert set(Notification.objects.values_list("symbol", flat=True)) == {"G/TBT/N/EU/1042", "G/TBT/N/EU/1024"}
    assert Claim.objects.get().record_id == held(TOYS).pk


def test_codes_in_the_wrong_field() -> None:
    load(TOYS.model_copy(update={"hs": ("98.23",), "ics": ("38.08",)}))
    one = held(TOYS)
    assert (one.hs, one.ics, one.codes_moved, one.codes_unread) == (["3808"], [], ["38.08"], ["98.23"])


def test_the_number_of_queries_does_not_grow_with_the_items() -> None:
    def queries(first: int, count: int) -> int:
        numbers = range(first, first + count)
        items = [TOYS.model_copy(update={"key": str(n), "symbol": f"G/TBT/N/EU/{n}"}) for n in numbers]
        with CaptureQueriesContext(connection) as captured:
            load(*items)
        return len(captured.captured_queries)

    load(LAMPS)
    assert queries(1, 10) == queries(100, 20)
    assert (Wording.objects.count(), Product.objects.count()) == (31, 30 * 7 + 2)


def test_a_late_addendum_is_no_change_of_what_is_older() -> None:
    load(TOYS)
    load(ADOPTED)
    assert changes(held(TOYS)) == []
