"""Records as documents of the index: read in bulk, projected by pure functions.

A record's documents come together: the record itself, then the pages of its files or the articles of its text. Hidden
records have none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from search import schema
from search.documents import guidance, notifications, regulations, substances
from search.documents.standard_rows import public_ids, standard_rows, standards_depending_on
from search.documents.standards import RECORD_TYPE, standard_documents_of
from search.engines.base import Document


@dataclass(frozen=True, slots=True)
class Projection:
    """How records of one type become documents.

    ``documents`` takes a batch of ids and makes a number of database queries that does not depend on them; ``records``
    gives the documents of the records alone, without their pages and the checksum, which is of all of them.
    ``depending`` names the records whose documents also say something about these ones. ``ids`` are those of all
    public records, rising.
    """

    documents: Callable[[Sequence[int]], Iterator[Document]]
    records: Callable[[Sequence[int]], Iterator[Document]]
    depending: Callable[[Sequence[int]], set[int]]
    ids: Callable[[], Sequence[int]]


def standard_documents(ids: Sequence[int]) -> Iterator[Document]:
    """The documents of these standards, in the order of their ids."""
    for row in standard_rows(ids):
        yield from standard_documents_of(row)


def standard_records(ids: Sequence[int]) -> Iterator[Document]:
    """Likewise, the records alone."""
    for row in standard_rows(ids, pages=False):
        document = standard_documents_of(row)[0]
        del document[schema.CHECKSUM.name]
        yield document


PROJECTIONS: dict[str, Projection] = {
    RECORD_TYPE: Projection(standard_documents, standard_records, standards_depending_on, public_ids),
    substances.RECORD_TYPE: Projection(
        substances.substance_documents,
        substances.substance_records,
        substances.depending_on,
        substances.public_ids,
    ),
    regulations.RECORD_TYPE: Projection(
        regulations.regulation_documents,
        regulations.regulation_records,
        regulations.depending_on,
        regulations.public_ids,
    ),
    guidance.RECORD_TYPE: Projection(
        guidance.guidance_documents, guidance.guidance_records, guidance.depending_on, guidance.public_ids
    ),
    notifications.RECORD_TYPE: Projection(
        notifications.notification_documents,
        notifications.notification_records,
        notifications.depending_on,
        notifications.public_ids,
    ),
}
"""By record type, as ``records_changed`` and the outbox name it."""


def record_key(record_type: str, record_id: int) -> str:
    """``standard:17``."""
    return f"{record_type}:{record_id}"


def record_of(key: str) -> tuple[str, int]:
    """The opposite of ``record_key``. Raises ValueError."""
    record_type, _colon, record_id = key.partition(":")
    return record_type, int(record_id)
