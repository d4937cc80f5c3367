"""What is counted beside the hits: facets, dates, conditions and figures.

Each facet is counted under all filters but its own, so the filters are no part of the query: hits pass them afterwards
(``post_filter``), every aggregation under those that concern it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from search.clauses import DateFacet, Request, Stats, Term
from search.engines.elastic.mapping import stored
from search.engines.elastic.queries import Compiler, Query
from search.engines.errors import EngineQueryError
from search.gaps import gaps
from search.schema import ORDERED_KINDS, Field, FieldKind

_VALUES_AT_MOST = 10_000
"""Far more values than any facet has: counts are complete. Elasticsearch refuses more than 65,536 in one answer."""

Aggregation = dict[str, Any]


def filters_of(compiler: Compiler, request: Request) -> dict[Field, Query]:
    """One query per filtered field: any of its values."""
    return {field: compiler.compile(Term(field, values)) for field, values in request.filters.items() if values}


def aggregations(compiler: Compiler, request: Request, filters: dict[Field, Query]) -> dict[str, Aggregation]:
    """The ``aggs`` of a request; raises EngineQueryError for what can't be counted."""
    asked: dict[str, Aggregation] = {}
    for field in request.facets:
        if not field.facet:
            raise EngineQueryError(f"{field.name} is no facet")
        others = [each for other, each in filters.items() if other is not field]
        asked[f"facet:{field.name}"] = _under(others, _terms(field, request.facet_size or _VALUES_AT_MOST))
    everything = list(filters.values())
    for facet in request.date_facets:
        if not _stretches(facet):
            continue
        asked[f"dates:{facet.field.name}"] = _under(everything, _date_ranges(facet))
    for at, (_name, clause) in enumerate(request.query_facets):
        asked[f"query:{at}"] = _under([*everything, compiler.compile(clause)], None)
    for field in request.stats:
        asked[f"stats:{field.name}"] = _under(everything, _figures(field), missing=field)
        for facet_field in request.stats_by:
            if not facet_field.facet:
                raise EngineQueryError(f"{facet_field.name} is no facet")
            by = _terms(facet_field, _VALUES_AT_MOST) | {"aggs": {"figures": _figures(field)}}
            asked[f"by:{field.name}:{facet_field.name}"] = _under(everything, by)
    return asked


def _under(filters: Iterable[Query], inner: Aggregation | None, missing: Field | None = None) -> Aggregation:
    """``inner`` over the hits that pass ``filters``."""
    inside: dict[str, Aggregation] = {} if inner is None else {"inner": inner}
    if missing is not None:
        inside["missing"] = {"missing": {"field": missing.name}}
    return {"filter": {"bool": {"filter": list(filters)}}, **({"aggs": inside} if inside else {})}


def _terms(field: Field, size: int) -> Aggregation:
    return {"terms": {"field": field.name, "size": size, "order": [{"_count": "desc"}, {"_key": "asc"}]}}


def _figures(field: Field) -> Aggregation:
    if field.kind not in ORDERED_KINDS:
        raise EngineQueryError(f"{field.name} holds no numbers")
    return {"extended_stats": {"field": field.name}}


def _date_ranges(facet: DateFacet) -> Aggregation:
    ranges = [
        {"key": str(at), "from": _moment(facet.field, low), "to": _moment(facet.field, high)}
        for at, (low, high) in enumerate(_stretches(facet))
    ]
    return {"date_range": {"field": facet.field.name, "ranges": ranges, "keyed": True}}


def _stretches(facet: DateFacet) -> tuple[tuple[date | datetime, date | datetime], ...]:
    if facet.field.kind not in (FieldKind.DATE, FieldKind.DATETIME):
        raise EngineQueryError(f"{facet.field.name} holds no dates")
    try:
        return gaps(facet)
    except ValueError as error:
        raise EngineQueryError(str(error)) from error


def _moment(field: Field, moment: date | datetime) -> Any:
    if field.kind is FieldKind.DATE and isinstance(moment, datetime):
        return stored(moment.date())
    return stored(moment)


def read_facets(request: Request, found: dict[str, Any]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Field name → (value, count) by falling count."""
    return {
        field.name: tuple(
            (str(bucket["key"] if field.kind is FieldKind.KEYWORD else _value(bucket)), bucket["doc_count"])
            for bucket in found[f"facet:{field.name}"]["inner"]["buckets"]
        )
        for field in request.facets
    }


def _value(bucket: dict[str, Any]) -> str:
    return str(bucket.get("key_as_string", bucket["key"]))


def read_dates(request: Request, found: dict[str, Any]) -> dict[str, tuple[tuple[date | datetime, int], ...]]:
    """Field name → (start, count) of the stretches that hold anything."""
    counted: dict[str, tuple[tuple[date | datetime, int], ...]] = {}
    for facet in request.date_facets:
        buckets = found[f"dates:{facet.field.name}"]["inner"]["buckets"] if _stretches(facet) else {}
        counts = ((low, int(buckets[str(at)]["doc_count"])) for at, (low, _high) in enumerate(_stretches(facet)))
        counted[facet.field.name] = tuple((low, count) for low, count in counts if count)
    return counted


def read_queries(request: Request, found: dict[str, Any]) -> dict[str, int]:
    return {name: int(found[f"query:{at}"]["doc_count"]) for at, (name, _clause) in enumerate(request.query_facets)}


def read_stats(request: Request, found: dict[str, Any]) -> dict[str, Stats]:
    read: dict[str, Stats] = {}
    for field in request.stats:
        answer = found[f"stats:{field.name}"]
        by = {
            facet.name: {
                _value(bucket): _stats(bucket["figures"], int(bucket["doc_count"] - bucket["figures"]["count"]))
                for bucket in found[f"by:{field.name}:{facet.name}"]["inner"]["buckets"]
            }
            for facet in request.stats_by
        }
        read[field.name] = _stats(answer["inner"], int(answer["missing"]["doc_count"]), by)
    return read


def _stats(figures: dict[str, Any], missing: int, by: dict[str, dict[str, Stats]] | None = None) -> Stats:
    if not figures["count"]:
        return Stats(0, missing, by=by or {})
    deviation = figures["std_deviation_sampling"]
    return Stats(
        int(figures["count"]),
        missing,
        figures["min"],
        figures["max"],
        figures["sum"],
        figures["sum_of_squares"],
        figures["avg"],
        float(deviation) if isinstance(deviation, int | float) else 0.0,  # of one value there is none
        by or {},
    )
