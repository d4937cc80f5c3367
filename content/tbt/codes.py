"""Product codes of a notification: the Harmonized System (HS) and the International Classification for Standards (ICS).

Sources mix the two up, in the fields of one and in those of the other. A code moves to the other field only where it
is a code of the other system and cannot be one of its own; what is neither is kept as stated, never mended. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

HS_CHAPTERS = frozenset(range(1, 98)) - {77}
"""Chapters of the HS (convention of 1983, edition of 2022): 77 is kept for later, 98 and 99 are for national use."""
ICS_FIELDS = frozenset(
    (
        *(1, 3, 7, 11, 13, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 37, 39, 43, 45, 47, 49, 53, 55, 59),
        *(61, 65, 67, 71, 73, 75, 77, 79, 81, 83, 85, 87, 91, 93, 95, 97),
    )
)
"""Fields of the ICS (edition 7)."""
MAX_CODES = 500
"""Codes of one field of a notification; more are left unread."""

_HS = re.compile(r"(\d{2})(?:\.?(\d{2})(?:\.?(\d{2})(?:\.?\d{2}){0,2})?)?", re.ASCII)
_ICS = re.compile(r"(\d{2})(\.\d{3}(\.\d{2})?)?", re.ASCII)
_APART = re.compile(r"[\s,;、|/]+")


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes in the order stated, each once. ``moved`` and ``unread`` are as the source wrote them."""

    hs: tuple[str, ...] = ()
    """Two, four or six digits; national digits beyond the six that the convention sets are cut."""
    ics: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    """Stated in the field of the other system."""
    unread: tuple[str, ...] = ()
    """Codes of neither system."""


def hs(text: str) -> str | None:
    """``84.16`` → ``8416``, ``8715000010`` → ``871500``; None for what is no code of the HS."""
    match = _HS.fullmatch(text)
    if match is None or int(match[1]) not in HS_CHAPTERS:
        return None
    return "".join(part for part in match.groups() if part)


def ics(text: str) -> str | None:
    """The code if it is one of the ICS: ``65``, ``65.100``, ``65.100.10``."""
    match = _ICS.fullmatch(text)
    return text if match and int(match[1]) in ICS_FIELDS else None


def sort_out(hs_stated: Iterable[str], ics_stated: Iterable[str]) -> Codes:
    """The codes of both fields, each in its own system."""
    in_hs: dict[str, None] = {}
    in_ics: dict[str, None] = {}
    moved: dict[str, None] = {}
    unread: dict[str, None] = {}
    for stated in _values(hs_stated):
        if code := hs(stated):
            in_hs[code] = None
        elif code := ics(stated):
            in_ics[code] = moved[stated] = None
        else:
            unread[stated] = None
    for stated in _values(ics_stated):
        if code := ics(stated):
            in_ics[code] = None
        elif code := hs(stated):
            in_hs[code] = moved[stated] = None
        else:
            unread[stated] = None
    return Codes(tuple(in_hs), tuple(in_ics), tuple(moved), tuple(unread))


def _values(stated: Iterable[str]) -> list[str]:
    """Single codes: a field may hold a list of them, with signs of any width."""
    texts = (unicodedata.normalize("NFKC", text) for text in stated)
    return [one for text in texts for one in _APART.split(text) if one][:MAX_CODES]


def wider_hs(code: str) -> tuple[str, ...]:
    """The code and what contains it: ``871500`` → ``87``, ``8715``, ``871500``."""
    return tuple(code[:length] for length in (2, 4, 6) if length <= len(code))


def wider_ics(code: str) -> tuple[str, ...]:
    """The code and what contains it: ``65.100.10`` → ``65``, ``65.100``, ``65.100.10``."""
    parts = code.split(".")
    return tuple(".".join(parts[:count]) for count in range(1, len(parts) + 1))
