"""Keys that are plain strings: one to find by, one to sort by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.designations.model import Designation

_NOT_ALNUM = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"[0-9]+")


def joined(canonical: str) -> str:
    return _NOT_ALNUM.sub("", canonical.lower())


def _natural(text: str) -> str:
    """Every run of digits is preceded by its length, so that "10" sorts after "9" however long numbers get."""
    return _DIGITS.sub(_padded, text)


def _padded(match: re.Match[str]) -> str:
    digits = match.group().lstrip("0") or "0"
    return f"{len(digits):02d}{digits}"


def sort_key(designation: Designation) -> str:
    """Fields joined by a space, which sorts before what fields hold; the canonical form last breaks ties."""
    d = designation
    fields = [
        d.publisher,
        d.doctype or "!",
        _natural(d.number),
        _natural(d.part.replace("-", ".")) or "!",
        f"{d.year or 0:04d}{d.month or 0:02d}",
        _natural(d.edition) or "!",
        "~" if not d.stage and not d.iteration else f"{d.stage}{d.iteration or 1:02d}",
    ]
    fields += [f"{s.year or 0:04d}{s.month or 0:02d}{s.kind}{_natural(s.number)}{s.stage}" for s in d.supplements]
    return " ".join([*fields, "!", d.canonical])
