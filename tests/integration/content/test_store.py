"""From items to records: what is written, what is not, and what history remembers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.provenance import claims, runs
from content.provenance.intake import Counts
from content.provenance.models import Change, Claim, RejectedItem, Run, Source
from content.provenance.signals import records_changed
from content.standards import lineage, store
from content.standards.items import RelationItem, StandardItem
from content.standards.models import IcsClass, Relation, Standard

pytestmark = pytest.mark.django_db


def make_source(name: str = "list", **values: Any) -> Source:
    return Source.objects.create(
        name=name, title_zh=name, title_en=name, publisher=name, licence="", frequency="daily", **values
    )


@pytest.fixture
def source() -> Source:
    return make_source()


@pytest.fixture
def signals() -> Iterator[list[list[int]]]:
    """The ids of each signal that was sent."""
    sent: list[list[int]] = []

    def receive(ids: list[int], **kwargs: Any) -> None:
        sent.append(ids)

    records_changed.connect(receive)
    yield sent
    records_changed.disconnect(receive)


def item(designation: str = "GB/T 19001-2016", key: str = "", **values: Any) -> StandardItem:
    page = "https://example.org/1"
    return StandardItem(
        **({"key": key or designation, "url": page, "designation": designation, "status": "in_force"} | values)
    )


def changes(**which: Any) -> list[tuple[str, Any, Any]]:
    rows = Change.objects.filter(**which).exclude(kind=Change.Kind.CREATED).order_by("pk")
    return list(rows.values_list("field", "old", "new"))


def test_a_new_record_has_everything(source: Source) -> None:
    told = item(
        "GB/T 19001—2016",
        title_zh="质量管理体系 要求",
        published="2016-12-30",
        effective="2017-07-01",
        ics=("03.120.10",),
        ccs=("A00",),
        responsible=("国家标准化管理委员会",),
        relations=(RelationItem(kind="adopts", designation="ISO 9001:2015", degree="IDT"),),
    )
    assert store.upsert([told], source=source) == Counts(items=1, created=1)
    record = Standard.objects.get()
    assert (record.designation, record.designation_published) == ("GB/T 19001-2016", "GB/T 19001—2016")
    assert (record.slug, record.undated_slug) == ("gb-t-19001-2016", "gb-t-19001")
    assert (record.number, record.year, record.obligation) == ("19001", 2016, "recommended")
    assert (record.status, record.status_since) == ("in_force", "2017-07-01")
    assert [one.code for one in record.ics.all()] == ["03.120.10"]
    assert [one.code for one in record.ccs.all()] == ["A00"]
    relation = record.relations.get()
    assert (relation.kind, relation.target_slug, relation.degree, relation.target) == (
        "adopts",
        "iso-9001-2015",
        "IDT",
        None,
    )
    assert relation.source == source
    assert Change.objects.get().kind == Change.Kind.CREATED
    assert Claim.objects.get().values["title_zh"] == "质量管理体系 要求"


def test_saying_the_same_again_writes_nothing(source: Source, signals: list[list[int]]) -> None:
    store.upsert([item(), item("GB 1-2020")], source=source)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        counts = store.upsert([item(), item("GB 1-2020")], source=source)
    assert counts == Counts(items=2, unchanged=2)
    statements = [one["sql"].split()[0] for one in queries if "SAVEPOINT" not in one["sql"]]
    assert statements == ["SELECT"]
    assert len(signals) == 1


def test_one_changed_fact_is_one_change(source: Source, signals: list[list[int]]) -> None:
    store.upsert([item(title_en="Quality"), item("GB 1-2020")], source=source)
    before = Standard.objects.get(slug="gb-1-2020").updated_at
    counts = store.upsert([item(title_en="Quality management"), item("GB 1-2020")], source=source)
    assert counts == Counts(items=2, updated=1, unchanged=1)
    assert changes() == [("title_en", "Quality", "Quality management")]
    changed = Standard.objects.get(slug="gb-t-19001-2016")
    assert changed.title_en == "Quality management"
    assert signals[-1] == [changed.pk]
    assert Standard.objects.get(slug="gb-1-2020").updated_at == before


def test_a_new_status_is_a_status_change(source: Source) -> None:
    store.upsert([item()], source=source)
    store.upsert([item(status="superseded", withdrawn="2020-05-01")], source=source)
    assert Change.objects.get(kind=Change.Kind.STATUS).new == "superseded"
    record = Standard.objects.get()
    assert (record.status, record.status_since) == ("superseded", "2020-05-01")


def test_classes_and_relations_are_replaced_and_remembered(source: Source) -> None:
    old = RelationItem(kind="replaces", designation="GB/T 19001-2008")
    new = RelationItem(kind="replaces", designation="GB/T 19001-2000")
    store.upsert([item(ics=("03.120.10", "03.100.70"), relations=(old,))], source=source)
    store.upsert([item(ics=("03.120.10",), relations=(new,))], source=source)
    assert changes() == [
        ("ics", ["03.100.70", "03.120.10"], ["03.120.10"]),
        ("relations", ["replaces GB/T 19001-2008"], ["replaces GB/T 19001-2000"]),
    ]
    assert [one.target_designation for one in Relation.objects.all()] == ["GB/T 19001-2000"]


def test_what_an_editor_has_locked_stays(source: Source) -> None:
    store.upsert([item(title_zh="旧", title_en="Old", ics=("03.120.10",))], source=source)
    Standard.objects.update(title_zh="编辑", locked_fields=["title_zh", "ics"])
    store.upsert([item(title_zh="新", title_en="New", ics=("01.040",))], source=source)
    record = Standard.objects.get()
    assert (record.title_zh, record.title_en) == ("编辑", "New")
    assert [one.code for one in record.ics.all()] == ["03.120.10"]
    assert changes() == [("title_en", "Old", "New")]
    assert Claim.objects.get().values["title_zh"] == "新"


def test_two_sources_disagree(source: Source) -> None:
    publisher = make_source("publisher", authority="ISO ISO/IEC")
    store.upsert([item("ISO 9001:2015", title_en="Own word")], source=publisher)
    store.upsert([item("ISO 9001-2015", title_en="Hearsay", title_zh="要求")], source=source)
    record = Standard.objects.get()
    assert (record.title_en, record.title_zh) == ("Own word", "要求")
    said = {claim.source_id: claim.values["title_en"] for claim in Claim.objects.all()}
    assert said == {"publisher": "Own word", "list": "Hearsay"}
    store.upsert([item("GB/T 1-2020", title_en="Hearsay of the publisher")], source=publisher)
    store.upsert([item("GB/T 1-2020", title_en="Newer")], source=source)
    assert Standard.objects.get(slug="gb-t-1-2020").title_en == "Newer"


def test_a_designation_listed_twice_is_one_record_whatever_the_order(source: Source) -> None:
    draft = item("ISO 22568-1:2019", key="88834", stage="30.98", status="withdrawn", title_en="Cancelled")
    published = item("ISO 22568-1:2019", key="88829", stage="60.60", title_en="Published")
    for order in ([draft, published], [published, draft]):
        Standard.objects.all().delete()
        Claim.objects.all().delete()
        for one in order:
            store.upsert([one], source=source)
        assert Standard.objects.get().title_en == "Published"
        assert Claim.objects.filter(record_id=Standard.objects.get().pk).count() == 2
    Standard.objects.all().delete()
    Claim.objects.all().delete()
    assert store.upsert([draft, published], source=source).created == 1
    assert Standard.objects.get().title_en == "Published"


def test_a_draft_that_is_published_keeps_its_record(source: Source) -> None:
    store.upsert([item("ISO/DIS 9001", key="88464", status="draft")], source=source)
    born = Standard.objects.get()
    store.upsert([item("ISO 9001:2026", key="88464")], source=source)
    record = Standard.objects.get()
    assert (record.pk, record.slug, record.year) == (born.pk, "iso-9001-2026", 2026)
    assert ("slug", "iso-dis-9001", "iso-9001-2026") in changes()
    assert lineage.moved("iso-dis-9001") == record


def test_a_new_designation_that_is_held_already_moves_the_claim_only(source: Source) -> None:
    store.upsert([item("ISO/DIS 9001", key="1", status="draft"), item("ISO 9001:2026", key="2")], source=source)
    store.upsert([item("ISO 9001:2026", key="1")], source=source)
    held = Standard.objects.get(slug="iso-9001-2026")
    assert set(Claim.objects.values_list("record_id", flat=True)) == {held.pk}
    assert Standard.objects.filter(slug="iso-dis-9001").exists()


def test_a_relation_waits_for_its_target(source: Source) -> None:
    adopts = RelationItem(kind="adopts", designation="ISO 9001:2015", degree="IDT")
    store.upsert([item(relations=(adopts,))], source=source)
    assert Relation.objects.get().target is None
    store.upsert([item("ISO 9001:2015")], source=source)
    relation = Relation.objects.get()
    assert relation.target is not None
    assert relation.target.slug == "iso-9001-2015"


def test_a_relation_waits_for_a_draft_to_be_published(source: Source) -> None:
    later = RelationItem(kind="replaced_by", designation="ISO 9001:2026")
    store.upsert([item("ISO 9001:2015", relations=(later,)), item("ISO/DIS 9001", key="1")], source=source)
    assert Relation.objects.get().target is None
    store.upsert([item("ISO 9001:2026", key="1")], source=source)
    assert Relation.objects.get().target == Standard.objects.get(slug="iso-9001-2026")


@pytest.mark.parametrize("designation", [f"Q/ABC {'7' * 61}-2020", f"GB/T 1{'.99999' * 25}-2020"])
def test_a_designation_that_no_column_holds_is_put_aside(source: Source, designation: str) -> None:
    run = runs.begin(source, Run.Backend.RECORDED)
    cites = RelationItem(kind="references", designation=designation)
    assert store.upsert([item(designation), item(relations=(cites,))], source=source, run=run).rejected == 1
    assert RejectedItem.objects.get().reason in {"too_long", "no-number", "trailing"}
    relation = Relation.objects.get()
    assert (len(relation.target_designation) <= 200, relation.target_slug[:2]) == (True, "? ")


def test_an_amendment_amends_what_its_designation_says(source: Source) -> None:
    store.upsert(
        [item("ISO 9001:2015"), item("ISO 9001:2015/Amd 1:2024"), item("ISO 9001:2008/Cor 1:2009")], source=source
    )
    told = list(Relation.objects.order_by("standard__slug").values_list("kind", "target_designation", "target__slug"))
    assert told == [("corrects", "ISO 9001:2008", None), ("amends", "ISO 9001:2015", "iso-9001-2015")]


def test_a_class_nobody_knows_is_kept_under_its_parent(source: Source) -> None:
    store.upsert([item(ics=("99.999.99",))], source=source)
    unknown = IcsClass.objects.get(code="99.999.99")
    assert (unknown.level, unknown.parent_id, unknown.title_en) == (3, "99.999", "")


def test_what_is_no_designation_is_put_aside_and_the_rest_stored(source: Source) -> None:
    run = runs.begin(source, Run.Backend.RECORDED)
    counts = store.upsert(
        [item("not a standard", key="7"), item(), item("GB/T 1.1(所有部分)", key="8")], source=source, run=run
    )
    assert counts == Counts(items=1, created=1, rejected=2)
    assert sorted(RejectedItem.objects.values_list("key", flat=True)) == ["7", "8"]
    run.refresh_from_db()
    assert (run.items, run.created, run.rejected) == (1, 1, 2)


def test_a_run_that_was_taken_over_writes_nothing(source: Source) -> None:
    run = runs.begin(source, Run.Backend.RECORDED)
    Run.objects.update(state=Run.State.INTERRUPTED)
    with pytest.raises(runs.RunLost):
        store.upsert([item()], source=source, run=run)
    assert not Standard.objects.exists()


def test_no_longer_listed_and_listed_again(source: Source, signals: list[list[int]]) -> None:
    run = runs.begin(source, Run.Backend.RECORDED)
    store.upsert([item(), item("GB 1-2020")], source=source, run=run)
    assert claims.mark_missing(run, {"GB 1-2020"}, at=timezone.now()) == 1
    gone = Claim.objects.get(missing_since__isnull=False)
    assert (gone.key, signals[-1]) == ("GB/T 19001-2016", [gone.record_id])
    assert Standard.objects.count() == 2
    assert claims.mark_missing(run, {"GB 1-2020"}, at=timezone.now()) == 0
    store.upsert([item()], source=source, run=run)
    assert not Claim.objects.filter(missing_since__isnull=False).exists()


@pytest.mark.parametrize("again", [False, True])
def test_the_number_of_statements_does_not_grow_with_the_batch(source: Source, again: bool) -> None:
    """Django cuts long INSERTs and CASE updates into pieces for SQLite; everything else is counted."""

    def statements(start: int, count: int) -> int:
        told = [
            item(
                f"ISO {number}:2020",
                ics=("03.120.10",),
                relations=(RelationItem(kind="replaces", designation=f"ISO {number}:2010"),),
            )
            for number in range(start, start + count)
        ]
        if again:
            store.upsert(told, source=source)
            told = [one.model_copy(update={"title_en": "New", "ics": ("01.040",)}) for one in told]
        with CaptureQueriesContext(connection) as queries:
            store.upsert(told, source=source)
        return sum(1 for one in queries if not one["sql"].startswith(("INSERT", "UPDATE")))

    small, large = statements(1000, 4), statements(2000, 400)
    assert small == large
    assert large <= 20
