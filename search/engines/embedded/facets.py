"""Counts of facet values, each facet under all filters but its own."""

from __future__ import annotations

import tantivy
from tantivy import Query

from search.clauses import Request, Term
from search.engines.embedded.queries import Compiler, filtered
from search.engines.errors import EngineQueryError
from search.schema import Field

_VALUES_AT_MOST = 65_000
"""Far more values than any facet has: counts are complete."""


def filter_queries(compiler: Compiler, request: Request) -> dict[Field, Query]:
    """One query per filtered field: any of its values."""
    return {field: compiler.compile(Term(field, values)) for field, values in request.filters.items() if values}


def count_facets(
    searcher: tantivy.Searcher,
    query: Query,
    filters: dict[Field, Query],
    facets: tuple[Field, ...],
    size: int | None = None,
) -> dict[str, tuple[tuple[str, int], ...]]:
    """``size`` values each.

    Facets without a filter of their own share one pass over the matches; each other one takes a pass of its own.
    """
    for field in facets:
        if not field.facet:
            raise EngineQueryError(f"{field.name} is no facet")
    counted: dict[str, tuple[tuple[str, int], ...]] = {}
    free = [field for field in facets if field not in filters]
    if free:
        counted.update(_counts(searcher, filtered(query, filters.values()), free))
    for field in facets:
        if field in filters:
            others = [each for other, each in filters.items() if other is not field]
            counted.update(_counts(searcher, filtered(query, others), [field]))
    return {field.name: counted[field.name][:size] for field in facets}


def _counts(searcher: tantivy.Searcher, query: Query, fields: list[Field]) -> dict[str, tuple[tuple[str, int], ...]]:
    found = searcher.aggregate(
        query, {field.name: {"terms": {"field": field.name, "size": _VALUES_AT_MOST}} for field in fields}
    )
    return {
        field.name: tuple(
            sorted(
                ((bucket_value(bucket["key"]), bucket["doc_count"]) for bucket in found[field.name]["buckets"]),
                key=lambda pair: (-pair[1], pair[0]),
            )
        )
        for field in fields
    }


def bucket_value(key: object) -> str:
    """The value that a bucket stands for; years come back as floats."""
    return str(int(key)) if isinstance(key, float) else str(key)
