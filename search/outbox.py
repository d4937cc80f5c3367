"""The index outbox: changes of records on their way to the index.

A row is written in the transaction that changes its record, so nothing that was rolled back is indexed and nothing
that was committed is forgotten. A row goes only after the index has been committed; a crash in between means that the
same record is written once more, which changes nothing.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from search.documents import PROJECTIONS, record_key
from search.engines import get_engine
from search.engines.base import IndexWriter
from search.engines.errors import IndexBusy, IndexMissing
from search.indexing import BATCH, project, rebuild
from search.models import IndexOutbox

MAX_ATTEMPTS = 5
"""After so many failures a row waits for a person, or for the next change of its record."""

_ERROR_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Drained:
    """``records`` brought up to date, ``failed`` kept with their reason. True when anything was done."""

    records: int = 0
    failed: int = 0

    def __bool__(self) -> bool:
        return bool(self.records or self.failed)


@dataclass(frozen=True, slots=True)
class Backlog:
    """Rows that wait, rows that were given up on, and since when the oldest one waits."""

    waiting: int
    given_up: int
    since: datetime | None


def enqueue(sender: object, *, record_type: str, ids: Iterable[int], removed: bool = False, **_kwargs: Any) -> None:
    """Receiver of ``records_changed``."""
    IndexOutbox.objects.bulk_create(
        (IndexOutbox(record_type=record_type, record_id=pk, removed=removed) for pk in ids), batch_size=BATCH
    )


def backlog() -> Backlog:
    """For status pages: how far the index is behind."""
    waiting = IndexOutbox.objects.filter(attempts__lt=MAX_ATTEMPTS)
    oldest = waiting.order_by("pk").values_list("queued_at", flat=True).first()
    return Backlog(waiting.count(), IndexOutbox.objects.filter(attempts__gte=MAX_ATTEMPTS).count(), oldest)


def drain(limit: int = 50_000, stop: threading.Event | None = None) -> Drained:
    """Bring the index up to date with up to ``limit`` outbox rows; build it where there is none.

    Gives up quietly when another process is writing, for that one drains the same rows. Stops between batches when
    ``stop`` is set. Raises EngineUnavailable with all rows kept.
    """
    if not IndexOutbox.objects.filter(attempts__lt=MAX_ATTEMPTS).exists():
        return Drained()
    try:
        with get_engine().writing() as writer:
            return _drain_into(writer, limit, stop)
    except IndexMissing:
        pass
    except IndexBusy:
        return Drained()
    try:
        return Drained(records=rebuild())
    except IndexBusy:
        return Drained()


def _drain_into(writer: IndexWriter, limit: int, stop: threading.Event | None) -> Drained:
    records = failed = handled = last = 0
    while handled < limit and not (stop and stop.is_set()):
        waiting = IndexOutbox.objects.filter(attempts__lt=MAX_ATTEMPTS, pk__gt=last).order_by("pk")
        rows = list(waiting.values_list("pk", "record_type", "record_id")[:BATCH])
        if not rows:
            break
        last = rows[-1][0]
        handled += len(rows)
        reasons = _write(writer, rows)
        writer.commit()
        failed_rows = {pk: reasons[row] for pk, *row_ in rows if (row := tuple(row_)) in reasons}
        IndexOutbox.objects.filter(pk__in=[pk for pk, *_row in rows if pk not in failed_rows]).delete()
        for pk, reason in failed_rows.items():
            IndexOutbox.objects.filter(pk=pk).update(attempts=F("attempts") + 1, error=reason[:_ERROR_LENGTH])
        records += len({row[1:] for row in rows}) - len(reasons)
        failed += len(reasons)
    return Drained(records, failed)


def _write(writer: IndexWriter, rows: Sequence[tuple[int, str, int]]) -> dict[tuple[str, int], str]:
    """Put the records of these rows, and those that depend on them, as the database has them now; give the failures."""
    ids_of: dict[str, set[int]] = defaultdict(set)
    for _pk, record_type, record_id in rows:
        ids_of[record_type].add(record_id)
    reasons: dict[tuple[str, int], str] = {}
    for record_type, ids in ids_of.items():
        if record_type in PROJECTIONS:
            ids |= PROJECTIONS[record_type].depending(sorted(ids))
        projected = project(record_type, sorted(ids))
        reasons.update({(record_type, pk): reason for pk, reason in projected.failed.items() if pk in ids})
        # What can't be projected stays as the index has it.
        keys = [record_key(record_type, pk) for pk in sorted(ids.difference(projected.failed))]
        writer.replace(keys, projected.documents)
    queued = {(record_type, record_id) for _pk, record_type, record_id in rows}
    return {record: reason for record, reason in reasons.items() if record in queued}
