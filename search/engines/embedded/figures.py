"""What an answer tells of all its matches besides facets: stretches of time, conditions, figures of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import tantivy
from tantivy import Query

from search.clauses import Clause, DateFacet, Stats
from search.engines.embedded.facets import bucket_value
from search.engines.embedded.mapping import number
from search.engines.embedded.queries import Compiler, filtered
from search.engines.embedded.store import matched
from search.engines.errors import EngineQueryError
from search.gaps import gaps
from search.schema import Field, FieldKind

_VALUES_AT_MOST = 1000
"""Values of a facet that figures are given for."""


def count_dates(
    searcher: tantivy.Searcher, query: Query, facets: Sequence[DateFacet]
) -> dict[str, tuple[tuple[date | datetime, int], ...]]:
    """One pass over the matches for each facet."""
    return {facet.field.name: _count_dates(searcher, query, facet) for facet in facets}


def _count_dates(searcher: tantivy.Searcher, query: Query, facet: DateFacet) -> tuple[tuple[date | datetime, int], ...]:
    if facet.field.kind is not FieldKind.DATE:
        raise EngineQueryError(f"{facet.field.name} is no day")
    try:
        stretches = gaps(facet)
    except ValueError as error:
        raise EngineQueryError(f"{facet.field.name}: {error}") from error
    if not stretches:
        return ()
    bounds = [(number(facet.field, low), number(facet.field, high)) for low, high in stretches]
    ranges = [{"from": low, "to": high} for low, high in bounds]
    found = searcher.aggregate(query, {"days": {"range": {"field": facet.field.name, "ranges": ranges}}})
    # tantivy adds a bucket for what comes before, which begins nowhere.
    counts = {int(each["from"]): each["doc_count"] for each in found["days"]["buckets"] if "from" in each}
    counted = ((start, counts.get(low, 0)) for (start, _end), (low, _high) in zip(stretches, bounds, strict=True))
    return tuple((start, count) for start, count in counted if count)


def count_queries(
    searcher: tantivy.Searcher, compiler: Compiler, query: Query, facets: Sequence[tuple[str, Clause]]
) -> dict[str, int]:
    """One search for each condition."""
    return {
        name: matched(searcher.search(filtered(query, [compiler.compile(clause)]), limit=1)) for name, clause in facets
    }


def measure(
    searcher: tantivy.Searcher, query: Query, fields: Sequence[Field], by: Sequence[Field], total: int
) -> dict[str, Stats]:
    """Figures of the number fields over ``total`` matches, in one pass."""
    for field in fields:
        if field.kind is not FieldKind.INTEGER:
            raise EngineQueryError(f"{field.name} is no number")
    for field in by:
        if not field.facet:
            raise EngineQueryError(f"{field.name} is no facet")
    figures = {field.name: {"extended_stats": {"field": field.name}} for field in fields}
    # Names of aggregations: "of" a field, or "by" a facet.
    asked: dict[str, Any] = {f"of {name}": one for name, one in figures.items()}
    for field in by:
        asked[f"by {field.name}"] = {"terms": {"field": field.name, "size": _VALUES_AT_MOST}, "aggs": figures}
    found = searcher.aggregate(query, asked)
    return {
        field.name: _stats(
            found[f"of {field.name}"],
            total,
            {
                facet.name: {
                    bucket_value(bucket["key"]): _stats(bucket[field.name], bucket["doc_count"], {})
                    for bucket in found[f"by {facet.name}"]["buckets"]
                }
                for facet in by
            },
        )
        for field in fields
    }


def _stats(found: dict[str, Any], total: int, by: dict[str, dict[str, Stats]]) -> Stats:
    count = int(found["count"])
    if not count:
        return Stats(0, missing=total, by=by)
    return Stats(
        count,
        missing=total - count,
        minimum=found["min"],
        maximum=found["max"],
        sum=found["sum"],
        sum_of_squares=found["sum_of_squares"],
        mean=found["avg"],
        deviation=found["std_deviation_sampling"] or 0.0,
        by=by,
    )
