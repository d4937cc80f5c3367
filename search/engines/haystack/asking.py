"""The keyword arguments of Haystack's ``search`` as a request; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from django.db.models import Model
from haystack.exceptions import FacetingError, SpatialError
from haystack.models import SearchResult

from search.clauses import AllOf, Boost, Clause, DateFacet, Gap, Order, Raw, Request
from search.engines.errors import EngineQueryError
from search.engines.haystack.catalogue import Catalogue
from search.engines.haystack.names import Name
from search.engines.haystack.paging import Reading
from search.engines.haystack.translating import raw, words
from search.engines.haystack.values import as_value
from search.engines.haystack.wording import Worded

SORTS = ("count", "reverse_count", "term", "reverse_term")
"""What the values of a facet can be sorted by; ``count`` falls, and puts equals in the order of the values."""
_OPTIONS = frozenset({"size", "limit", "order", "mincount"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What may be asked besides the query. Whatever Haystack leaves out it gives as None."""

    start_offset: int | None = 0
    end_offset: int | None = None
    sort_by: Sequence[str | tuple[str, str]] | None = ()
    fields: Collection[str] | str | None = ()
    """Names of the stored fields that are wanted; all where there are none."""
    highlight: bool | Mapping[str, Any] | None = False
    facets: Mapping[str, Mapping[str, Any]] | None = None
    date_facets: Mapping[str, Mapping[str, Any]] | None = None
    query_facets: Sequence[tuple[str, Any]] | None = None
    stats: Mapping[str, Sequence[Any]] | None = None
    """Number field → facets by whose values its figures are wanted too, as Haystack nests them."""
    narrow_queries: Collection[str] | None = None
    boost: Mapping[str, float] | None = None
    spelling_query: str | None = None
    models: Collection[type[Model]] | None = None
    limit_to_registered_models: bool | None = None
    result_class: type[SearchResult] | None = None
    within: Mapping[str, Any] | None = None
    dwithin: Mapping[str, Any] | None = None
    distance_point: Mapping[str, Any] | None = None
    reading: Reading | None = field(default=None, compare=False)
    """Where the last reading of the same query ended."""

    @property
    def start(self) -> int:
        return self.start_offset or 0

    @property
    def stored(self) -> frozenset[str]:
        return frozenset(self.fields.split() if isinstance(self.fields, str) else self.fields or ())

    @property
    def grouping(self) -> dict[str, tuple[str, ...]]:
        """``stats`` without the nesting."""
        return {
            name: tuple(each for group in groups for each in ([group] if isinstance(group, str) else group))
            for name, groups in (self.stats or {}).items()
        }


def request_of(clause: Clause, asked: Asked, catalogue: Catalogue, limits: Sequence[type[Model]] | None) -> Request:
    """The request, without its place in the results. ``limits`` are the models that results may be of.

    Raises EngineQueryError, FacetingError, SpatialError.
    """
    if asked.within or asked.dwithin or asked.distance_point:
        raise SpatialError("The search engines of the portal know no places")
    if asked.boost:
        should = tuple(Boost(words(term, catalogue.content), factor) for term, factor in asked.boost.items())
        clause = AllOf(must=(clause,), should=should)
    narrow = tuple(each.clause if isinstance(each, Worded) else raw(each) for each in asked.narrow_queries or ())
    if limits is not None:
        narrow = (*narrow, catalogue.models(limits))
    order, *then = orders(asked.sort_by or (), catalogue) or [Order()]
    return Request(
        query=clause,
        narrow=narrow,
        facets=tuple(counted(name, catalogue).whole for name in asked.facets or {}),
        facet_size=_facet_size(asked.facets or {}),
        date_facets=tuple(_date_facet(name, facet, catalogue) for name, facet in (asked.date_facets or {}).items()),
        query_facets=tuple(query_facets(asked.query_facets or (), catalogue)),
        stats=tuple(counted(name, catalogue).whole for name in asked.stats or {}),
        stats_by=_stats_by(asked, catalogue),
        order=order,
        then=tuple(then),
        stored=catalogue.schema.keeps,
    )


def orders(sort_by: Sequence[str | tuple[str, str]], catalogue: Catalogue) -> list[Order]:
    """``-published``, or ``("published", "desc")``. Raises EngineQueryError for what can't be sorted by."""
    found: list[Order] = []
    for key in sort_by:
        name, descending = (
            (key.lstrip("-"), key.startswith("-")) if isinstance(key, str) else (key[0], key[1] == "desc")
        )
        named = counted(name, catalogue)
        if not named.whole.sort:
            raise EngineQueryError(f"Results can't be ordered by {name!r}")
        found.append(Order(named.whole, descending=descending))
    return found


def counted(name: str, catalogue: Catalogue) -> Name:
    """A field whose values are counted or compared."""
    named = catalogue.name(name)
    if named is None:
        raise EngineQueryError(f"{name!r} has no values of its own: it can't be counted or sorted by")
    return named


def _facet_size(facets: Mapping[str, Mapping[str, Any]]) -> int | None:
    """The largest that any facet wants; what another wants less of is cut afterwards (``facet_values``)."""
    sizes = [facet_limit(name, options) for name, options in facets.items()]
    known = [size for size in sizes if size is not None]
    return max(known) if known and len(known) == len(sizes) else None


def facet_limit(name: str, options: Mapping[str, Any]) -> int | None:
    """Values that a facet shall give; None for all. Raises FacetingError for options that are unknown."""
    if unknown := set(options).difference(_OPTIONS):
        raise FacetingError(f"The facet {name!r} has no {', '.join(sorted(unknown))}")
    order = options.get("order", "count")
    if order not in SORTS:
        raise FacetingError(f"The facet {name!r} can be ordered by {', '.join(SORTS)}")
    size = options.get("size", options.get("limit"))
    if order != "count" or size is None:  # the least frequent ones are known once all are
        return None
    return int(size)


def facet_values(counts: Sequence[tuple[Any, int]], options: Mapping[str, Any]) -> list[tuple[Any, int]]:
    """Counts as a facet's options want them."""
    found = [pair for pair in counts if pair[1] >= int(options.get("mincount", 0))]
    match options.get("order", "count"):
        case "reverse_count":
            found.sort(key=lambda pair: pair[1])
        case "term":
            found.sort(key=lambda pair: pair[0])
        case "reverse_term":
            found.sort(key=lambda pair: pair[0], reverse=True)
    size = options.get("size", options.get("limit"))
    return found if size is None else found[: int(size)]


def _date_facet(name: str, facet: Mapping[str, Any], catalogue: Catalogue) -> DateFacet:
    field = counted(name, catalogue).whole
    try:
        gap = Gap(str(facet["gap_by"]).lower())
        start, end = (cast(date | datetime, as_value(field, facet[key])) for key in ("start_date", "end_date"))
    except (KeyError, ValueError) as error:
        raise FacetingError(f"The date facet {name!r} has no {error}") from error
    return DateFacet(field, start, end, gap, int(facet.get("gap_amount") or 1))


def query_facets(facets: Sequence[tuple[str, Any]], catalogue: Catalogue) -> list[tuple[str, Clause]]:
    """Named by their field; several of one field by field and query."""
    names = [name for name, _query in facets]
    found: list[tuple[str, Clause]] = []
    for name, query in facets:
        named = catalogue.name(name)
        text = query if named is None else f"{named.field.name}:{_grouped(query)}"
        found.append((name if names.count(name) == 1 else f"{name}:{query}", Raw(text)))
    return found


def _grouped(query: str) -> str:
    return query if query.startswith(("[", "{", "(", '"')) or " " not in query else f"({query})"


def _stats_by(asked: Asked, catalogue: Catalogue) -> tuple[Any, ...]:
    names = dict.fromkeys(name for names in asked.grouping.values() for name in names)
    return tuple(counted(name, catalogue).whole for name in names)
