"""Changes in words: what happened to which record, whatever its type, in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import pgettext

from content.provenance.changes import moments
from content.provenance.models import Change, Source
from content.reach import wording as substances
from content.reach.keeping import RECORD_TYPE as GUIDANCE
from content.reach.models import Guidance, Substance
from content.reach.store import RECORD_TYPE as SUBSTANCE
from content.regulations import wording as regulations
from content.regulations.models import Regulation
from content.regulations.store import RECORD_TYPE as REGULATION
from content.standards.detail import history_entry
from content.standards.documents import RECORD_TYPE as STANDARD
from content.standards.models import Standard
from content.tbt import wording as notifications
from content.tbt.models import Notification
from content.tbt.store import RECORD_TYPE as NOTIFICATION
from search.lines import Line, lines

MODELS = {
    STANDARD: Standard,
    REGULATION: Regulation,
    NOTIFICATION: Notification,
    SUBSTANCE: Substance,
    GUIDANCE: Guidance,
}
"""Records of which changes are told, by type; an editor may withdraw each from public view."""
MAX_LINES = 20
"""Changes told of one record; a record that is new at its source may have more."""


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
    STANDARD: standard_line,
    REGULATION: regulations.change_line,
    NOTIFICATION: notifications.change_line,
    SUBSTANCE: substance_line,
    GUIDANCE: substances.guidance_change,
}
"""How a change of each type is put in one line."""


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to one record. ``path`` is empty where the record is no longer shown; ``key`` is the newest change,
    which names the event for good."""

    record_type: str
    label: str
    title: str
    language: str
    path: str
    at: datetime
    key: int
    source: Source | None
    lines: tuple[str, ...]

    @property
    def url(self) -> str:
        """Absolute, or empty."""
        return f"{settings.SITE_URL}{self.path}" if self.path else ""

    @property
    def day(self) -> date:
        """The day as the reader's calendar has it."""
        return timezone.localdate(self.at)


def told(changes: Sequence[Change], line: Line | None) -> Told:
    """Changes of one record, newest first, with the line that a list shows of it."""
    said = dict.fromkeys(LINES[change.record_type](change) for change in changes if change.record_type in LINES)
    language, title = line.ordered[0] if line and line.ordered else ("", "")
    first = changes[0]
    return Told(
        record_type=first.record_type,
        label=(line.designation if line else "") or ("" if title else first.label),
        title=title,
        language=language,
        path=line.url if line else "",
        at=max(change.at for change in changes),
        key=max(change.pk for change in changes),
        source=first.source,
        lines=tuple(said)[:MAX_LINES],
    )


def events(changes: Iterable[Change]) -> list[Told]:
    """Neighbouring changes of one record at one moment as one event; they come with their ``source``. A few queries for
    each type of record."""
    rows = list(changes)
    held = lines_of(rows)
    return [told(group, held.get((group[0].record_type, group[0].record_id))) for group in moments(rows)]


def lines_of(changes: Iterable[Change]) -> dict[tuple[str, int], Line]:
    """The public records that were changed, by type and key."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        wanted[change.record_type].add(change.record_id)
    return {(kind, pk): line for kind, ids in wanted.items() for pk, line in lines(kind, sorted(ids)).items()}
