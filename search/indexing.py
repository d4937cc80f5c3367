"""Whole-index work: building it from the database, and comparing the two."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import DatabaseError

from search import schema
from search.documents import PROJECTIONS, record_key, record_of
from search.engines import get_engine
from search.engines.base import Document
from search.engines.errors import IndexMissing
from search.models import IndexOutbox

logger = logging.getLogger(__name__)

BATCH = 1000
"""Records that are read, projected and written at a time."""

Progress = Callable[[int, int], None]
"""Called with the number of records done and of all."""


def _silent(_done: int, _total: int) -> None:
    """No progress wanted."""


@dataclass(frozen=True, slots=True)
class Projected:
    """Documents of a batch of records of one type; ``failed``: ids that could not be projected, and why."""

    documents: list[Document]
    failed: dict[int, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Keys of records that the index lacks, holds otherwise than the database, or holds though they are gone."""

    missing: tuple[str, ...]
    stale: tuple[str, ...]
    surplus: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.missing, *self.stale, *self.surplus)


def project(record_type: str, ids: Sequence[int]) -> Projected:
    """Documents of these records. One record that can't be projected costs only itself. Raises DatabaseError."""
    projection = PROJECTIONS.get(record_type)
    if projection is None:
        return Projected([], dict.fromkeys(ids, f"No projection for {record_type!r}"))
    try:
        return Projected(list(projection.documents(ids)), {})
    except DatabaseError:
        raise
    except Exception as error:  # whatever is wrong with one record must not keep out the others
        if len(ids) == 1:
            logger.exception("%s can't be indexed", record_key(record_type, ids[0]))
            return Projected([], {ids[0]: f"{type(error).__name__}: {error}"})
    middle = len(ids) // 2
    first, second = project(record_type, ids[:middle]), project(record_type, ids[middle:])
    return Projected(first.documents + second.documents, first.failed | second.failed)


def rebuild(progress: Progress = _silent, timeout: float = 0) -> int:
    """Build the index anew from the database beside the present one, which answers meanwhile; gives the number of
    records.

    Outbox rows that were there before are done with it; rows that come meanwhile stay. Records that fail get a row with
    the reason. Raises IndexBusy after ``timeout`` seconds.
    """
    failed: dict[tuple[str, int], str] = {}
    written = 0
    with get_engine().rebuilding(timeout) as writer:
        # Row by row and not "up to the last": a transaction may yet commit a lower key than the last one seen.
        done_with = list(IndexOutbox.objects.order_by("pk").values_list("pk", flat=True))
        ids_of = {record_type: projection.ids() for record_type, projection in PROJECTIONS.items()}
        total = sum(map(len, ids_of.values()))
        for record_type, ids in ids_of.items():
            for batch in batches(ids):
                projected = project(record_type, batch)
                writer.replace((), projected.documents)
                failed.update({(record_type, pk): reason for pk, reason in projected.failed.items()})
                written += len(batch) - len(projected.failed)
                progress(written + len(failed), total)
    IndexOutbox.objects.bulk_create(
        (
            IndexOutbox(record_type=record_type, record_id=pk, attempts=1, error=reason)
            for (record_type, pk), reason in failed.items()
        ),
        batch_size=BATCH,
    )
    for rows in batches(done_with):
        IndexOutbox.objects.filter(pk__in=rows).delete()
    return written


def compare(progress: Progress = _silent) -> Difference:
    """Read every record and every checksum. Without an index all records are missing from it."""
    try:
        indexed = dict(get_engine().checksums())
    except IndexMissing:
        indexed = {}
    missing: list[str] = []
    stale: list[str] = []
    ids_of = {record_type: projection.ids() for record_type, projection in PROJECTIONS.items()}
    total, done = sum(map(len, ids_of.values())), 0
    for record_type, ids in ids_of.items():
        for batch in batches(ids):
            for document in project(record_type, batch).documents:
                expected = document.get(schema.CHECKSUM.name)
                if expected is None:  # a page; its record's checksum covers it
                    continue
                key = document[schema.KEY.name]
                found = indexed.pop(key, None)
                if found is None:
                    missing.append(key)
                elif found != expected:
                    stale.append(key)
            done += len(batch)
            progress(done, total)
    return Difference(tuple(missing), tuple(stale), tuple(indexed))


def repair(difference: Difference) -> None:
    """Queue the records which differ; the next drain puts them right."""
    IndexOutbox.objects.bulk_create(
        (IndexOutbox(record_type=record_type, record_id=pk) for record_type, pk in map(record_of, difference.keys)),
        batch_size=BATCH,
    )


def batches(values: Sequence[int]) -> Iterator[list[int]]:
    """``BATCH`` at a time."""
    each = iter(values)
    while batch := list(islice(each, BATCH)):
        yield batch
