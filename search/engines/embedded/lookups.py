"""The lexicon of an open index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tantivy import Query

from search import schema
from search.engines.embedded.lexicon import Lexicon
from search.engines.embedded.spelling import Vocabulary
from search.engines.embedded.store import Store
from search.engines.errors import EngineQueryError
from search.schema import Field

EVERYTHING = "*:*"
"""As Lucene's parsers, and so most backends of Haystack, write it."""


@dataclass(frozen=True, slots=True)
class IndexLexicon(Lexicon):
    """Reads the index as of its last commit."""

    store: Store
    vocabulary: Vocabulary

    def near(self, word: str, distance: int) -> Iterable[str]:
        return [near.word for near in self.vocabulary.near(self.store.searcher(), word, distance)]

    def words(self) -> Iterable[str]:
        return self.vocabulary.words(self.store.searcher())

    def values(self, field: Field) -> Iterable[str]:
        return [value for value, _count in self.store.searcher().terms_with_prefix(field.name, "")]

    def parse(self, query: str) -> Query:
        if query.strip() == EVERYTHING:
            return Query.all_query()
        # tantivy takes no query that only leaves out.
        whole = f"* {query}" if query.lstrip().startswith(("-", "NOT ")) else query
        fields = [field.name for field in schema.RECORDS.content]
        try:
            return self.store.opened().parse_query(whole, fields, conjunction_by_default=True, allow_regexes=True)
        except ValueError as error:
            raise EngineQueryError(f"{query[:200]!r} is no query of this engine: {error}") from error
