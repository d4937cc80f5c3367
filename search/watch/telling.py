"""Alerts in words: what happened to which record, in one language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import pgettext

from content.provenance.models import Change
from content.reach import wording as substances
from content.regulations import wording as regulations
from content.standards.detail import history_entry
from content.tbt import wording as notifications
from search.lines import Line, lines
from search.watch.models import Alert, Subscription


def standard_line(change: Change) -> str:
    """A change of a standard in one line of plain text."""
    entry = history_entry(change)
    if change.kind not in (Change.Kind.FIELD, Change.Kind.STATUS):
        return str(change.get_kind_display())
    colon = pgettext("between a label and its value", ": ")
    values = f"{entry.old} → {entry.new or '–'}" if entry.old else entry.new or "–"
    return f"{entry.label}{colon}{values}"


def substance_line(change: Change) -> str:
    """A change of a substance in one line of plain text."""
    return substances.change(change.kind, change.field, change.old, change.new)


LINES: dict[str, Callable[[Change], str]] = {
    "standard": standard_line,
    "regulation": regulations.change_line,
    "tbt": notifications.change_line,
    "substance": substance_line,
}
"""How a change of each type is put in one line."""
MAX_LINES = 20
"""Changes told of one record; a record that is new at its source may have more."""


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to one record. ``url`` is absolute, empty where the record is no longer shown."""

    label: str
    title: str
    language: str
    url: str
    at: datetime
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What happened under one subscription."""

    subscription: Subscription
    records: tuple[Told, ...]


def groups(alerts: Iterable[Alert]) -> list[Group]:
    """Alerts by subscription and record, in the order given; they come with their ``change`` and ``subscription``.

    A few queries for each type of record.
    """
    of_subscription: dict[int, dict[tuple[str, int], list[Change]]] = defaultdict(lambda: defaultdict(list))
    subscriptions: dict[int, Subscription] = {}
    alerts = list(alerts)
    held = lines_of(alerts)
    for alert in alerts:
        change = alert.change
        subscriptions[alert.subscription_id] = alert.subscription
        of_subscription[alert.subscription_id][change.record_type, change.record_id].append(change)
    return [
        Group(
            subscriptions[pk],
            tuple(_told(changes, held.get(record)) for record, changes in of_record.items()),
        )
        for pk, of_record in of_subscription.items()
    ]


def lines_of(alerts: Iterable[Alert]) -> dict[tuple[str, int], Line]:
    """The public records that were changed, by type and key."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for alert in alerts:
        wanted[alert.change.record_type].add(alert.change.record_id)
    return {(kind, pk): line for kind, ids in wanted.items() for pk, line in lines(kind, sorted(ids)).items()}


def _told(changes: list[Change], line: Line | None) -> Told:
    said = dict.fromkeys(LINES[change.record_type](change) for change in changes if change.record_type in LINES)
    language, title = line.ordered[0] if line and line.ordered else ("", "")
    return Told(
        label=(line.designation if line else "") or changes[0].label,
        title=title,
        language=language,
        url=f"{settings.SITE_URL}{line.url}" if line else "",
        at=max(change.at for change in changes),
        lines=tuple(said)[:MAX_LINES],
    )
