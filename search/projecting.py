"""Records read and projected for the index, a failing one apart from the others."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.db import DatabaseError

from search.documents import PROJECTIONS, record_key
from search.engines.base import Document
from search.models import WriteOrder

T = TypeVar("T")

_UNORDERED = 1000
"""Room between two versions: a write without one, such as Haystack's ``clear``, raises what is there by one."""

logger = logging.getLogger(__name__)

BATCH = 1000
"""Records that are read, projected and written at a time."""


@dataclass(frozen=True, slots=True)
class Projected:
    """Documents of a batch of records of one type; ``failed``: ids that could not be projected, and why."""

    documents: list[Document]
    failed: dict[int, str]


def next_version() -> int:
    """A number higher than all before. Take it before the records are read, and after the outbox rows that ask for it:
    whatever carries a higher number then knows of every change that a lower one knew of."""
    order = WriteOrder.objects.create().pk
    WriteOrder.objects.filter(pk__lte=order).delete()
    return order * _UNORDERED


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


def public_ids() -> dict[str, Sequence[int]]:
    """Record type → ids of all public records, rising."""
    return {record_type: projection.ids() for record_type, projection in PROJECTIONS.items()}


def batches(values: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """``size`` at a time."""
    each = iter(values)
    while batch := list(islice(each, size)):
        yield batch
