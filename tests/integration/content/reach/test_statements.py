"""Names and numbers follow what the lists say, in whatever order they are read."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from content.provenance.models import Change
from content.reach import store
from content.reach.items import EntryItem, SubstanceItem
from content.reach.models import Number, Substance
from tests.factories import make_source

pytestmark = pytest.mark.django_db

CANDIDATE = SubstanceItem(name="Lead (candidate)", cas=("7439-92-1",), ec=("231-100-4",))
ANNEX = SubstanceItem(name="Lead of the annex", cas=("7439-92-1",))
MEMBER = SubstanceItem(name="Lead as a member", ec=("231-100-4",))


def entry(substance: SubstanceItem, list_name: Any, **values: Any) -> EntryItem:
    told: dict[str, Any] = {"included": "2018-06-27"} | values
    key = substance.name
    return EntryItem(key=key, url="https://echa.europa.eu/", list_name=list_name, substance=substance, **told)


def numbers() -> list[str]:
    return sorted(Number.objects.values_list("value", flat=True))


def test_a_number_that_a_list_takes_back_goes() -> None:
    source = make_source("echa_candidate")
    store.upsert([entry(CANDIDATE, "candidate")], source=source)
    Number.objects.create(substance=Substance.objects.get(), kind="cas", value="54076-76-5", by_editor=True)
    assert numbers() == ["231-100-4", "54076-76-5", "7439-92-1"]
    less = CANDIDATE.model_copy(update={"ec": ()})
    store.upsert([entry(less, "candidate")], source=source)
    assert numbers() == ["54076-76-5", "7439-92-1"], "the list no longer has the EC number, the editor's stays"
    change = Change.objects.get(field="numbers")
    assert (change.old, change.new) == ("231-100-4", None)


def test_a_number_that_another_list_has_too_stays() -> None:
    source = make_source("echa_candidate")
    store.upsert([entry(CANDIDATE, "candidate")], source=source)
    annex = ANNEX.model_copy(update={"ec": ("231-100-4",)})
    store.upsert([entry(annex, "authorisation")], source=make_source("echa_authorisation"))
    store.upsert([entry(CANDIDATE.model_copy(update={"ec": ()}), "candidate")], source=source)
    assert numbers() == ["231-100-4", "7439-92-1"]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_name_is_the_candidate_lists_in_every_order_of_reading(order: tuple[int, ...]) -> None:
    group = SubstanceItem(name="Lead and its compounds")
    told = (
        (entry(CANDIDATE, "candidate"), make_source("echa_candidate")),
        (entry(ANNEX, "authorisation"), make_source("echa_authorisation")),
        (entry(group, "restriction", members=(ANNEX,)), make_source("echa_restriction")),
    )
    for place in order:
        store.upsert([told[place][0]], source=told[place][1])
    one = Substance.objects.get(slug="cas-7439-92-1")
    assert one.name == "Lead (candidate)"
    assert sorted(one.numbers.values_list("value", flat=True)) == ["231-100-4", "7439-92-1"]


def test_a_list_that_renames_its_entry_leaves_a_change() -> None:
    source = make_source("echa_candidate")
    store.upsert([entry(CANDIDATE, "candidate")], source=source)
    item = entry(CANDIDATE, "candidate").model_copy(
        update={"substance": CANDIDATE.model_copy(update={"name": "Lead metal"})}
    )
    store.upsert([item], source=source)
    assert Substance.objects.get().name == "Lead metal"
    change = Change.objects.get(field="name")
    assert (change.old, change.new) == ("Lead (candidate)", "Lead metal")


def test_members_that_join_and_leave_are_named() -> None:
    source = make_source("echa_restriction")
    group = SubstanceItem(name="Metals")
    other = SubstanceItem(name="Mercury", cas=("7439-97-6",))
    store.upsert([entry(group, "restriction", members=(ANNEX,))], source=source)
    store.upsert([entry(group, "restriction", members=(other,))], source=source)
    change = Change.objects.get(field="restriction.members")
    assert (change.old, change.new) == (["Lead of the annex 7439-92-1"], ["Mercury 7439-97-6"])


def test_a_member_known_by_its_other_number_is_the_same_substance() -> None:
    source = make_source("echa_candidate")
    store.upsert([entry(CANDIDATE, "candidate")], source=source)
    group = SubstanceItem(name="Metals")
    store.upsert([entry(group, "restriction", members=(MEMBER,))], source=make_source("echa_restriction"))
    one = Substance.objects.get(slug="cas-7439-92-1")
    assert one.groups.count() == 1
    store.upsert([entry(CANDIDATE.model_copy(update={"ec": ()}), "candidate")], source=source)
    assert numbers() == ["231-100-4", "7439-92-1"], "the group still states it"
