"""A designation looked up in the database: the record, what holds in its place, and what comes near it when it is not
held.

Independent of the search engine, so that it still answers when that is down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from content.standards import lineage
from content.standards.models import Standard
from search.designations import Designation, DesignationError, parse, try_parse
from search.records import places, read

MAX_NEAREST = 5
MAX_CANDIDATES = 200
"""Records weighed as "nearest"; a number with many parts has more, and then the first will do."""

_DIGITS = "0123456789"
_PUBLISHERS: tuple[frozenset[str], ...] = (frozenset({"ISO", "IEC", "ISO/IEC", "ISO/IEC/IEEE"}),)
"""Publishers whose numbers are taken from one series and often named one for another."""
_DOCTYPES: tuple[frozenset[str], ...] = (frozenset({"", "T", "Z", "TS", "TR", "PAS", "Guide"}),)
"""Types left out or put in by mistake: GB 19001 for GB/T 19001, ISO 10303 for ISO/TS 10303."""
_ELSEWHERE = ("ISO", "ISO/IEC", "IEC", "GB", "GB/T", "EN")
"""Publishers that take over each other's standards, often with the number."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is held of one designation.

    ``record`` is the very edition, or for an undated designation the current one; ``instead`` what is in force in its
    place, through any chain of replacements; ``nearest`` is filled where there is no ``record``, nearest first.
    """

    designation: Designation
    record: Standard | None
    instead: Standard | None = None
    nearest: tuple[Standard, ...] = ()

    @property
    def held(self) -> bool:
        return self.record is not None

    @property
    def relative(self) -> Standard | None:
        """What has the number with a related publisher or type and was likely meant: ISO/IEC 27001 for ISO 27001."""
        first = self.nearest[0] if self.nearest else None
        if first is None or (first.number, first.part) != (self.designation.number, self.designation.part):
            return None
        if first.undated_slug == self.designation.undated_slug or first.family_slug not in _related_slugs(
            self.designation
        ):
            return None
        return first if self.designation.year in (None, first.year) else None


def look_up(designation: Designation) -> Lookup:
    """One query where it is held and in force, more to follow replacements or to find what is near.

    The records have the columns that a list shows; others would each cost a query.
    """
    designation = replace(designation, all_parts=False)
    record = next(iter(read("slug = %s", [designation.slug])), None)
    if record is None and designation == designation.undated:
        record = lineage.current_edition(designation.slug)
    if record is None:
        return Lookup(designation, None, nearest=tuple(nearest(designation)))
    if record.status in (Standard.Status.SUPERSEDED, Standard.Status.WITHDRAWN):
        return Lookup(designation, record, instead=lineage.in_force_instead(record))
    return Lookup(designation, record)


def nearest(designation: Designation) -> list[Standard]:
    """Held records that may have been meant: other editions, other parts, the number with a related publisher, near
    numbers.

    One query; the number may be off by one digit, or by two neighbours in the wrong order.
    """
    family = designation.family
    distance: dict[str, int] = {family.slug: 0}
    for one in related(family):
        distance.setdefault(one.slug, 1)
    for publisher in _ELSEWHERE:
        if (elsewhere := try_parse(f"{publisher} {family.number}")) is not None:
            distance.setdefault(elsewhere.slug, 2)
    for number in _near_numbers(family.number):
        distance.setdefault(replace(family, number=number).slug, 3)
    found = read(f"family_slug IN ({places(distance)}) ORDER BY sort_key LIMIT {MAX_CANDIDATES}", list(distance))
    wanted = designation.undated_slug

    def remoteness(record: Standard) -> tuple[int, bool, int, bool, int, str]:
        return (
            distance[record.family_slug],
            record.undated_slug != wanted,
            _part_distance(record.part, designation.part),
            record.status != Standard.Status.IN_FORCE and not designation.year,
            abs((record.year or 0) - designation.year) if designation.year else -(record.year or 0),
            record.sort_key,
        )

    return sorted(found, key=remoteness)[:MAX_NEAREST]


def related(family: Designation) -> Iterator[Designation]:
    """The number with the publishers and types that are named one for another, its own among them."""
    publishers = next((group for group in _PUBLISHERS if family.publisher in group), frozenset({family.publisher}))
    doctypes = next((group for group in _DOCTYPES if family.doctype in group), frozenset({family.doctype}))
    for publisher, doctype in product(sorted(publishers), sorted(doctypes)):
        candidate = replace(family, publisher=publisher, doctype=doctype)
        if _sound(candidate):
            yield candidate


def _related_slugs(designation: Designation) -> set[str]:
    return {one.slug for one in related(designation.family)}


def _sound(designation: Designation) -> bool:
    """Whether such a designation can exist at all: what is put together here need not."""
    try:
        return parse(designation.canonical) == designation
    except DesignationError:
        return False


def _near_numbers(number: str) -> list[str]:
    """Numbers one digit away: wrong, missing, one too many, or two neighbours swapped."""
    near: dict[str, None] = {}
    for at in range(len(number)):
        if at + 1 < len(number):
            near[number[:at] + number[at + 1] + number[at] + number[at + 2 :]] = None
    for at in range(len(number) + 1):
        near.update(dict.fromkeys(number[:at] + digit + number[at:] for digit in _DIGITS))
        if at < len(number):
            near[number[:at] + number[at + 1 :]] = None
            near.update(dict.fromkeys(number[:at] + digit + number[at + 1 :] for digit in _DIGITS))
    near.pop(number, None)
    return [one for one in near if one and one[0] != "0"]


def _part_distance(part: str, wanted: str) -> int:
    if part == wanted:
        return 0
    return abs(int(part) - int(wanted)) if part.isdecimal() and wanted.isdecimal() else 1000
