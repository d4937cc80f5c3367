"""Pages of files under their records.

A request that asks for the text of pages is answered in two steps: the pages that match, then the records that match
themselves or hold such a page. Records alone are counted, filtered and ordered, so that totals and facets are true.
"""

from __future__ import annotations

from dataclasses import dataclass

import tantivy
from tantivy import Query

from search import schema
from search.clauses import Request
from search.engines.embedded.queries import Compiler, any_of, constant, filtered
from search.engines.embedded.store import matched
from search.engines.shape import exclusions, page_leaves

_SCORED_PAGES = 500
"""Best pages whose records are ranked by them; the records of all further pages count as their weakest."""
_PARENTS_AT_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class PageMatches:
    """The records which hold a matching page, and what selects pages (without a record)."""

    query: Query
    best: dict[str, float]
    """Record key → score of its best page, for the best pages."""
    others: tuple[str, ...]
    """Keys of the other records."""
    floor: float


def page_matches(compiler: Compiler, searcher: tantivy.Searcher, request: Request) -> PageMatches | None:
    """None where pages have no part in the request, or none matches."""
    leaves = tuple(page_leaves(request.query))
    if not leaves:
        return None
    pages = constant(Query.term_query(compiler.schema, schema.TYPE.name, schema.PAGE_TYPE), 0.0)
    by_text = any_of([compiler.compile(leaf) for leaf in leaves])
    query = filtered(compiler.compile(request.query), [pages, by_text])
    found = searcher.search(query, limit=_SCORED_PAGES, count=True)
    if not found.hits:
        return None
    best: dict[str, float] = {}
    for score, address in found.hits:
        best.setdefault(str(searcher.doc(address).get_first(schema.PARENT.name)), score)
    others: tuple[str, ...] = ()
    if matched(found) > len(found.hits):
        counts = searcher.aggregate(
            query, {"parents": {"terms": {"field": schema.PARENT.name, "size": _PARENTS_AT_MOST}}}
        )
        others = tuple(bucket["key"] for bucket in counts["parents"]["buckets"] if bucket["key"] not in best)
    return PageMatches(query, best, others, floor=found.hits[-1][0])


def record_query(compiler: Compiler, request: Request, pages: PageMatches | None) -> Query:
    """Records that match, by themselves or by a page, whichever scores higher."""
    not_pages = Query.term_query(compiler.schema, schema.TYPE.name, schema.PAGE_TYPE)
    by_record = compiler.compile(request.query)
    if pages is None:
        return filtered(by_record, (), [not_pages])
    by_page = [
        constant(Query.term_query(compiler.schema, schema.KEY.name, key), score) for key, score in pages.best.items()
    ]
    if pages.others:
        by_page.append(
            constant(Query.term_set_query(compiler.schema, schema.KEY.name, list(pages.others)), pages.floor)
        )
    excluded = [compiler.compile(clause) for clause in exclusions(request.query)]
    return filtered(any_of([by_record, *by_page], best=True), (), [not_pages, *excluded])


def best_pages(
    compiler: Compiler, searcher: tantivy.Searcher, pages: PageMatches, keys: list[str], each: int
) -> dict[str, tuple[tuple[int, str, float], ...]]:
    """Record key → its best pages as (page number, file key, score); records without a matching page are left out."""
    found: dict[str, tuple[tuple[int, str, float], ...]] = {}
    for key in keys:
        under = Query.term_query(compiler.schema, schema.PARENT.name, key)
        hits = searcher.search(filtered(pages.query, [under]), limit=max(each, 1), count=False).hits[:each]
        places = [(*_page(searcher, address), score) for score, address in hits]
        if places:
            found[key] = tuple((number, file, score) for file, number, score in sorted(places, key=_best_first))
    return found


def _best_first(place: tuple[str, int, float]) -> tuple[float, str, int]:
    file, number, score = place
    return -score, file, number


def _page(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> tuple[str, int]:
    """File key and page number, from ``page:<file>:<number>``."""
    _type, file, number = str(searcher.doc(address).get_first(schema.KEY.name)).split(":")
    return file, int(number)
