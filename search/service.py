"""A search from its parameters to the page of results.

text → ``analysis`` → ``plan`` → engine → records → ``SearchPage``.
At most ten database queries a page, however many results.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.standards import lineage
from content.standards.models import Standard
from content.standards.models.standards import title_languages
from search import facets, guidance, highlight, querylog
from search.analysis import QueryAnalysis, analyse
from search.asking import ask
from search.clauses import Answer, Hit
from search.designations import Designation
from search.engines import get_engine
from search.engines.errors import BadCursor, EngineError
from search.glossary import Glossary
from search.labels import fixed
from search.lookup import Lookup, look_up
from search.params import WINDOW, SearchParams, invalid
from search.plan import word_groups
from search.records import Records, load, page_url
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
        facets=facets.facets(params, answer.facets),
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


@dataclass(frozen=True, slots=True)
class Reader:
    """What a page of results says in the reader's language: which titles first, and the statuses."""

    languages: tuple[str, ...]
    statuses: dict[str, str]


def _results(
    hits: Sequence[Hit],
    records: Records,
    exact: frozenset[str],
    analysis: QueryAnalysis,
    wanted: frozenset[highlight.Needle],
) -> tuple[Result, ...]:
    reader = Reader(title_languages(), fixed("status", get_language() or ""))
    return tuple(
        _result(hit, records, exact, analysis, wanted, reader)
        for hit in hits
        if hit.key in records.standards  # hidden or removed since the index was last written
    )


def _result(
    hit: Hit,
    records: Records,
    exact: frozenset[str],
    analysis: QueryAnalysis,
    wanted: frozenset[highlight.Needle],
    reader: Reader,
) -> Result:
    standard = records.standards[hit.key]
    titles = {"zh": standard.title_zh, "en": standard.title_en, "fr": standard.title_fr}
    titles = {language: title for language, title in titles.items() if title}
    ordered = [titles[language] for language in reader.languages if language in titles]
    shown = ordered[0] if ordered else ""
    others = [title for title in ordered if title != shown]
    return Result(
        key=hit.key,
        type="standard",
        id=standard.pk,
        url=standard.get_absolute_url(),
        designation=standard.designation,
        title=highlight.mark(shown, wanted),
        other_title=highlight.mark(others[0], wanted) if others else Marked(),
        titles=titles,
        snippet=highlight.snippet(standard.scope, wanted),
        status=standard.status,
        status_label=reader.statuses[standard.status],
        standing=_standing(standard, exact, analysis.designations),
        score=hit.score,
        pages=tuple(
            PageHit(page.number, page.file.name, page_url(standard, page), highlight.snippet(page.text, wanted))
            for page in records.pages.get(hit.key, ())
        ),
        ics=tuple(records.ics.get(standard.pk, ())),
        ccs=tuple(records.ccs.get(standard.pk, ())),
        record=standard,
    )


def _standing(standard: Standard, exact: frozenset[str], designations: Sequence[Designation]) -> Standing:
    """Where the record stands to what was typed."""
    if {standard.slug, standard.undated_slug} & exact:
        return Standing.EXACT
    for typed in designations:
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
