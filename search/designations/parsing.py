"""From text to designation."""

from __future__ import annotations

import re
from functools import lru_cache

from search.designations import registry, spelling
from search.designations.errors import MAX_LENGTH, DesignationError
from search.designations.families import matchers_for
from search.designations.grammar import Match
from search.designations.model import Designation

_DIGIT = re.compile(r"[0-9]")


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
    if best is None:
        code = "no-number" if matchers_for(folded, 0) else "unknown-publisher"
        raise DesignationError(code, text)
    designation, end = best
    if end < len(folded):
        raise DesignationError("trailing", text, folded[end:].strip())
    return designation


# Grammars so strict that all they read survives printing; the others are asked again (see _consistent)
_STRICT = frozenset({"iso", "iec", "cn", "eu"})


def longest(folded: str, pos: int) -> Match | None:
    """The longest designation that begins at ``pos`` of folded text."""
    best = _longest(folded, pos)
    return best if best is None or _consistent(best[0]) else None


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
