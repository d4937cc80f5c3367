"""Asking the engine, first strictly, then more widely where that finds next to nothing."""

from __future__ import annotations

from search.analysis import QueryAnalysis
from search.clauses import Answer
from search.engines.base import Engine
from search.glossary import Glossary
from search.plan import Strictness, plan, query_clause
from search.selection import Selection

ENOUGH = 3
"""Results below which a search for all of the words is widened to most of them, then to any."""


def ask(engine: Engine, selection: Selection, analysis: QueryAnalysis, glossary: Glossary) -> tuple[Answer, Strictness]:
    """All of the words must occur, unless next to nothing has them all.

    How strict a search is depends on its words alone, never on filters or the page, so that facet counts and following
    pages belong to the same results. Raises EngineError.
    """
    answer = engine.run(plan(analysis, selection, glossary))
    if answer.total >= ENOUGH or analysis.identified or not (analysis.words or analysis.phrases):
        return answer, Strictness.ALL
    chosen, most = Strictness.ALL, 0
    for strictness in Strictness:
        count = engine.count(query_clause(analysis, glossary, strictness))
        if count > most:
            chosen, most = strictness, count
        if count >= ENOUGH:
            break
    if chosen is Strictness.ALL:
        return answer, chosen
    return engine.run(plan(analysis, selection, glossary, chosen)), chosen
