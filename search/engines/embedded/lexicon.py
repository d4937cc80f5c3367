"""What compiling a clause has to look up: stems hide the words, and tantivy has no ranges of texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from tantivy import Query

from search.schema import Field


class Lexicon(Protocol):
    """The words and values of an index."""

    def near(self, word: str, distance: int) -> Iterable[str]:
        """Words of titles within an edit distance."""

    def words(self) -> Iterable[str]:
        """All words of titles as they are written."""

    def values(self, field: Field) -> Iterable[str]:
        """All values of a keyword field, in order."""

    def parse(self, query: str) -> Query:
        """A query in tantivy's own syntax. Raises EngineQueryError."""
