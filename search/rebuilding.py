"""The index built anew from the database, beside the present one, which answers meanwhile."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from itertools import chain

from search import schema
from search.documents import record_key, record_of
from search.engines import get_engine
from search.engines.base import IndexWriter
from search.engines.errors import BuildFailed
from search.indexing import Progress, silent
from search.models import IndexOutbox
from search.projecting import BATCH, batches, next_version, project, public_ids
from search.synonyms import live

SAMPLE = 500
"""Records of a new index that are compared one by one with the database before it is read."""

Batch = tuple[str, list[int]]


def rebuild(progress: Progress = silent, timeout: float = 0, workers: int = 1) -> int:
    """Build the index anew; gives the number of records.

    Where the engine can be written to by several, changes meanwhile go into both indices, and ``workers`` processes
    read and write side by side; else they wait in the outbox. Records that fail get an outbox row with the reason. The
    new index takes over only if its count and a sample agree with the database. Raises IndexBusy after ``timeout``
    seconds, BuildFailed.
    """
    failed: dict[tuple[str, int], str] = {}
    live.push_or_warn(force=True)
    with get_engine().rebuilding(timeout) as writer:
        # Row by row and not "up to the last": a transaction may yet commit a lower key than the last one seen.
        done_with = list(IndexOutbox.objects.order_by("pk").values_list("pk", flat=True))
        ids_of = public_ids()
        total, done = sum(map(len, ids_of.values())), 0
        work = [(record_type, batch) for record_type, ids in ids_of.items() for batch in batches(ids)]
        built = _in_processes(work, workers) if workers > 1 else _here(work, writer)
        for size, refused in built:
            failed.update(refused)
            done += size
            progress(done, total)
        failed.update(_by_record(writer.commit()))
        _check(writer, failed)
    IndexOutbox.objects.bulk_create(
        (
            IndexOutbox(record_type=record_type, record_id=pk, attempts=1, error=reason)
            for (record_type, pk), reason in failed.items()
        ),
        batch_size=BATCH,
    )
    for rows in batches(done_with):
        IndexOutbox.objects.filter(pk__in=rows).delete()
    return total - len(failed)


def _here(work: Iterable[Batch], writer: IndexWriter) -> Iterator[tuple[int, dict[tuple[str, int], str]]]:
    for batch in work:
        yield len(batch[1]), _write(batch, writer)


def _in_processes(work: list[Batch], workers: int) -> Iterator[tuple[int, dict[tuple[str, int], str]]]:
    """Each process reads and writes batches of its own."""
    context = multiprocessing.get_context("spawn")  # a forked child would share database connections
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_process) as pool:
        sizes = (len(batch[1]) for batch in work)
        yield from zip(sizes, pool.map(_write_alone, work), strict=True)


def _begin_process() -> None:
    import django

    django.setup()


def _write_alone(batch: Batch) -> dict[tuple[str, int], str]:
    with get_engine().helping_to_build() as writer:
        failed = _write(batch, writer)
        return failed | _by_record(writer.commit())


def _write(batch: Batch, writer: IndexWriter) -> dict[tuple[str, int], str]:
    record_type, ids = batch
    version = next_version()
    projected = project(record_type, ids)
    writer.replace((), projected.documents, version)
    return {(record_type, pk): reason for pk, reason in projected.failed.items()}


def _by_record(refused: Mapping[str, str]) -> dict[tuple[str, int], str]:
    return {record_of(key): reason for key, reason in refused.items()}


def _check(writer: IndexWriter, failed: dict[tuple[str, int], str]) -> None:
    """BuildFailed if the new index is not what the database says, apart from what is still on its way to it."""
    ids_of = public_ids()
    everything = [*chain.from_iterable(((name, pk) for pk in ids) for name, ids in ids_of.items())]
    waiting = set(IndexOutbox.objects.values_list("record_type", "record_id"))
    expected, found = len(everything) - len(failed), writer.records()
    if abs(expected - found) > len(waiting):
        raise BuildFailed(f"The new index holds {found} records instead of {expected}; the present one stays in use")
    sample = random.sample(everything, min(SAMPLE, len(everything)))
    wrong = [key for key, record in _differing(writer, sample) if record not in waiting and record not in failed]
    if wrong:
        # What has changed since the sample was drawn has a row by now, or is in the index.
        wrong = [key for key, record in _differing(writer, sample) if key in wrong and not _queued(*record)]
    if wrong:
        raise BuildFailed(f"{wrong[0]} and {len(wrong) - 1} more differ in the new index; the present one stays in use")


def _differing(writer: IndexWriter, records: list[tuple[str, int]]) -> list[tuple[str, tuple[str, int]]]:
    held = writer.held([record_key(*record) for record in records])
    found = []
    for record_type in {record_type for record_type, _pk in records}:
        ids = sorted(pk for name, pk in records if name == record_type)
        expected = {
            document[schema.KEY.name]: document[schema.CHECKSUM.name]
            for document in project(record_type, ids).documents
            if schema.CHECKSUM.name in document
        }
        found += [
            (key, (record_type, pk)) for pk in ids if held.get(key := record_key(record_type, pk)) != expected.get(key)
        ]
    return found


def _queued(record_type: str, pk: int) -> bool:
    return IndexOutbox.objects.filter(record_type=record_type, record_id=pk).exists()
