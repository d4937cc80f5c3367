"""What changed lately in regulations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q, QuerySet

from content.provenance.models import Change
from content.regulations import wording
from content.regulations.models import Regulation
from content.regulations.store import RECORD_TYPE


@dataclass(frozen=True, slots=True)
class ChangedAct:
    """What happened to one act at one moment; ``regulation`` is None where it is hidden or gone."""

    regulation: Regulation | None
    label: str
    at: datetime
    key: int
    lines: tuple[str, ...]


def public_changes() -> QuerySet[Change]:
    """Changes of regulations; of hidden ones only that they were withdrawn, and why."""
    hidden = Regulation.objects.filter(hidden_at__isnull=False).values("pk")
    changes = Change.objects.filter(record_type=RECORD_TYPE)
    return changes.exclude(Q(record_id__in=hidden) & ~Q(kind=Change.Kind.HIDDEN))


def together(changes: Iterable[Change]) -> list[ChangedAct]:
    """Neighbouring changes of one act at one moment as one entry. One query, for the acts."""
    rows = list(changes)
    held = Regulation.objects.public().in_bulk({change.record_id for change in rows})
    found = []
    for (record, at), group in groupby(rows, key=lambda change: (change.record_id, change.at)):
        entries = list(group)
        lines = tuple(dict.fromkeys(map(wording.change_line, entries)))
        found.append(ChangedAct(held.get(record), entries[0].label, at, entries[0].pk, lines))
    return found
