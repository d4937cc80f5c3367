"""One source's item, made canonical and comparable, before it meets the records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from content.provenance.rejections import Rejection
from content.standards.items import StandardItem
from content.standards.models import Body, Standard
from search.designations import Designation, DesignationError, parse

NO_EDITION = "no_edition"
"""Reason of rejection: the designation names a family or a range, not one document."""


TOO_LONG = "too_long"
"""Reason of rejection: a designation that no column holds, which is longer than any real one."""


@dataclass(frozen=True, slots=True)
class Statement:
    """``values`` is the item without its key and without empty values, as JSON; ``digest`` is its SHA-256."""

    item: StandardItem
    designation: Designation
    slug: str
    values: dict[str, Any]
    digest: str

    @property
    def key(self) -> str:
        return self.item.key


_SHORT = 30
_BODY_LENGTH = getattr(Body._meta.get_field("code"), "max_length", 0)
_LENGTHS = {
    name: getattr(Standard._meta.get_field(name), "max_length", 0)
    for name in ("designation", "slug", "undated_slug", "family_slug", "sort_key", "number", "part")
}


@dataclass(frozen=True, slots=True)
class Target:
    """The other end of a relation, as stored."""

    designation: str
    slug: str


def read(items: Iterable[tuple[StandardItem, str]]) -> tuple[list[Statement], list[Rejection]]:
    """Items with their digests as statements; those without a designation as rejections. A key that comes twice counts
    as last said."""
    statements: dict[str, Statement] = {}
    rejections: list[Rejection] = []
    for item, digest in items:
        values = item.model_dump(mode="json", exclude_defaults=True, exclude={"key"})
        try:
            designation = parse(item.designation)
        except DesignationError as problem:
            rejections.append(Rejection(item.key, item.url, problem.code, str(problem), values))
            continue
        if too_long(designation):
            rejections.append(Rejection(item.key, item.url, TOO_LONG, designation.canonical, values))
            continue
        if designation.all_parts:
            rejections.append(Rejection(item.key, item.url, NO_EDITION, designation.canonical, values))
            continue
        statements[item.key] = Statement(item, designation, designation.slug, values, digest)
    return list(statements.values()), rejections


def target(designation: str) -> Target:
    """Where a relation points; a text that is no designation is kept as it is and links to nothing."""
    try:
        parsed = parse(designation)
    except DesignationError:
        return Target(designation[:200], "")
    return Target(parsed.canonical[:200], "" if too_long(parsed) else parsed.slug)


def too_long(designation: Designation) -> bool:
    """Whether what follows from the designation is longer than its column."""
    canonical = designation.canonical
    if len(canonical) <= _SHORT:  # nearly all of them: nothing that follows from so little is too long
        return False
    values = {
        "designation": canonical,
        "slug": designation.slug,
        "undated_slug": designation.undated_slug,
        "family_slug": designation.family_slug,
        "sort_key": designation.sort_key,
        "number": designation.number,
        "part": designation.part,
    }
    return len(designation.body) > _BODY_LENGTH or any(len(value) > _LENGTHS[name] for name, value in values.items())


def own_relations(designation: Designation) -> list[dict[str, Any]]:
    """What a designation itself says: ``ISO 9001:2015/Amd 1:2024`` amends ``ISO 9001:2015``.

    Addenda and supplements are parts of the document they add to; a consolidated text (EN 71-1:2014+A1:2018)
    consolidates its base.
    """
    if not designation.supplements:
        return []
    last = designation.supplements[-1]
    kind = "consolidates" if last.included else _SUPPLEMENT_RELATION.get(last.kind, "part_of")
    return [{"kind": kind, "designation": designation.parent.canonical}]


_SUPPLEMENT_RELATION = {"Amd": "amends", "XG": "amends", "Cor": "corrects", "TCor": "corrects", "Err": "corrects"}
