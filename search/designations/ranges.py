"""Ranges of designations: GB/T 2423.1～2423.10, GB 3100~3102-93, ISO 10993-1 to ISO 10993-5."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

from search.designations import registry
from search.designations.grammar import full_year
from search.designations.model import Designation
from search.designations.parsing import longest

LONGEST: Final = 60
"""Members of the longest range that is expanded; the longest real one known has 44 (HG/T 20592～20635)."""

_WINDOW: Final = 80
_TO: Final = re.compile(r" ?[~至到] ?| (?:TO|THROUGH) |-(?=\d{1,6}\.\d)| ?- ?(?=[A-Z])")
_DOTTED: Final = re.compile(
    r"\.?(?P<number>\d{1,6})(?:\.(?P<part>\d{1,4}))?(?:-(?P<year>\d{4}|\d\d))?(?![A-Z0-9.]|-\d)"
)
_HYPHENED: Final = re.compile(r"(?P<number>\d{1,6})?-(?P<part>\d{1,3})(?::(?P<year>\d{4}))?(?![A-Z0-9-])")
_DIGIT_BEHIND: Final = re.compile(r"[0-9.-]")


class Range(NamedTuple):
    """What follows the first member; the last is written at ``[start:end]``. ``year`` is that of all."""

    members: list[Designation]
    start: int
    end: int
    year: int | None


class _End(NamedTuple):
    number: str
    part: str
    year: int | None
    start: int
    end: int


def after(first: Designation, folded: str, pos: int) -> Range | None:
    """The rest of the range that begins with ``first`` and goes on at ``pos``, or None."""
    joint = _TO.match(folded, pos)
    if joint is None:
        return None
    end = _end(first, folded, joint.end())
    if end is None:
        return None
    year = end.year or first.year
    members = _between(first, end, year)
    return Range(members, end.start, end.end, year) if members else None


def _end(first: Designation, folded: str, pos: int) -> _End | None:
    """The last member, written in full or without what it shares with the first."""
    if not _DIGIT_BEHIND.match(folded, pos):
        hit = longest(folded[pos : pos + _WINDOW], 0)
        if hit is None:
            return None
        last, length = hit
        if (last.publisher, last.doctype, last.adopted) != (first.publisher, first.doctype, first.adopted):
            return None
        return _End(last.number, last.part, last.year, pos, pos + length)
    dotted = registry.publisher(first.publisher).style in {"cn", "as", "gost"}
    found = None if dotted or not first.part else _HYPHENED.match(folded, pos)
    found = found or _DOTTED.match(folded, pos)
    if found is None:
        return None
    number, part, year = found.group("number", "part", "year")
    if first.part and not part:  # GB/T 14048.1~3
        number, part = first.number, number
    return _End(number or first.number, part or "", full_year(year) if year else None, pos, found.end())


def _between(first: Designation, end: _End, year: int | None) -> list[Designation]:
    """The members after ``first``, up to the end; empty where it is no range that could be meant."""
    if first.part:
        low, high, field = first.part, end.part, "part"
        if end.number != first.number:
            return []
    else:
        low, high, field = first.number, end.number, "number"
        if end.part:
            return []
    if not (low.isdecimal() and high.isdecimal()) or not 0 < int(high) - int(low) <= LONGEST:
        return []
    plain = replace(first, supplements=(), edition="", variant="", all_parts=False, dual=None)
    numbers = [str(n).zfill(len(low)) for n in range(int(low) + 1, int(high) + 1)]
    return [member(plain.with_year(year), field, number) for number in numbers]


def member(of: Designation, field: str, number: str) -> Designation:
    """``of`` with another ``part`` or ``number``, in every layer (BS EN ISO 10993-2)."""
    adopted = of.adopted and member(of.adopted, field, number)
    return replace(of, part=number, adopted=adopted) if field == "part" else replace(of, number=number, adopted=adopted)
