"""From items to acts, versions and texts."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from content.provenance.intake import Counts
from content.provenance.models import Change, Claim, Source
from content.provenance.signals import records_changed
from content.regulations import store
from content.regulations.calendar import flip_validity
from content.regulations.items import RegulationItem
from content.regulations.models import Citation, Provision, Regulation, Version
from crawlers.parsers import flk
from tests.factories import make_run, make_source
from tests.integration.content.regulations.samples import GONE, NEW, NOTE_2023, OLD, RULE, SLUG, act, law, load

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return make_source("flk")


def state() -> Any:
    """All that was stored, whatever the order of writing."""
    return (
        sorted(Regulation.objects.values_list("slug", "title", "number", "body", "validity", "published", "amended")),
        sorted(Version.objects.values_list("regulation__slug", "date", "kind", "start", "validity", "has_text", "by")),
        sorted(Provision.objects.values_list("version__date", "version__regulation__slug", "position", "text")),
        sorted(Citation.objects.values_list("version__date", "kind", "repeals", "key")),
    )  # fmt: skip


def test_an_item_becomes_an_act_with_its_versions(source: Source) -> None:
    assert store.upsert([NEW], source=source) == Counts(items=1, created=1)
    one = act()
    assert (one.slug, one.title, one.kind) == (SLUG, "中华人民共和国海洋环境保护法", "law")
    assert (one.published, one.amended, one.validity, one.articles) == ("1982-08-23", "2023-10-24", "in_force", 5)
    assert one.validity_basis == "derived"
    held = list(one.versions.values_list("date", "start", "kind", "has_text", "validity"))
    assert held == [
        ("2023-10-24", "2024-01-01", "revised", True, "in_force"),
        ("2017-11-04", "2017-11-04", "amended", False, "amended"),
        ("1982-08-23", "1982-08-23", "adopted", False, "amended"),
    ]
    anchors = list(Provision.objects.values_list("anchor", flat=True))
    assert anchors == ["chapter-1", "article-1", "article-2", "article-3", "article-4", "chapter-2", "article-5"]
    claim = Claim.objects.get()
    assert (claim.record_type, claim.record_id) == ("regulation", one.pk)
    assert "units" not in claim.values
    assert "note" not in claim.values


def test_what_is_told_again_costs_nothing(source: Source, django_assert_max_num_queries: Any) -> None:
    store.upsert([OLD, NEW, RULE], source=source)
    before = state()
    with django_assert_max_num_queries(4):
        assert store.upsert([OLD, NEW, RULE], source=source) == Counts(items=3, unchanged=3)
    assert state() == before


def test_the_number_of_queries_does_not_depend_on_that_of_items(
    source: Source, django_assert_max_num_queries: Any
) -> None:
    many = [RULE.model_copy(update={"key": f"k{n}", "title": f"第{n}号船舶条例"}) for n in range(40)]
    with django_assert_max_num_queries(32):
        assert store.upsert(many, source=source).created == 40
    again = [one.model_copy(update={"body": "交通运输部"}) for one in many]
    with django_assert_max_num_queries(32):
        assert store.upsert(again, source=source).updated == 40


def test_the_order_of_reading_decides_nothing(source: Source) -> None:
    states = []
    for order in permutations((OLD, NEW, RULE, GONE)):
        Regulation.objects.all().delete()
        Claim.objects.all().delete()
        for item in order:
            store.upsert([item], source=source)
        states.append(state())
    assert all(one == states[0] for one in states)


def test_facts_do_not_take_a_text_away(source: Source) -> None:
    store.upsert([NEW], source=source)
    store.upsert([flk.without_text(NEW)], source=source)
    version = Version.objects.get(date="2023-10-24")
    assert version.has_text
    assert version.note
    assert Provision.objects.filter(version=version).count() == 7
    assert act().articles == 5


def test_facts_first_and_the_text_later(source: Source) -> None:
    store.upsert([flk.without_text(NEW)], source=source)
    assert (Version.objects.filter(has_text=True).count(), act().articles) == (0, 5)
    assert store.upsert([NEW], source=source) == Counts(items=1, updated=1)
    assert Version.objects.filter(has_text=True).count() == 1
    assert Change.objects.filter(field="text", new="2023-10-24").count() == 1


def test_a_new_version_is_a_change_of_its_act(source: Source) -> None:
    store.upsert([OLD], source=source)
    heard: list[tuple[str, list[int]]] = []

    def hear(sender: object, *, record_type: str, ids: list[int], **_kwargs: Any) -> None:
        heard.append((record_type, ids))

    records_changed.connect(hear)
    try:
        store.upsert([NEW], source=source)
    finally:
        records_changed.disconnect(hear)
    assert heard == [("regulation", [act().pk])]
    assert Change.objects.filter(field="versions").values_list("new", flat=True).get() == "2023-10-24"


def test_an_act_is_repealed_from_the_day_on_which_another_says_so(source: Source) -> None:
    store.upsert([GONE], source=source)
    assert act("旧船舶条例").validity == "in_force"
    store.upsert([RULE], source=source)
    gone = act("旧船舶条例")
    assert (gone.validity, gone.expired) == ("repealed", "2020-03-01")
    change = Change.objects.get(kind=Change.Kind.STATUS)
    assert (change.record_id, change.old, change.new) == (gone.pk, "in_force", "repealed")


def test_a_repeal_from_before_the_newest_version_meant_an_earlier_act(source: Source) -> None:
    again = GONE.model_copy(update={"key": "x", "published": "2022-05-06", "stages": (), "effective": ""})
    store.upsert([RULE, again], source=source)
    assert act("旧船舶条例").validity == "in_force"


def test_what_a_hidden_act_says_repeals_nothing(source: Source) -> None:
    store.upsert([RULE], source=source)
    Regulation.objects.update(hidden_at="2026-01-01T00:00:00Z")
    store.upsert([GONE], source=source)
    assert act("旧船舶条例").validity == "in_force"


def test_the_day_of_publication_names_a_version_that_was_known_by_that_of_its_adoption(source: Source) -> None:
    early = law("2018年8月29日 东山市第十五届人民代表大会常务委员会第四十次会议通过", "第一条 甲。", "", "东山市条例")
    late = flk.parse_markdown(
        "# 东山市条例\n\n2018年8月29日 东山市第十五届人民代表大会常务委员会第四十次会议通过\n"
        "2018年11月29日 西河省第十三届人民代表大会常务委员会第七次会议批准\n\n<!-- INFO END -->\n第一条 甲。".encode(),
        "DLC/东山市条例(2019-01-05).md",
    )
    store.upsert([early], source=source)
    assert Version.objects.get().date == "2018-08-29"
    store.upsert([late], source=source)
    version = Version.objects.get()
    assert (version.date, version.dates) == ("2019-01-05", ["2018-08-29", "2018-11-29", "2019-01-05"])


def test_what_staff_set_stays(source: Source) -> None:
    store.upsert([OLD], source=source)
    one = act()
    one.validity, one.locked_fields = "repealed", ["validity"]
    one.save()
    store.upsert([NEW], source=source)
    assert (act().validity, act().amended) == ("repealed", "2023-10-24")


def test_the_word_of_a_source_counts_for_the_validity(source: Source) -> None:
    store.upsert([GONE.model_copy(update={"validity": "repealed"})], source=source)
    assert (act("旧船舶条例").validity, act("旧船舶条例").validity_basis) == ("repealed", "source")


def test_a_version_enters_into_force_by_the_calendar(source: Source) -> None:
    note = f"{NOTE_2023}\n2199年5月6日 第二十四届全国人大常委会第六次会议修订"
    future = law(note, "第一条 甲。\n第二条 本法自2199年12月1日起施行。", "2199-05-06")
    store.upsert([NEW, future], source=source)
    assert (act().amended, act().validity) == ("2023-10-24", "in_force")
    assert Version.objects.get(date="2199-05-06").validity == "upcoming"
    assert flip_validity(date(2199, 11, 30)) == 0
    assert flip_validity(date(2199, 12, 1)) == 1
    assert (act().amended, act().validity) == ("2199-05-06", "in_force")
    assert Version.objects.get(date="2023-10-24").validity == "amended"
    assert {change.cause for change in Change.objects.filter(field="amended")} == {Change.Cause.CALENDAR}
    assert flip_validity(date(2199, 12, 1)) == 0


def test_an_act_that_is_to_be_repealed_is_by_the_calendar(source: Source) -> None:
    rule = RULE.model_copy(update={"repeals_from": "2199-01-01"})
    store.upsert([GONE, rule], source=source)
    assert act("旧船舶条例").validity == "in_force"
    assert flip_validity(date(2199, 1, 1)) == 1
    assert act("旧船舶条例").validity == "repealed"


def test_all_or_nothing(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(store, "write_claims", fail)
    with pytest.raises(RuntimeError):
        store.upsert([NEW], source=source)
    assert not Regulation.objects.exists()


def test_a_run_counts(source: Source) -> None:
    run = make_run(source, state="running")
    store.upsert([OLD, NEW, RULE], source=source, run=run)
    run.refresh_from_db()
    assert (run.items, run.created, run.updated, run.unchanged) == (3, 2, 0, 1)


@pytest.mark.parametrize(
    "update", [{"kind": "poem"}, {"published": "2020-13-01"}, {"title": ""}, {"url": "javascript:1"}]
)
def test_an_item_is_bounded_at_the_edge(update: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        RegulationItem.model_validate(RULE.model_dump() | update)


def test_undated_texts_have_a_version_too(source: Source) -> None:
    item = flk.parse_markdown("# 无日期条例\n\n<!-- INFO END -->\n\n第一条 甲。".encode(), "DLC/无日期条例.md")
    store.upsert([item], source=source)
    version = Version.objects.get()
    assert (version.day, version.validity) == ("undated", "in_force")
    assert act("无日期条例").slug.startswith("local-")


def test_loading_through_the_helper(source: Source) -> None:
    load(OLD, source=source)
    assert act().versions.count() == 2
