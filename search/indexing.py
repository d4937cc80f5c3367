"""Whole-index work: comparing it with the database, and putting right what differs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from search import schema
from search.buckets import BUCKETS, add_up, bucket_of, differing
from search.documents import record_key, record_of
from search.engines import get_engine
from search.engines.errors import IndexMissing
from search.models import IndexOutbox
from search.projecting import BATCH, batches, project, public_ids

Progress = Callable[[int, int], None]
"""Called with the number of records done and of all."""


def silent(_done: int, _total: int) -> None:
    """No progress wanted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Keys of records that the index lacks, holds otherwise than the database, or holds though they are gone."""

    missing: tuple[str, ...]
    stale: tuple[str, ...]
    surplus: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.missing, *self.stale, *self.surplus)


def compare(progress: Progress = silent) -> Difference:
    """Read every record, and of the index only sums by bucket and the records of the buckets that differ.

    Without an index all records are missing from it. What waits in the outbox is no difference: it is on its way.
    """
    engine = get_engine()
    ours = add_up(_expected(progress))
    try:
        buckets = differing(ours, engine.bucket_sums())
        indexed = dict(engine.checksums(buckets)) if buckets else {}
    except IndexMissing:
        buckets, indexed = frozenset(range(BUCKETS)), {}
    if not buckets:
        return Difference((), (), ())
    missing: list[str] = []
    stale: list[str] = []
    for key, expected in _expected(buckets=buckets):
        found = indexed.pop(key, None)
        if found is None:
            missing.append(key)
        elif found != expected:
            stale.append(key)
    waiting = {record_key(*row) for row in IndexOutbox.objects.values_list("record_type", "record_id")}
    return Difference(
        tuple(key for key in missing if key not in waiting),
        tuple(key for key in stale if key not in waiting),
        tuple(key for key in indexed if key not in waiting),
    )


def repair(difference: Difference) -> None:
    """Queue the records which differ; the next drain puts them right."""
    IndexOutbox.objects.bulk_create(
        (IndexOutbox(record_type=record_type, record_id=pk) for record_type, pk in map(record_of, difference.keys)),
        batch_size=BATCH,
    )


def _expected(progress: Progress = silent, buckets: Collection[int] | None = None) -> Iterator[tuple[str, int]]:
    """Key and checksum of every public record as the database has it, or of those in ``buckets``."""
    ids_of = public_ids()
    total, done = sum(map(len, ids_of.values())), 0
    for record_type, ids in ids_of.items():
        if buckets is not None:
            ids = [pk for pk in ids if bucket_of(record_key(record_type, pk)) in buckets]
        for batch in batches(ids):
            for document in project(record_type, batch).documents:
                if (checksum := document.get(schema.CHECKSUM.name)) is not None:  # a page's record has it for both
                    yield document[schema.KEY.name], checksum
            done += len(batch)
            progress(done, total)
