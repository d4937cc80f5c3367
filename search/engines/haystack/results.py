"""An engine's answer in the shapes that Haystack promises."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time
from functools import cache, partial
from typing import Any

from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.models import SearchResult

from search import highlight
from search.clauses import Answer, Clause, Hit, Stats
from search.engines.base import Document
from search.engines.haystack.asking import Asked, counted, facet_values, query_facets
from search.engines.haystack.catalogue import Catalogue
from search.engines.haystack.lazily import LazyResult
from search.engines.haystack.marking import Marking, fragments, sought
from search.schema import FieldKind

OF_THE_RESULT = frozenset({ID, DJANGO_CT, DJANGO_ID, "pk", "score", "app_label", "model_name", "pages"})
"""What every result says of itself, without stored fields."""


def results_of(hits: Sequence[Hit], clause: Clause, asked: Asked, catalogue: Catalogue) -> list[SearchResult]:
    """One result for each hit of a registered index."""
    fields = asked.stored
    bare = bool(fields) and fields <= OF_THE_RESULT and not asked.highlight
    values = cache(lambda: {} if bare else catalogue.values(hits))
    marking = Marking.of(asked.highlight) if asked.highlight else None
    wanted = highlight.needles(sought(clause)) if marking else frozenset()
    content = [name.field.name for name in catalogue.content]
    found: list[SearchResult] = []
    for hit in hits:
        identity = catalogue.identity(hit)
        if identity is None:
            continue
        known: dict[str, Any] = {ID: identity.identifier}
        if hit.pages:
            known["pages"] = hit.pages
        if marking:
            known["highlighted"] = fragments(values().get(hit.key, {}), content, wanted, marking)
        of_hit = partial(_stored, values, hit.key, fields)
        place = (identity.app_label, identity.model_name, identity.pk, hit.score)
        if asked.result_class in (None, SearchResult):
            found.append(LazyResult(*place, of_hit, **known))
        else:
            found.append(asked.result_class(*place, **of_hit() | known))
    return found


def _stored(values: Callable[[], dict[str, Document]], key: str, fields: Collection[str]) -> Document:
    return {
        name: value
        for name, value in values().get(key, {}).items()
        if name not in (ID, DJANGO_CT, DJANGO_ID) and (not fields or name in fields)
    }


def facets_of(answer: Answer, asked: Asked, catalogue: Catalogue) -> dict[str, Any]:
    """Empty where no facet was asked for."""
    if not (asked.facets or asked.date_facets or asked.query_facets):
        return {}
    found: dict[str, Any] = {"fields": {}, "dates": {}, "queries": {}}
    for name, options in (asked.facets or {}).items():
        field = counted(name, catalogue).whole
        counts = [(_typed(value, field.kind), count) for value, count in answer.facets[field.name]]
        found["fields"][name] = facet_values(counts, options)
    for name in asked.date_facets or {}:
        dates = answer.dates[counted(name, catalogue).whole.name]
        found["dates"][name] = [(_moment(start), count) for start, count in dates]
    for name, _clause in query_facets(asked.query_facets or (), catalogue):
        found["queries"][name] = answer.queries[name]
    return found


def stats_of(answer: Answer, asked: Asked, catalogue: Catalogue) -> dict[str, Any]:
    """With the names of Solr, whose backend is the one of Haystack's that gives any."""
    found: dict[str, Any] = {}
    for name, groups in asked.grouping.items():
        stats = answer.stats[counted(name, catalogue).whole.name]
        found[name] = _figures(stats)
        if groups:
            found[name]["facets"] = {group: _grouped(stats, group, catalogue) for group in groups}
    return found


def _grouped(stats: Stats, group: str, catalogue: Catalogue) -> Mapping[Any, Any]:
    field = counted(group, catalogue).whole
    return {_typed(value, field.kind): _figures(one) for value, one in stats.by[field.name].items()}


def _figures(stats: Stats) -> dict[str, Any]:
    return {
        "min": stats.minimum,
        "max": stats.maximum,
        "count": stats.count,
        "missing": stats.missing,
        "sum": stats.sum,
        "sumOfSquares": stats.sum_of_squares,
        "mean": stats.mean,
        "stddev": stats.deviation,
    }


def _typed(value: str, kind: FieldKind) -> Any:
    """A value of a facet as the field has it."""
    match kind:
        case FieldKind.INTEGER:
            return int(value)
        case FieldKind.FLOAT:
            return float(value)
        case FieldKind.BOOLEAN:
            return value == "true"
        case FieldKind.DATE:
            return date.fromisoformat(value)
        case FieldKind.DATETIME:
            return datetime.fromisoformat(value)
    return value


def _moment(start: date | datetime) -> datetime:
    """Haystack's backends give times, of days as well."""
    return start if isinstance(start, datetime) else datetime.combine(start, time.min)
