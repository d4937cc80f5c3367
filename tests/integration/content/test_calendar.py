"""Statuses follow their dates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from content.provenance.models import Change
from content.standards.calendar import flip_statuses
from content.standards.models import Body, Relation, Standard
from search.models import IndexOutbox

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


def standard(slug: str, **fields: Any) -> Standard:
    body, _ = Body.objects.get_or_create(code="GB")
    now = timezone.now()
    return Standard.objects.create(
        designation=slug.upper(), slug=slug, undated_slug=slug, family_slug=slug, sort_key=slug, body=body,
        number="1", kind="standard", created_at=now, updated_at=now, **fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"status": "upcoming", "effective": "2026-03-01"}, "in_force"),
        ({"status": "upcoming", "effective": "2026-03"}, "in_force"),
        ({"status": "upcoming", "effective": "2026-03-02"}, "upcoming"),
        ({"status": "in_force", "withdrawn": "2026-03-01"}, "withdrawn"),
        ({"status": "in_force", "withdrawn": "2026-03-02"}, "in_force"),
        ({"status": "in_force", "withdrawn": "2026"}, "in_force"),  # the day is not known: no guess
        ({"status": "draft", "effective": "2020-01-01"}, "draft"),
        ({"status": "upcoming", "effective": "2020-01-01", "locked_fields": ["status"]}, "upcoming"),
    ],
)
def test_status_on_a_day(before: dict[str, Any], after: str) -> None:
    record = standard("gb-1", **before)
    assert flip_statuses(TODAY) == (before["status"] != after)
    record.refresh_from_db()
    assert record.status == after


def test_a_flip_is_a_change_and_reaches_the_index() -> None:
    record = standard("gb-1", status="upcoming", effective="2026-02-01")
    IndexOutbox.objects.all().delete()
    flip_statuses(TODAY)
    change = Change.objects.get()
    assert (change.record_id, change.cause, change.old, change.new) == (record.pk, "calendar", "upcoming", "in_force")
    assert list(IndexOutbox.objects.values_list("record_type", "record_id")) == [("standard", record.pk)]
    assert flip_statuses(TODAY) == 0


def test_a_replaced_standard_is_superseded_rather_than_withdrawn() -> None:
    old = standard("gb-1", status="in_force", withdrawn="2026-03-01")
    new = standard("gb-2", status="in_force")
    Relation.objects.create(
        standard=new, kind=Relation.Kind.REPLACES, target=old, target_slug="gb-1", target_designation="GB-1"
    )
    flip_statuses(TODAY)
    old.refresh_from_db()
    assert (old.status, old.status_since) == ("superseded", "2026-03-01")
