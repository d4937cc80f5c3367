"""From text to designation."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from search.designations import registry, spelling
from search.designations.errors import MAX_LENGTH, DesignationError
from search.designations.families import matchers_for
from search.designations.grammar import Match
from search.designations.model import Designation

_TILDE = re.compile("[~～〜˗]")
_JOINT = re.compile(r" ?(?:[-、,，;；/至到和及与]|TO |AND )")
_BAR = re.compile(r" ?\| ?| ?[(\[](?=IDF[ /]?(?:RM ?)?\d)")


@lru_cache(maxsize=16_384)
def parse(text: str) -> Designation:
    """The designation that ``text`` is, however it is typed.

    Raises DesignationError where it is none, or where something follows it (``find`` looks inside longer texts).
    """
    if len(text) > MAX_LENGTH:
        raise DesignationError("too-long", text[:MAX_LENGTH])
    folded = spelling.tidy(text)
    if not folded:
        raise DesignationError("empty", text)
    best = longest(folded, 0)
    if best is not None and best[1] == len(folded) and not _TILDE.search(text):
        return best[0]
    if "_" in text and (best is None or best[1] < len(folded)):
        named = _of_file_name(text)
        if named is not None:
            return named
    if _names_several(text, folded, best):
        raise DesignationError("several", text)
    if best is None:
        code = "no-number" if matchers_for(folded, 0) else "unknown-publisher"
        raise DesignationError(code, text)
    designation, end = best
    if end < len(folded):
        raise DesignationError("trailing", text, folded[end:].strip())
    return designation


def _of_file_name(text: str) -> Designation | None:
    """What a name with underscores for spaces is: GBT_19001_2016."""
    folded = spelling.tidy(text.replace("_", " "))
    best = longest(folded, 0)
    return best[0] if best is not None and best[1] == len(folded) else None


def _names_several(text: str, folded: str, best: Match | None) -> bool:
    """Whether the text is a range (GB/T 2423.1～2423.10) or a list of designations, and not one of them."""
    if best is None or not (_TILDE.search(text) or _JOINT.match(folded, best[1])):
        return False
    from search.designations import finding  # it reads ranges and lists by means of this module

    return len(finding.find(text)) > 1


# Grammars so strict that all they read survives printing; the others are asked again (see _consistent)
_STRICT = frozenset({"iso", "iec", "cn", "eu"})


def longest(folded: str, pos: int) -> Match | None:
    """The longest designation that begins at ``pos`` of folded text."""
    best = _longest(folded, pos)
    if best is None or not _consistent(best[0]):
        return None
    return _with_other_half(best, folded) if best[1] < len(folded) else best


def _with_other_half(first: Match, folded: str) -> Match:
    """A text of two bodies has two numbers with a bar between: ISO 707|IDF 50:2008, ITU-T X.690 | ISO/IEC 8825-1:2015.

    ISO and IDF also write the second in brackets, and give the year once.
    """
    designation, end = first
    bar = _BAR.match(folded, end)
    if bar is None:
        return first
    other = _longest(folded, bar.end())
    if other is None or other[0].publisher == designation.publisher:
        return first
    half, end = other
    if bar.group().strip() != "|" and folded.startswith((")", "]"), end):
        end += 1
    if half.publisher == "IDF" and not (half.year and designation.year):
        year = designation.year or half.year
        designation, half = designation.with_year(year), half.with_year(year)
    return replace(designation, dual=half), end


def _consistent(designation: Designation) -> bool:
    """Whether a designation, printed, reads as itself: what does not was no designation to begin with."""
    if registry.publisher(designation.publisher).style in _STRICT:
        return True
    printed = spelling.tidy(designation.canonical)
    return _longest(printed, 0) == (designation, len(printed))


def _longest(folded: str, pos: int) -> Match | None:
    best: Match | None = None
    for matcher in matchers_for(folded, pos):
        found = matcher(folded, pos)
        if found is not None:
            if found[1] == len(folded):
                return found
            if best is None or found[1] > best[1]:
                best = found
    return best


def try_parse(text: str) -> Designation | None:
    """As :func:`parse`, with None where the text is no designation."""
    try:
        return parse(text)
    except DesignationError:
        return None
