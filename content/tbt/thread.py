"""A notification and all that was issued to it, as one history: from the draft down to adoption.

G/TBT/35 (section 6.3): a revision replaces the notification; an addendum tells what became of the measure; a
corrigendum corrects a mistake; a supplement announces a translation. The day until which comments are taken is the one
stated last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from content.tbt.models import Notification


class Stage(StrEnum):
    """Where the measure stands."""

    OPEN = "open"
    CLOSED = "closed"
    """The day for comments has passed, and nothing is known of an adoption."""
    UNDATED = "undated"
    """No final date for comments is known."""
    ADOPTED = "adopted"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Fact:
    """A day with the symbol of the document that states it."""

    day: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Thread:
    """The documents, oldest first, and what they say together."""

    documents: tuple[Notification, ...]
    deadline: Fact | None
    adopted: Fact | None
    in_force: Fact | None
    planned_adoption: Fact | None
    planned_entry: Fact | None
    withdrawn: Fact | None

    def stage(self, today: date) -> Stage:
        """Where the measure stands on a day."""
        now = today.isoformat()
        if self.withdrawn:
            return Stage.WITHDRAWN
        if self.in_force and last_day(self.in_force.day) <= now:
            return Stage.IN_FORCE
        if self.adopted:
            return Stage.ADOPTED
        if self.deadline is None:
            return Stage.UNDATED
        return Stage.OPEN if last_day(self.deadline.day) >= now else Stage.CLOSED


def last_day(partial: str) -> str:
    """The end of what a partial date means, as text that compares with days: ``2026-02`` → ``2026-02-31``."""
    return partial + {4: "-12-31", 7: "-31"}.get(len(partial), "")


def place(document: Notification) -> tuple[Any, ...]:
    """Where a document stands in its thread: by its day, else after the notification, by what it is and its number."""
    parts = document.read_symbol.parts
    return (document.circulated or ("0" if not parts else "9"), len(parts), [(p.value, n) for p, n in parts])


def thread(documents: Iterable[Notification]) -> Thread:
    """The history of the documents of one notification, which come in any order."""
    ordered = tuple(sorted(documents, key=place))
    valid = ordered[_last_revision(ordered) :]
    withdrawn = _last(_events(valid, "withdrawn"))
    adopted = _last(_events(valid, "adopted")) or _last(_events(valid, "published"))
    in_force = _last(_events(valid, "in_force"))
    deadline = None if withdrawn else _last(_deadlines(valid))
    if deadline and not deadline.day:
        deadline = None
    return Thread(
        ordered,
        deadline=deadline,
        adopted=adopted,
        in_force=in_force if in_force and in_force.day else None,
        planned_adoption=_last(Fact(one.adoption, one.symbol) for one in valid if one.adoption),
        planned_entry=_last(Fact(one.entry, one.symbol) for one in valid if one.entry),
        withdrawn=withdrawn,
    )


def _last_revision(documents: Sequence[Notification]) -> int:
    """What counts begins with the last revision: it takes the place of all that was before."""
    at = [index for index, one in enumerate(documents) if one.kind == "revision"]
    return at[-1] if at else 0


def _events(documents: Iterable[Notification], kind: str) -> Iterable[Fact]:
    return (
        Fact(event.get("date", ""), one.symbol) for one in documents for event in one.events if event["kind"] == kind
    )


def _deadlines(documents: Iterable[Notification]) -> Iterable[Fact]:
    for one in documents:
        if one.comments:
            yield Fact(one.comments, one.symbol)
        for event in one.events:
            if event["kind"] == "comments_changed" and event.get("date"):
                yield Fact(event["date"], one.symbol)


def _last(facts: Iterable[Fact]) -> Fact | None:
    return next(reversed(list(facts)), None)
