"""How good the results are, against judged queries.

Measures: nDCG@10 (Järvelin and Kekäläinen 2002, gains 2^grade − 1), reciprocal rank of the wanted record, and the share
of known items that come first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

DEPTH = 10
JUDGEMENTS = Path(__file__).parent / "data" / "judgements.yml"
"""The judged queries that come with the portal."""

Search = Callable[[str], Sequence[str]]
"""A query → designations of the first results, best first."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Known(_Strict):
    """A designation as it is typed, and the record that must come first."""

    q: str
    wanted: Annotated[str, Field(alias="is")]


class Topic(_Strict):
    """Words, and the records that answer them with grades 1 to 3."""

    q: str
    want: dict[str, Annotated[int, Field(ge=1, le=3)]]
    held_out: bool = False


class Judgements(_Strict):
    """A file of judged queries."""

    known: tuple[Known, ...]
    topics: tuple[Topic, ...]
    records: tuple[Known, ...] = ()
    """Records of every type by their addresses: laws, substances, notifications, as people ask for them."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One query: ``rank`` of the first wanted record (1-based, 0 where it is not among the first ten)."""

    query: str
    ndcg: float
    rank: int
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Scores of the known items, the topics that may be tuned on, those held out, and records of every type."""

    known: tuple[Scored, ...]
    tuned: tuple[Scored, ...]
    held_out: tuple[Scored, ...]
    records: tuple[Scored, ...] = ()


def load(path: Path) -> Judgements:
    """Read a file of judged queries; raises OSError, yaml.YAMLError, pydantic.ValidationError."""
    return Judgements.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def evaluate(judgements: Judgements, search: Search, addresses: Search) -> Report:
    """Ask every query; ``addresses`` answers with those of the first results of any type."""
    known = tuple(score(one.q, {one.wanted: 3}, search(one.q)) for one in judgements.known)
    topics = [(one.held_out, score(one.q, one.want, search(one.q))) for one in judgements.topics]
    return Report(
        known,
        tuple(scored for held_out, scored in topics if not held_out),
        tuple(scored for held_out, scored in topics if held_out),
        tuple(score(one.q, {one.wanted: 3}, addresses(one.q)) for one in judgements.records),
    )


def score(query: str, want: Mapping[str, int], found: Sequence[str]) -> Scored:
    """Score one list of results; what is not judged counts as 0."""
    first = found[:DEPTH]
    ideal = dcg(sorted(want.values(), reverse=True)[:DEPTH])
    best = max(want.values())
    rank = next((place for place, one in enumerate(first, 1) if want.get(one) == best), 0)
    return Scored(query, dcg([want.get(one, 0) for one in first]) / ideal, rank, tuple(first))


def dcg(grades: Sequence[int]) -> float:
    """Discounted cumulative gain of grades in the order of the results."""
    return math.fsum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def ndcg(scored: Sequence[Scored]) -> float:
    """Mean nDCG@10; 0 for no queries."""
    return mean(one.ndcg for one in scored) if scored else 0.0


def mrr(scored: Sequence[Scored]) -> float:
    """Mean reciprocal rank of the best-graded record; 0 for no queries."""
    return mean(1 / one.rank if one.rank else 0.0 for one in scored) if scored else 0.0


def first(scored: Sequence[Scored]) -> float:
    """Share of queries whose best-graded record comes first."""
    return mean(one.rank == 1 for one in scored) if scored else 0.0
