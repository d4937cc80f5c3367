"""Help for a search that finds nothing or little: why, and what to ask instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.provenance.models import Source
from search import facets, spelling
from search.analysis import IdentifierKind, QueryAnalysis, analyse
from search.clauses import Request
from search.engines.base import Engine
from search.glossary import Glossary
from search.lookup import Lookup
from search.params import SearchParams
from search.plan import Strictness, plan, word_groups
from search.results import Elsewhere, Suggestion, SuggestionKind

MAX_WORDS_CHECKED = 8
"""Words of a query looked up one by one to say which of them nothing has."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A search and what came of it."""

    params: SearchParams
    analysis: QueryAnalysis
    engine: Engine
    glossary: Glossary
    total: int
    strictness: Strictness
    lookup: Lookup | None


def notices(case: Situation) -> list[str]:
    """Sentences about the query. Raises EngineError."""
    found: list[str] = []
    if case.analysis.shortened:
        found.append(_("The query was long; only its beginning was searched for."))
    for alias in case.analysis.aliases:
        meant = _(", ").join(designation.canonical for designation in alias.designations)
        found.append(_("“%(name)s” is taken as %(designations)s.") % {"name": alias.text, "designations": meant})
    for identifier in case.analysis.identifiers:
        if not identifier.valid:
            kind = _("CAS number") if identifier.kind is IdentifierKind.CAS else _("EC number")
            found.append(
                _("%(number)s is not a valid %(kind)s: its check digit does not fit.")
                % {"number": identifier.text, "kind": kind}
            )
    if case.lookup and case.lookup.relative:
        found.append(
            _("%(typed)s is held as %(relative)s.")
            % {"typed": case.lookup.designation, "relative": case.lookup.relative.designation}
        )
    elif case.lookup and not case.lookup.held:
        found.append(
            _("%(designation)s is well-formed, but no record of it is held.") % {"designation": case.lookup.designation}
        )
    if case.analysis.empty and case.analysis.excluded:
        found.append(_("Words to leave out need a word to look for beside them."))
    if case.strictness is Strictness.SPELLED and case.total:
        found.append(_("Hardly any record has these words as they are spelled; similar words are found as well."))
    elif case.strictness is not Strictness.ALL and case.total:
        found.append(_("Hardly any record has all of these words; records with most of them are shown as well."))
    if case.strictness in (Strictness.MOST, Strictness.SOME) or not case.total:
        missing = _words_without_hits(case)
        if missing:
            found.append(_("No record has: %(words)s.") % {"words": _("“%s”") % _("”, “").join(missing)})
    return found


def suggestions(case: Situation) -> list[Suggestion]:
    """Other searches to try. Raises EngineError."""
    found = list(_designations(case))
    if case.total == 0 or case.strictness is not Strictness.ALL:
        found += _spelling(case)
    if case.total == 0:
        found += _without_filters(case)
    return found


def elsewhere(case: Situation) -> list[Elsewhere]:
    """The sites of the body that issues what was asked for, where no record of it is held. One query at most."""
    if case.lookup is None or case.lookup.held or case.lookup.relative:
        return []
    body = case.lookup.designation.body
    return [
        Elsewhere(source.title_en if get_language() == "en" else source.title_zh, source.human_url)
        for source in Source.objects.filter(authority__contains=body)
        if body in source.authority.split()
    ]


def _designations(case: Situation) -> Iterable[Suggestion]:
    if case.lookup is None:
        return
    if case.lookup.instead and case.lookup.record:
        instead = case.lookup.instead
        label = _("%(old)s is no longer in force. In its place: %(new)s") % {
            "old": case.lookup.record.designation,
            "new": instead.designation,
        }
        yield _record_suggestion(SuggestionKind.SUCCESSOR, instead.designation, label, instead.slug, case.params)
    for record in case.lookup.nearest if not case.lookup.relative else ():
        label = _("Near it: %(near)s") % {"near": f"{record.designation} {record.title}".strip()}
        yield _record_suggestion(SuggestionKind.NEAREST, record.designation, label, record.slug, case.params)


def _record_suggestion(
    kind: SuggestionKind, designation: str, label: str, slug: str, params: SearchParams
) -> Suggestion:
    url = reverse("standards:detail", args=[slug])
    return Suggestion(kind, designation, label, params.query(q=designation), url=url)


def _spelling(case: Situation) -> Iterable[Suggestion]:
    text = spelling.corrected(case.analysis, case.engine)
    if not text:
        return
    count = _count(case, case.params, analyse(text, case.glossary.aliases))
    if count:
        label = _("Did you mean “%(query)s”?") % {"query": text}
        yield Suggestion(SuggestionKind.SPELLING, text, label, case.params.query(q=text), count)


def _without_filters(case: Situation) -> Iterable[Suggestion]:
    """Each filter by itself, then all of them: what would be found without."""
    chips = facets.chips(case.params)
    by_name: dict[str, list[str]] = {}
    for chip in chips:
        by_name.setdefault(chip.name, []).append(chip.label)
    for name, labels in by_name.items():
        wider = case.params.without(name)
        if count := _count(case, wider, case.analysis):
            label = _("Without the filter “%(filter)s”") % {"filter": _(", ").join(labels)}
            yield Suggestion(SuggestionKind.WITHOUT_FILTER, ", ".join(labels), label, wider.query(), count)
    if len(by_name) > 1:
        wider = case.params.without(*by_name)
        if count := _count(case, wider, case.analysis):
            yield Suggestion(SuggestionKind.WITHOUT_FILTER, "", _("Without any filter"), wider.query(), count)


def _count(case: Situation, params: SearchParams, analysis: QueryAnalysis) -> int:
    request = plan(analysis, params.selection, case.glossary)
    return case.engine.run(replace(request, offset=0, size=0, after="", facets=())).total


def _words_without_hits(case: Situation) -> list[str]:
    groups = word_groups(case.analysis, case.glossary)[:MAX_WORDS_CHECKED]
    return [group.text for group in groups if not case.engine.run(Request(query=group.clause, size=0)).total]
