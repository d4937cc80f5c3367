"""A search from its parameters to the page of results.

text → ``analysis`` → ``plan`` → engine → records → ``SearchPage``.
A fixed number of database queries a page, however many results.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.utils.translation import gettext as _

from content.standards import lineage
from content.standards.models import Standard
from search import facets, guidance, highlight, querylog
from search.analysis import QueryAnalysis, analyse
from search.asking import ask
from search.clauses import Answer, Hit
from search.engines import get_engine
from search.engines.errors import BadCursor, EngineError
from search.glossary import Glossary
from search.lines import Line
from search.loading import PageRecord, Records, load
from search.lookup import Lookup, look_up
from search.params import WINDOW, SearchParams, invalid
from search.plan import word_groups
from search.results import Marked, PageHit, Result, SearchPage, Standing
from search.synonyms import live

logger = logging.getLogger(__name__)


def search(params: SearchParams) -> SearchPage:
    """One page of results.

    Where the engine fails, the page says so in ``failure``, with what the database holds of a typed designation. Raises
    InvalidParams for a cursor (``after``) that no answer gave out.
    """
    glossary = live.glossary()
    analysis = analyse(params.q, glossary.aliases)
    wanted = _wanted(analysis, glossary)
    try:
        engine = get_engine()
        answer, strictness = ask(engine, params.selection, analysis, glossary)
        lookup = _look_up(analysis)
        case = guidance.Situation(params, analysis, engine, glossary, answer.total, strictness, lookup)
        suggestions, notices = guidance.suggestions(case), guidance.notices(case)
        elsewhere = guidance.elsewhere(case)
    except BadCursor as error:
        raise invalid("after") from error
    except EngineError as error:
        logger.error("Search failed: %s", error)
        return _without_engine(params, analysis, wanted)
    if params.page == 1 and not params.after:
        querylog.record(analysis.text, answer.total)
    return SearchPage(
        params=params,
        analysis=analysis,
        total=answer.total,
        results=_results(answer.hits, load(answer.hits), _exact(analysis, lookup), analysis, wanted),
        facets=facets.facets(params, answer.facets, answer.queries),
        chips=facets.chips(params),
        suggestions=tuple(suggestions),
        notices=tuple(notices),
        elsewhere=tuple(elsewhere),
        lookup=lookup,
        took_ms=answer.took_ms,
        page_count=-(-min(answer.total, WINDOW) // params.size),
        previous_query=params.query(page=params.page - 1) if params.page > 1 and not params.after else "",
        next_query=_next_query(params, answer),
        next_cursor=answer.next,
    )


def _look_up(analysis: QueryAnalysis) -> Lookup | None:
    """Only where one designation was typed: of several, the results themselves tell."""
    return look_up(analysis.designations[0]) if len(analysis.designations) == 1 else None


def _without_engine(params: SearchParams, analysis: QueryAnalysis, wanted: frozenset[highlight.Needle]) -> SearchPage:
    """What the database alone can tell: the records of the designations that were typed."""
    records: dict[str, Standard] = {}
    lookup = None
    for designation in analysis.designations:
        lookup = look_up(designation)
        for record in (lookup.record, *lineage.editions(designation.undated_slug)[: params.size]):
            if record is not None:
                records.setdefault(f"standard:{record.pk}", record)
    only = lookup if len(analysis.designations) == 1 else None
    hits = [Hit(key, 0.0) for key in records]
    return SearchPage(
        params=params,
        analysis=analysis,
        total=0,
        results=_results(hits, load(hits), _exact(analysis, only), analysis, wanted),
        chips=facets.chips(params),
        lookup=only,
        failure=_("The search engine does not answer at the moment. Records are still found by their designation."),
    )


def _wanted(analysis: QueryAnalysis, glossary: Glossary) -> frozenset[highlight.Needle]:
    """What to mark: the words, their other names, and where a text cites the designation, dated or not."""
    cited = [text for one in analysis.designations for text in (one.canonical, one.undated.canonical)]
    return highlight.wanted(word_groups(analysis, glossary)) | highlight.needles(cited)


def _exact(analysis: QueryAnalysis, lookup: Lookup | None) -> frozenset[str]:
    """Slugs of what was typed: of an undated designation its current edition, of several designations all editions."""
    if lookup is not None:
        meant = lookup.record or lookup.relative
        return frozenset({meant.slug}) if meant else frozenset()
    return frozenset(one.slug for one in analysis.designations)


def _results(
    hits: Sequence[Hit],
    records: Records,
    exact: frozenset[str],
    analysis: QueryAnalysis,
    wanted: frozenset[highlight.Needle],
) -> tuple[Result, ...]:
    return tuple(
        _result(hit, line, records.pages.get(hit.key, ()), _standing(line, exact, analysis), wanted)
        for hit in hits
        if (line := records.lines.get(hit.key))  # else hidden or removed since the index was last written
    )


def _result(
    hit: Hit, line: Line, pages: Sequence[PageRecord], standing: Standing, wanted: frozenset[highlight.Needle]
) -> Result:
    titles = line.ordered
    language, shown = titles[0] if titles else ("", "")
    other, other_title = next(((code, title) for code, title in titles if title != shown), ("", ""))
    return Result(
        key=hit.key,
        line=line,
        title=highlight.mark(shown, wanted),
        title_language=language,
        other_title=highlight.mark(other_title, wanted) if other_title else Marked(),
        other_language=other,
        snippet=highlight.snippet(line.text, wanted),
        standing=standing,
        score=hit.score,
        pages=tuple(
            PageHit(page.number, page.file_name, page.url, highlight.snippet(page.text, wanted), page.label)
            for page in pages
        ),
    )


def _standing(line: Line, exact: frozenset[str], analysis: QueryAnalysis) -> Standing:
    """Where the record stands to what was typed."""
    standard = line.record
    if standard is None:
        named = any(one.text in line.identifiers for one in analysis.identifiers)
        return Standing.EXACT if named else Standing.WORDS
    if {standard.slug, standard.undated_slug} & exact:
        return Standing.EXACT
    for typed in analysis.designations:
        if standard.undated_slug == typed.undated_slug:
            return Standing.EDITION
        if standard.number == typed.number and standard.part == typed.part:
            return Standing.EDITION
        if standard.family_slug == typed.family_slug:
            return Standing.FAMILY
    return Standing.WORDS


def _next_query(params: SearchParams, answer: Answer) -> str:
    """By number within the window, beyond it by cursor."""
    if not answer.next:
        return ""
    if not params.after and (params.page + 1) * params.size <= WINDOW:
        return params.query(page=params.page + 1)
    return params.query(after=answer.next)
