"""What every search engine does; planning, pages and the outbox know no more of an engine than this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias

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
    """Writes that readers see all at once, at ``commit``."""

    def replace(self, keys: Iterable[str], documents: Iterable[Document]) -> None:
        """Take the records ``keys`` and all documents under them out and put ``documents`` in.

        ``keys`` name every record that ``documents`` belong to, and records that are gone.
        """

    def commit(self) -> None:
        """Make everything so far durable and visible."""


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

    def checksums(self) -> Iterator[tuple[str, int]]:
        """Key and checksum of every record in the index, in no order."""

    def state(self) -> IndexState:
        """Figures about the index. Raises IndexMissing."""
