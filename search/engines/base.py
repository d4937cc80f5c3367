"""What every search engine does; planning, pages and the outbox know no more of an engine than this."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from search.buckets import Sums
from search.clauses import Answer, Clause, Request
from search.schema import Schema

Document: TypeAlias = dict[str, Any]
"""Field name → value, by the kinds of ``search.schema``: keywords and texts are a string or a list of strings, days a
``date``, times a ``datetime``, numbers an ``int``, ``float`` or ``bool``. Absent, None, ``""`` and ``[]`` all mean that
there is no value."""


@dataclass(frozen=True, slots=True)
class NearWord:
    """A word of the index that resembles a mistyped one; ``count`` is the number of records with it."""

    word: str
    count: int
    distance: int


@dataclass(frozen=True, slots=True)
class IndexState:
    """``records`` and ``documents`` (with pages) in the index, ``bytes`` on disk; ``built`` is the last full build."""

    records: int
    documents: int
    bytes: int
    built: datetime


class IndexWriter(Protocol):
    """Writes that are safe at ``commit``, and seen by readers when the context ends at the latest."""

    def replace(self, keys: Iterable[str], documents: Iterable[Document], version: int | None = None) -> None:
        """Take the records ``keys`` and all documents under them out and put ``documents`` in.

        ``keys`` name every record that ``documents`` belong to, and records that are gone. ``version`` tells when they
        were read: what was read earlier never takes the place of what was read later.
        """

    def commit(self) -> Mapping[str, str]:
        """Make everything so far durable; gives the keys of records that the engine refused, with the reason."""

    def records(self) -> int:
        """Records in the index that is written, as of the last commit."""

    def held(self, keys: Sequence[str]) -> dict[str, int]:
        """Checksums of those of these records which that index holds."""


class Engine(Protocol):
    """A search engine with its one index. Every method raises ``EngineError`` where it fails."""

    schema: Schema
    window: int
    """Results that can be reached by ``offset`` and ``size``; what lies beyond is reached by cursor."""

    def run(self, request: Request) -> Answer:
        """Search. Raises BadCursor, EngineQueryError, IndexMissing, EngineUnavailable."""

    def count(self, clause: Clause) -> int:
        """Documents, pages among them, that match."""

    def suggest(self, prefix: str, size: int = 10) -> tuple[str, ...]:
        """Keys of records whose designation begins like ``prefix``, then of those whose title holds it as typed so far.

        The last word may be unfinished. Chinese is found at any place of a title. The better standing comes first.
        """

    def near(self, word: str, distance: int = 2) -> tuple[NearWord, ...]:
        """Words of titles at an edit distance of 1..``distance``, nearest and then most frequent first; at most 20."""

    def update(self, documents: Iterable[Document]) -> int:
        """Put records in, each with all of its documents; what the index held of these records goes. Commits.

        Makes the index where there is none.
        """

    def remove(self, keys: Iterable[str]) -> None:
        """Take records out, with their pages. Commits."""

    def clear(self) -> None:
        """Take everything out. Commits."""

    def writing(self, timeout: float = 0) -> AbstractContextManager[IndexWriter]:
        """Hold the index for writing. Raises IndexBusy after ``timeout`` seconds, IndexMissing if there is none.

        What is not committed when the context ends is dropped.
        """

    def rebuilding(self, timeout: float = 0) -> AbstractContextManager[IndexWriter]:
        """Build a new index beside the present one, which answers until this context ends well."""

    def helping_to_build(self) -> AbstractContextManager[IndexWriter]:
        """In another process than the one that is ``rebuilding``: write to the new index as well. Raises
        EngineQueryError where only one can write."""

    def bucket_sums(self) -> Sums:
        """What ``search.buckets`` adds up, of every record in the index."""

    def checksums(self, buckets: Collection[int]) -> Iterator[tuple[str, int]]:
        """Key and checksum of every record in these buckets, in no order."""

    def roll_back(self) -> None:
        """Read the index before the present one again. Raises EngineQueryError where none is kept."""
        raise NotImplementedError

    def sweep(self) -> list[str]:
        """Delete what broken-off builds and earlier versions left behind; gives the names."""

    def state(self) -> IndexState:
        """Figures about the index. Raises IndexMissing."""
