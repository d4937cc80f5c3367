"""部分代替: what is replaced in part stays in force, and is never shown as superseded by what took its part."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from content.standards import lineage, store
from content.standards.calendar import flip_statuses
from content.standards.items import RelationItem, StandardItem
from content.standards.models import Relation, Standard
from tests.factories import make_source, make_standard, relate

pytestmark = pytest.mark.django_db


def item(designation: str, **values: Any) -> StandardItem:
    page = "https://registry.example/1"
    return StandardItem(
        **({"key": designation, "url": page, "designation": designation, "status": "in_force"} | values)
    )


@pytest.fixture
def pair() -> tuple[Standard, Standard]:
    """GB 4706.99-2009 takes over a part of GB 4706.1-1998."""
    old = make_standard("GB 4706.1-1998", published="1998-12-14", title_zh="通用要求")
    new = make_standard("GB 4706.99-2009", published="2009-03-19", title_zh="特殊要求")
    relate(new, "partly_replaces", old)
    return old, new


def test_the_relation_waits_for_its_target_and_leaves_its_status_alone() -> None:
    source = make_source()
    partly = RelationItem(kind="partly_replaces", designation="GB 4706.1-1998")
    store.upsert([item("GB 4706.99-2009", relations=(partly,))], source=source)
    assert Relation.objects.get().target is None
    store.upsert([item("GB 4706.1-1998")], source=source)
    relation = Relation.objects.get()
    assert relation.target is not None
    assert (relation.kind, relation.target.status) == ("partly_replaces", "in_force")


@pytest.mark.parametrize(("kind", "status"), [("partly_replaced_by", "withdrawn"), ("replaced_by", "superseded")])
def test_only_a_whole_replacement_makes_a_withdrawn_standard_superseded(kind: Any, status: str) -> None:
    by = RelationItem(kind=kind, designation="GB 4706.99-2009")
    store.upsert([item("GB 4706.1-1998", status="withdrawn", relations=(by,))], source=make_source())
    assert Standard.objects.get().status == status


def test_nor_does_the_calendar(pair: tuple[Standard, Standard]) -> None:
    Standard.objects.filter(pk=pair[0].pk).update(withdrawn="2026-03-01")
    flip_statuses(date(2026, 3, 1))
    pair[0].refresh_from_db()
    assert pair[0].status == "withdrawn"


def test_no_line_leads_from_one_to_the_other(pair: tuple[Standard, Standard]) -> None:
    old, new = pair
    assert lineage.in_force_instead(old) == old
    assert lineage.successors(old) == []
    assert lineage.predecessors(new) == []
    assert list(lineage.around(old).succession.editions) == [old.slug]


def test_not_even_between_editions_of_one_number() -> None:
    old, new = make_standard("GB 5009.1-1996"), make_standard("GB 5009.1-2003")
    assert lineage.successors(old) == [new]  # a new edition follows, unless a source knows better
    relate(old, "partly_replaced_by", new)
    assert lineage.successors(old) == []


@pytest.mark.parametrize(
    ("address", "notice", "section"),
    [
        ("/standards/", "部分内容已被代替，其余部分继续有效。代替该部分的是：", "部分代替"),
        ("/en/standards/", "Replaced in part; the rest stays in force. What took its part:", "Replaces in part"),
    ],
)
def test_the_pages_of_both_say_so(
    client: Client, pair: tuple[Standard, Standard], address: str, notice: str, section: str
) -> None:
    relate(pair[0], "partly_replaced_by", pair[1])  # said by both sides, shown once
    old = client.get(f"{address}{pair[0].slug}/")
    assert notice in old.content.decode()
    assert "notice-strong" not in old.content.decode()
    assert [link.slug for link in old.context["detail"].links["partly_replaced_by"]] == [pair[1].slug]
    new = client.get(f"{address}{pair[1].slug}/").content.decode()
    assert f'<h2 id="partly">{section}</h2>' in new
    assert pair[0].designation in new.split('id="partly"')[1]


def test_the_api_names_it_on_both_sides(client: Client, pair: tuple[Standard, Standard]) -> None:
    found = client.get(f"/api/v1/standards/{pair[0].slug}/").json()
    assert [(one["kind"], one["direction"], one["slug"]) for one in found["relations"]] == [
        ("partly_replaces", "incoming", pair[1].slug)
    ]
    assert found["lineage"]["in_force"]["slug"] == pair[0].slug
    assert found["lineage"]["successors"] == []
