"""What a change of the rules would do to the judged queries and to queries that an editor tries, on the live index.

Only a query that is understood otherwise than before can have other results, and comparing what is understood costs no
search. The scores of the others are kept for a while. Searches stop when the time is up; what was not asked is said,
and the next preview goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import cast

from django.core.cache import cache

from content.standards.models import Standard
from search import evaluation
from search.analysis import analyse
from search.asking import ask
from search.clauses import Answer, Clause, Request
from search.documents import record_of
from search.engines.base import Engine
from search.evaluation import DEPTH, Judgements, Scored
from search.glossary import Glossary
from search.plan import word_groups
from search.selection import Selection

SECONDS = 8.0
"""After which no further search is begun."""
KEPT = 600
"""Seconds for which the score of a query without the change counts; the index hardly moves it in that time."""
_SELECTION = Selection(filters={"type": ("standard",)}, size=DEPTH)


@dataclass(frozen=True, slots=True)
class Listed:
    """The first results of one query, as (designation, title), and how many there are."""

    rows: tuple[tuple[str, str], ...]
    total: int

    @property
    def designations(self) -> tuple[str, ...]:
        return tuple(designation for designation, _title in self.rows)


@dataclass(frozen=True, slots=True)
class Compared:
    """One query, without and with the change; scored where it is judged."""

    query: str
    before: Listed
    after: Listed
    scores: tuple[Scored, Scored] | None = None

    @property
    def moved(self) -> bool:
        """Whether the first results are others or stand otherwise."""
        return self.before.designations != self.after.designations

    @property
    def sides(self) -> list[tuple[tuple[str, str, str], tuple[str, str, str]]]:
        """Both lists side by side, by place: designation, title, and ``new``, ``gone`` or nothing."""
        old, new = set(self.before.designations), set(self.after.designations)
        left = [(*row, "" if row[0] in new else "gone") for row in self.before.rows]
        right = [(*row, "" if row[0] in old else "new") for row in self.after.rows]
        length = max(len(left), len(right))
        empty = ("", "", "")
        return list(zip(left + [empty] * (length - len(left)), right + [empty] * (length - len(right)), strict=True))


@dataclass(frozen=True, slots=True)
class Figures:
    """Measures over the judged queries that were asked, without and with the change."""

    queries: int
    ndcg: tuple[float, float]
    mrr: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Preview:
    """``touched``: judged queries that are understood otherwise; of them ``moved`` lists those with other first
    results, without those held out, which nobody is to tune on and ``moved_unseen`` only counts."""

    tried: tuple[Compared, ...]
    judged: int
    touched: int
    moved: tuple[Compared, ...]
    moved_unseen: int
    figures: Figures
    """Over the judged queries that there was time for, those that are touched first."""
    seconds: float

    @property
    def complete(self) -> bool:
        return self.figures.queries == self.judged


def preview(
    engine: Engine,
    before: Glossary,
    after: Glossary,
    judgements: Judgements,
    queries: Iterable[str] = (),
    *,
    stamp: str = "",
    seconds: float = SECONDS,
) -> Preview:
    """Ask the engine without and with the change. ``stamp`` names the state without it. Raises EngineError."""
    clock = _Clock(seconds)
    engine = cast(Engine, _WithoutFacets(engine))
    tried = tuple(Compared(one, _listed(engine, one, before), _listed(engine, one, after)) for one in queries)
    wanted, held_out = _judged(judgements)
    touched = [query for query in wanted if understood(query, before) != understood(query, after)]
    compared = [_compared(engine, query, before, after, wanted[query]) for query in clock.while_time(touched)]
    kept_as = f"search.preview.{stamp}"
    known: dict[str, Scored] = cache.get(kept_as, {})
    for query in clock.while_time(query for query in wanted if query not in known and query not in touched):
        known[query] = evaluation.score(query, wanted[query], _listed(engine, query, before).designations)
    cache.set(kept_as, known, KEPT)
    moved = [one for one in compared if one.moved]
    return Preview(
        tried,
        len(wanted),
        len(touched),
        tuple(one for one in moved if one.query not in held_out),
        sum(one.query in held_out for one in moved),
        _figures(compared, [score for query, score in known.items() if query in wanted and query not in touched]),
        clock.seconds,
    )


class _Clock:
    """Says when the time is up."""

    def __init__(self, allowed: float) -> None:
        self._begun, self._allowed = time.monotonic(), allowed

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._begun

    def while_time(self, queries: Iterable[str]) -> Iterator[str]:
        return takewhile(lambda _query: self.seconds <= self._allowed, queries)


def _compared(engine: Engine, query: str, before: Glossary, after: Glossary, want: Mapping[str, int]) -> Compared:
    old, new = _listed(engine, query, before), _listed(engine, query, after)
    scores = evaluation.score(query, want, old.designations), evaluation.score(query, want, new.designations)
    return Compared(query, old, new, scores)


def understood(query: str, glossary: Glossary) -> tuple[object, ...]:
    """All that a plan is made of: equal for two glossaries, so are the plans."""
    analysis = analyse(query, glossary.aliases)
    groups: tuple[tuple[Clause, bool], ...] = tuple(
        (group.clause, group.optional) for group in word_groups(analysis, glossary)
    )
    return analysis, groups


def _judged(judgements: Judgements) -> tuple[dict[str, Mapping[str, int]], frozenset[str]]:
    """Each judged query once with what it wants, and which of them are held out. Words come before designations, which
    rules seldom touch."""
    wanted: dict[str, Mapping[str, int]] = {one.q: one.want for one in judgements.topics}
    wanted |= {one.q: {one.wanted: 3} for one in judgements.known}
    return wanted, frozenset(one.q for one in judgements.topics if one.held_out)


def _figures(compared: Sequence[Compared], same: Sequence[Scored]) -> Figures:
    scores = [one.scores for one in compared if one.scores]
    before, after = [*same, *(old for old, _new in scores)], [*same, *(new for _old, new in scores)]
    return Figures(
        len(before),
        (evaluation.ndcg(before), evaluation.ndcg(after)),
        (evaluation.mrr(before), evaluation.mrr(after)),
    )


class _WithoutFacets:
    """An engine that counts no facets: nobody sees them here, and they are half of a search."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.count = engine.count

    def run(self, request: Request) -> Answer:
        return self._engine.run(replace(request, facets=()))


def _listed(engine: Engine, query: str, glossary: Glossary) -> Listed:
    """A search as the page does it, down to what is shown of each result."""
    answer, _strictness = ask(engine, _SELECTION, analyse(query, glossary.aliases), glossary)
    ids = [pk for record_type, pk in (record_of(hit.key) for hit in answer.hits) if record_type == "standard"]
    found = Standard.objects.filter(pk__in=ids).only("designation", "title_zh", "title_en", "title_fr").in_bulk()
    return Listed(tuple((found[pk].designation, found[pk].title) for pk in ids if pk in found), answer.total)
