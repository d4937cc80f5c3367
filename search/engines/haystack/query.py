"""Haystack's query on top of an engine."""

from __future__ import annotations

from collections import Counter
from typing import Any

from haystack import connections
from haystack.backends import SPELLING_SUGGESTION_HAS_NOT_RUN, BaseSearchQuery
from haystack.constants import DEFAULT_ALIAS
from haystack.exceptions import MoreLikeThisError

from search.clauses import Clause
from search.engines.errors import EngineQueryError
from search.engines.haystack.backend import EngineBackend
from search.engines.haystack.escaping import escaped
from search.engines.haystack.narrowing import Condition, Narrowing, numbered, tree_of
from search.engines.haystack.paging import Reading
from search.engines.haystack.spelling import typed_text
from search.engines.haystack.translating import EVERYTHING, translate
from search.engines.haystack.wording import Worded, worded

_REPEATS = 10
"""Times that one and the same stretch is wanted before somebody must be going round in a circle."""
_NO_RESULTS: dict[str, Any] = {"start_offset": 0, "end_offset": 0, "highlight": False}
"""Figures alone are wanted."""


class EngineSearchQuery(BaseSearchQuery):
    """Conditions of a ``SearchQuerySet``; they become clauses, and text only for people to read."""

    backend: EngineBackend

    def __init__(self, using: str = DEFAULT_ALIAS) -> None:
        super().__init__(using=using)
        self._conditions: dict[int, Condition] = {}
        """Conditions given to ``narrow``, shared with the clones of this query."""
        self._reading = Reading()
        self._wanted: Counter[tuple[int, int | None]] = Counter()

    def _clone(self, klass: Any = None, using: str | None = None) -> Any:
        clone = super()._clone(klass=klass, using=using)
        clone._conditions = self._conditions
        return clone

    def __getstate__(self) -> dict[str, Any]:
        return {**super().__getstate__(), "_reading": Reading()}

    # What is asked

    def build_query(self) -> str:
        """The query in words. The engine is asked ``build_clause``."""
        words = str(self.query_filter.as_query_string(self._worded)) or self.matching_all_fragment()
        return " ".join((words, *(self.boost_fragment(term, factor) for term, factor in self.boost.items())))

    def build_clause(self) -> Clause:
        """Raises EngineQueryError."""
        return translate(self.query_filter, self.backend.catalogue)

    def matching_all_fragment(self) -> str:
        return EVERYTHING

    def clean(self, query_fragment: Any) -> Any:
        """For raw queries alone; see ``escaping``."""
        return escaped(query_fragment) if isinstance(query_fragment, str) else query_fragment

    def build_query_fragment(self, field: str, filter_type: str, value: Any) -> str:
        """Haystack calls it for the conditions that ``narrow`` is given."""
        return numbered(self._conditions, field, filter_type, value)

    def add_narrow_query(self, query: str) -> None:
        tree = tree_of(query, self._conditions)
        super().add_narrow_query(query if tree is None else Narrowing.of(tree.as_query_string(self._worded), tree))

    def add_field_facet(self, field: str, **options: Any) -> None:
        """Counts keep the name that they were asked for by."""
        self.facets[field] = options

    def _worded(self, field: str, filter_type: str, value: Any) -> str:
        unified = connections[self._using].get_unified_index()
        return worded(self, "" if field == "content" else unified.get_index_fieldname(field), filter_type, value)

    def build_params(self, spelling_query: str | None = None, **kwargs: Any) -> dict[str, Any]:
        params: dict[str, Any] = super().build_params(spelling_query=spelling_query)
        if self.narrow_queries:
            params["narrow_queries"] = [self._narrowed(query) for query in self.narrow_queries]
        # A suggestion is looked for when it is asked for.
        return {"spelling_query": ""} | params | {"stats": self.stats, "reading": self._reading} | kwargs

    def _narrowed(self, query: str) -> str:
        if not isinstance(query, Narrowing):
            return query
        return Worded.of(query, translate(query.tree, self.backend.catalogue))

    # Asking

    def get_results(self, **kwargs: Any) -> Any:
        """Raises EngineQueryError for ``values_list(…, flat=True)`` of a field that some of the results do not have.

        ``SearchQuerySet`` takes each None among its values for a result that is not there yet, and asks for ever.
        """
        self._wanted[self.start_offset, self.end_offset] += 1
        if self._wanted[self.start_offset, self.end_offset] > _REPEATS:
            raise EngineQueryError("Some of the results do not have the field, which a flat list of values can't say")
        return super().get_results(**kwargs)

    def run(self, spelling_query: str | None = None, **kwargs: Any) -> None:
        found = self._take(self._search(spelling_query, **kwargs))
        if spelling_query:
            self._spelling_suggestion = found["spelling_suggestion"]

    def run_raw(self, **kwargs: Any) -> None:
        """The query given to ``raw_search`` of the query itself; that of a ``SearchQuerySet`` is a condition."""
        self._take(self._search(**kwargs))

    def run_mlt(self, **kwargs: Any) -> None:
        """Raises MoreLikeThisError where there is no object to compare with."""
        if not self._more_like_this or self._mlt_instance is None:
            raise MoreLikeThisError("No object was given whose like to find")
        self._take(self._search(**kwargs))

    def get_count(self) -> int:
        if self._hit_count is None:
            without: dict[str, Any] = dict.fromkeys(("facets", "date_facets", "query_facets", "stats"))
            self._hit_count = self._search(**_NO_RESULTS, **without)["hits"]
        return int(self._hit_count)

    def get_facet_counts(self) -> dict[str, Any]:
        if self._facet_counts is None:
            self._facet_counts = self.post_process_facets(self._search(**_NO_RESULTS))
        return dict(self._facet_counts)

    def get_stats(self) -> dict[str, Any]:
        if self._stats is None:
            self._stats = self._search(**_NO_RESULTS)["stats"]
        return dict(self._stats)

    def get_spelling_suggestion(self, preferred_query: str | None = None) -> str | None:
        if preferred_query or self._spelling_suggestion is SPELLING_SUGGESTION_HAS_NOT_RUN:
            text = preferred_query or self.spelling_query or typed_text(self.query_filter)
            self._spelling_suggestion = self.backend.suggestion(text)
        suggestion: Any = self._spelling_suggestion
        return None if suggestion is None else str(suggestion)

    def _search(self, spelling_query: str | None = None, **kwargs: Any) -> dict[str, Any]:
        params = self.build_params(spelling_query, **kwargs)
        clause = self.build_clause()
        asked = Worded.of(self.build_query(), clause)
        if self._more_like_this and self._mlt_instance is not None:
            return self.backend.more_like_this(self._mlt_instance, asked if self.query_filter else None, **params)
        if self._raw_query:
            return dict(self.backend.search(self._raw_query, **params | self._raw_query_params))
        return dict(self.backend.search(asked, **params))

    def _take(self, found: dict[str, Any]) -> dict[str, Any]:
        self._results = found["results"]
        self._hit_count = found["hits"]
        self._facet_counts = self.post_process_facets(found)
        self._stats = found["stats"]
        return found
