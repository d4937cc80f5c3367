"""Writing records to the index at Haystack's wish.

The outbox does it, as it does for every change: there is one writer at a time, other processes that want to write wait
or leave their rows to the one that does, and nothing is lost when the engine is down.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from haystack.constants import DEFAULT_ALIAS

from search.documents import record_key
from search.engines.base import Engine
from search.engines.errors import EngineError, IndexBusy
from search.models import IndexOutbox
from search.outbox import MAX_ATTEMPTS, drain, enqueue
from search.projecting import batches, project

PATIENCE = 600.0
"""Seconds to wait for another writer; a rebuild of the whole index takes minutes."""
_POLL = 0.2


def write(engine: Engine, alias: str, record_type: str, ids: Sequence[int], *, wait: bool) -> None:
    """Bring these records up to date, and see it done where ``wait``. Raises EngineError."""
    if alias != DEFAULT_ALIAS:
        _write_directly(engine, record_type, ids)
        return
    last = IndexOutbox.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    enqueue(None, record_type=record_type, ids=ids)
    if wait:
        _see_done(record_type, ids, last)


def _see_done(record_type: str, ids: Sequence[int], last: int) -> None:
    """Drain until nothing of this waits; ``last`` is the last row of before."""
    deadline = time.monotonic() + PATIENCE
    while True:
        drained = drain()
        rows = IndexOutbox.objects.filter(pk__gt=last, record_type=record_type)
        for batch in batches(ids):
            failed = rows.filter(record_id__in=batch, attempts__gt=0).values_list("record_id", "error").first()
            if failed:
                raise EngineError(f"{record_key(record_type, failed[0])} can't be indexed: {failed[1]}")
        waiting = any(rows.filter(record_id__in=batch, attempts__lt=MAX_ATTEMPTS).exists() for batch in batches(ids))
        if not waiting:
            return
        if time.monotonic() > deadline:
            raise IndexBusy("Another process is writing to the index; the records are queued, and it will write them")
        if not drained:
            time.sleep(_POLL)


def _write_directly(engine: Engine, record_type: str, ids: Sequence[int]) -> None:
    """The outbox belongs to the default connection."""
    with engine.writing(timeout=PATIENCE) as writer:
        for batch in batches(ids):
            projected = project(record_type, batch)
            if projected.failed:
                pk, reason = next(iter(projected.failed.items()))
                raise EngineError(f"{record_key(record_type, pk)} can't be indexed: {reason}")
            writer.replace([record_key(record_type, pk) for pk in batch], projected.documents)
        writer.commit()
