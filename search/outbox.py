"""The index outbox: changes of records on their way to the index.

A row is written in the transaction that changes its record, so nothing that was rolled back is indexed and nothing
that was committed is forgotten. A row goes only after the engine has its record safe; a crash in between means that the
same record is written once more, which changes nothing.

Several may drain at once where the database lets them share the rows (PostgreSQL) and the engine tells an earlier
reading of a record from a later one (``next_version``): a row is listed first, then the version is taken, then the
record is read, so that whatever carries a higher version knows of the row's change as well.
"""

from __future__ import annotations

import contextlib
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from search.documents import PROJECTIONS, record_key, record_of
from search.engines import get_engine
from search.engines.base import IndexWriter
from search.engines.errors import IndexBusy, IndexMissing
from search.models import IndexOutbox
from search.projecting import BATCH, batches, next_version, project
from search.rebuilding import rebuild

MAX_ATTEMPTS = 5
"""After so many failures a row waits for a person, or for the next change of its record."""
CLAIM = 20 * BATCH
"""Rows handled between two commits of the engine: long enough that it writes while the next records are read."""

_ERROR_LENGTH = 2000

Row = tuple[int, str, int]
Record = tuple[str, int]


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


def replay(rows: Iterable[int] | None = None) -> int:
    """Try rows that were given up on once more, all of them by default; gives their number."""
    given_up = IndexOutbox.objects.filter(attempts__gte=MAX_ATTEMPTS)
    if rows is not None:
        given_up = given_up.filter(pk__in=list(rows))
    return given_up.update(attempts=0)


def drain(limit: int = 50_000, stop: threading.Event | None = None) -> Drained:
    """Bring the index up to date with up to ``limit`` outbox rows; build it where there is none.

    Gives up quietly when another process is writing alone, for that one drains the same rows. Stops between batches
    when ``stop`` is set. Raises EngineUnavailable with all rows kept.
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
    shared = connection.features.has_select_for_update_skip_locked
    while handled < limit and not (stop and stop.is_set()):
        # The lock of the rows is the claim to them: it goes with the connection of whoever held it.
        with transaction.atomic() if shared else contextlib.nullcontext():
            waiting = IndexOutbox.objects.filter(attempts__lt=MAX_ATTEMPTS, pk__gt=last).order_by("pk")
            if shared:
                waiting = waiting.select_for_update(skip_locked=True)
            rows: list[Row] = list(waiting.values_list("pk", "record_type", "record_id")[:CLAIM])
            if not rows:
                break
            last = rows[-1][0]
            handled += len(rows)
            reasons = _write(writer, rows)
            _settle(rows, reasons)
        records += len({row[1:] for row in rows}) - len(reasons)
        failed += len(reasons)
    return Drained(records, failed)


def _write(writer: IndexWriter, rows: Sequence[Row]) -> dict[Record, str]:
    """Put the records of these rows, and those that depend on them, as the database has them now; give the failures."""
    ids_of: dict[str, set[int]] = defaultdict(set)
    for _pk, record_type, record_id in rows:
        ids_of[record_type].add(record_id)
    reasons: dict[Record, str] = {}
    for record_type, ids in ids_of.items():
        if record_type in PROJECTIONS:
            ids |= PROJECTIONS[record_type].depending(sorted(ids))
        for batch in batches(sorted(ids)):
            version = next_version()
            projected = project(record_type, batch)
            reasons.update({(record_type, pk): reason for pk, reason in projected.failed.items()})
            # What can't be projected stays as the index has it.
            keys = [record_key(record_type, pk) for pk in batch if pk not in projected.failed]
            writer.replace(keys, projected.documents, version)
    reasons.update({record_of(key): reason for key, reason in writer.commit().items()})
    queued = {(record_type, record_id) for _pk, record_type, record_id in rows}
    return {record: reason for record, reason in reasons.items() if record in queued}


def _settle(rows: Sequence[Row], reasons: dict[Record, str]) -> None:
    """Rows that are done with go, also those of their records that were given up on; others keep their reason."""
    done: dict[Record, None] = {}
    for pk, record_type, record_id in rows:
        if (reason := reasons.get((record_type, record_id))) is None:
            done[record_type, record_id] = None
        else:
            IndexOutbox.objects.filter(pk=pk).update(attempts=F("attempts") + 1, error=reason[:_ERROR_LENGTH])
    given_up = IndexOutbox.objects.filter(attempts__gte=MAX_ATTEMPTS).values_list("pk", "record_type", "record_id")
    gone = [pk for pk, *record in (*rows, *given_up) if tuple(record) in done]
    for batch in batches(gone):
        IndexOutbox.objects.filter(pk__in=batch).delete()
