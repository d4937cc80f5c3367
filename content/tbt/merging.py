"""What a notification's record is, from all that its sources say. Pure.

Sources differ in what they know: the WTO's interface has the facts, a Chinese platform the Chinese words. Each field is
taken from the first source that has it, in the order of their ranks; a source that knows better for one field says so
in its ``precedence``. So the record does not depend on the order in which sources were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from content.tbt import codes, dates
from content.tbt.items import NotificationItem
from content.tbt.symbols import Part, Symbol

TEXTS = ("title", "agency", "products", "description", "objective", "relevant", "available")
_KINDS = {
    Part.ADDENDUM: "addendum",
    Part.CORRIGENDUM: "corrigendum",
    Part.REVISION: "revision",
    Part.SUPPLEMENT: "supplement",
}
_STATED = ("adoption", "entry", "comments")


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says. ``precedence``: field → rank where sources disagree, 0 for one not named."""

    item: NotificationItem
    precedence: Mapping[str, int]
    order: tuple[Any, ...]
    """Settles what ranks equally: the lower goes first."""


@dataclass(frozen=True, slots=True)
class Merged:
    """``fields`` of the record, and its ``texts`` by language."""

    fields: dict[str, Any]
    texts: dict[str, dict[str, str]] = field(default_factory=dict)


def kind_of(symbol: Symbol) -> str:
    """What the document is: the last thing that was issued, ``base`` for the notification itself."""
    return _KINDS[symbol.parts[-1][0]] if symbol.parts else "base"


def merged(statements: Iterable[Statement]) -> Merged:
    """The record, from at least one statement; all are of one symbol."""
    told = sorted(statements, key=lambda one: one.order)
    fields: dict[str, Any] = {}
    for name in ("circulated", "number", "form"):
        fields[name] = _first(told, name)
    for name in ("articles", "pages", "languages", "documents"):
        fields[name] = list(_first(told, name))
    fields["events"] = [one.model_dump(exclude_defaults=True) for one in _first(told, "events")]
    found = codes.sort_out(_first(told, "hs"), _first(told, "ics"))
    fields |= {"hs": list(found.hs), "ics": list(found.ics)}
    fields |= {"codes_moved": list(found.moved), "codes_unread": list(found.unread)}
    for name in _STATED:
        stated = str(_first(told, name))
        fields[f"{name}_stated"] = stated
        fields[name] = dates.read(stated).counted_from(fields["circulated"])
    texts = {language: _texts(told, language) for language in dict.fromkeys(one.item.language for one in told)}
    return Merged(fields, {language: found for language, found in texts.items() if any(found.values())})


def _texts(told: Sequence[Statement], language: str) -> dict[str, str]:
    of_language = [one for one in told if one.item.language == language]
    return {name: str(_first(of_language, name)) for name in TEXTS}


def _first(told: Sequence[Statement], name: str) -> Any:
    """The value of the first source that has one."""
    ranked = sorted(told, key=lambda one: -one.precedence.get(name, 0))
    values = [getattr(one.item, name) for one in ranked]
    return next((value for value in values if value), values[0] if values else "")
