"""Updates of the lists (清单更新): which entries came in together, and which were decided anew on one day.

ECHA updates the Candidate List about twice a year; the substances of an update share their date of inclusion. Annexes
XIV and XVII change by regulations, whose days are an entry's ``included`` and ``decisions``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from content.provenance.models import Change
from content.reach.models import ListEntry
from content.reach.statements import RECORD_TYPE


@dataclass(slots=True)
class Update:
    """A day on which a list changed. ``total``: entries that stand now and were there after that day."""

    list_name: str
    day: str
    added: list[ListEntry] = field(default_factory=list)
    amended: list[ListEntry] = field(default_factory=list)
    total: int = 0

    @property
    def label(self) -> str:
        return str(ListEntry.List(self.list_name).label)

    @property
    def substances(self) -> set[int]:
        """Keys of the substances of its entries; those of group members are in ``touched``."""
        return {entry.substance_id for entry in (*self.added, *self.amended)}


def group(entries: Iterable[ListEntry]) -> list[Update]:
    """Entries by list and day, the newest day first. Pure.

    An entry counts as added on its date of inclusion and as amended on each later day of a decision.
    """
    found: dict[tuple[str, str], Update] = {}
    days_of_lists: dict[str, list[str]] = defaultdict(list)

    def at(list_name: str, day: str) -> Update:
        return found.setdefault((list_name, day), Update(list_name, day))

    for entry in entries:
        first = entry.included or min(entry.decisions, default="")
        if not first:
            continue
        days_of_lists[entry.list_name].append(first)
        at(entry.list_name, first).added.append(entry)
        for day in sorted(set(entry.decisions)):
            if day > first:
                at(entry.list_name, day).amended.append(entry)
    for update in found.values():
        update.total = sum(day <= update.day for day in days_of_lists[update.list_name])
    return sorted(found.values(), key=lambda one: (one.day, one.list_name), reverse=True)


def updates(list_name: str = "") -> list[Update]:
    """All updates of one list or of every list, the newest first; a few hundred entries, two queries."""
    entries = ListEntry.objects.filter(missing_since__isnull=True, substance__hidden_at__isnull=True)
    if list_name:
        entries = entries.filter(list_name=list_name)
    return group(entries.select_related("substance").prefetch_related("substance__numbers").order_by("substance__name"))


def newest(found: Iterable[Update]) -> dict[str, Update]:
    """The newest update of each list."""
    latest: dict[str, Update] = {}
    for one in found:
        if one.list_name not in latest or one.day > latest[one.list_name].day:
            latest[one.list_name] = one
    return latest


def touched(update: Update) -> set[int]:
    """Keys of the substances that an update is about, members of its groups included. One query."""
    entries = [entry.pk for entry in (*update.added, *update.amended)]
    members = ListEntry.members.through.objects.filter(listentry__in=entries)
    return update.substances | set(members.values_list("substance_id", flat=True))


def touched_since(moment: datetime) -> set[int]:
    """Keys of the substances of which a list has said anything else after ``moment``; members of changed groups
    included. Two queries."""
    changes = Change.objects.filter(record_type=RECORD_TYPE, at__gt=moment, cause=Change.Cause.SOURCE)
    changed = set(changes.order_by().values_list("record_id", flat=True).distinct())
    members = ListEntry.members.through.objects.filter(listentry__substance__in=changed)
    return changed | set(members.values_list("substance_id", flat=True))
