"""From merged values to a record's columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from content.standards import status
from content.standards.batch import Batch
from content.standards.models import Standard
from search.designations import Designation

TEXT_FIELDS = (
    "title_zh",
    "title_en",
    "title_fr",
    "scope",
    "edition",
    "published",
    "effective",
    "withdrawn",
    "committee",
    "committee_title",
    "price_class",
    "url",
    "stage",
)
LIST_FIELDS = ("responsible", "drafters", "languages")
FOLLOWING = {"designation_published", "undated_slug", "family_slug", "sort_key", "number", "part", "year", "body_id"}
"""Columns that follow from the designation. A change of it is noted as ``designation`` and as ``slug``."""


def columns(designation: Designation, slug: str, values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Every column that sources fill, from ``merge.merge``'s values and the designation."""
    replaced = any(relation["kind"] == "replaced_by" for relation in values["relations"])
    return {
        **identity(designation, slug, values["designation"]),
        "kind": values.get("kind") or designation.kind.value,
        "obligation": designation.obligation,
        "pages": values.get("pages"),
        "status": status.on(
            today,
            said=values.get("status", "unknown"),
            effective=values.get("effective", ""),
            withdrawn=values.get("withdrawn", ""),
            replaced=replaced,
        ),
        **{name: values.get(name, "") for name in TEXT_FIELDS},
        **{name: values.get(name, []) for name in LIST_FIELDS},
    }


def identity(designation: Designation, slug: str, published: str) -> dict[str, Any]:
    """The columns that follow from the designation alone, ``published`` being how it is written."""
    return {
        "designation": designation.canonical,
        "designation_published": published,
        "slug": slug,
        "undated_slug": designation.undated_slug,
        "family_slug": designation.family_slug,
        "sort_key": designation.sort_key,
        "body_id": designation.body,
        "number": designation.number,
        "part": designation.part,
        "year": designation.year,
    }


def create(batch: Batch, record: Standard, desired: Mapping[str, Any]) -> None:
    """Fill a new record."""
    for name, value in desired.items():
        setattr(record, name, value)
    record.status_since = since(desired["status"], desired)
    batch.created.append(record)


def update(batch: Batch, record: Standard, desired: Mapping[str, Any], today: date) -> None:
    """Set what changed of a held record, except fields that an editor has locked, and note it."""
    batch.held[record.pk] = record
    named_by_hand = "designation" in record.locked_fields
    for name, value in desired.items():
        old = getattr(record, name)
        if old == value or name.removesuffix("_id") in record.locked_fields:
            continue
        if named_by_hand and (name == "slug" or name in FOLLOWING):
            continue
        setattr(record, name, value)
        batch.fields[record.pk].add(name)
        if name == "slug":
            batch.moved[old] = record
        if name == "status" and "status_since" not in record.locked_fields:
            record.status_since = since(value, desired) or today.isoformat()
            batch.fields[record.pk].add("status_since")
        if name not in FOLLOWING:
            batch.note(record, name, old, value)


def since(state: str, values: Mapping[str, Any]) -> str:
    """The date from which the status holds, where a date of the record tells it; else empty."""
    if state in (Standard.Status.SUPERSEDED, Standard.Status.WITHDRAWN):
        return str(values["withdrawn"])
    if state == Standard.Status.IN_FORCE:
        return str(values["effective"] or values["published"])
    return str(values["published"]) if state == Standard.Status.UPCOMING else ""
