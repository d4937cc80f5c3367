"""How good results are, against queries with judged answers (``tests/relevance``).

nDCG@10 (K. Järvelin, J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002) with gain
2**grade - 1 and discount log2(rank + 1); mean reciprocal rank (E. Voorhees, TREC-8) for known items.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Literal, TypeAlias

import yaml

from search.analysis import is_chinese
from search.designations import Designation, parse

DEPTH = 10
SUPPLEMENTS = frozenset({"amendment", "corrigendum", "addendum", "supplement", "interpretation"})

Split: TypeAlias = Literal["tuned", "held_out"]
Search: TypeAlias = Callable[[str], Sequence[str]]
"""Query → keys of its results, best first."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the grades (0..3) of documents, by designation without year or with "(all parts)"."""

    query: str
    split: Split
    grades: Mapping[str, int]

    @property
    def language(self) -> str:
        return "zh" if is_chinese(self.query) else "en"


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A designation as typed, and the designation of the record that must come first."""

    query: str
    split: Split
    first: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What of a record a judgement needs."""

    key: str
    designation: Designation
    status: str
    kind: str
    published: str

    @property
    def standing(self) -> tuple[bool, str]:
        """The greatest is the edition that a designation without year means."""
        return self.status == "in_force", self.published


class Catalogue:
    """The records that can be found."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.by_designation: dict[str, Entry] = {}
        self._editions: dict[Designation, list[Entry]] = defaultdict(list)
        self._parts: dict[Designation, set[Designation]] = defaultdict(set)
        for entry in entries:
            self.by_designation[entry.designation.canonical] = entry
            if entry.kind not in SUPPLEMENTS and not entry.designation.draft:
                undated = entry.designation.undated
                self._editions[undated].append(entry)
                self._parts[undated.family].add(undated)

    def grades(self, judged: Judged) -> dict[str, int]:
        """Record key → grade. The current edition has the grade given, others one less; nothing below 1 is kept."""
        documents: dict[Designation, int] = {}
        for text, grade in sorted(judged.grades.items(), key=lambda pair: "(all parts)" not in pair[0]):
            designation = parse(text.removesuffix("(all parts)").strip())
            members = self._parts.get(designation.family, set()) if text.endswith("(all parts)") else {designation}
            documents.update(dict.fromkeys(members, grade))
        grades: dict[str, int] = {}
        for document, grade in documents.items():
            editions = sorted(self._editions.get(document, ()), key=lambda entry: entry.standing, reverse=True)
            for older, entry in enumerate(editions):
                if (value := grade - bool(older)) > 0:
                    grades[entry.key] = max(value, grades.get(entry.key, 0))
        return grades


@dataclass(frozen=True, slots=True)
class Score:
    """One query's figure, 0..1: nDCG of a judged query, reciprocal rank of a known item."""

    query: str
    split: Split
    language: str
    value: float


def load_judged(folder: Path) -> tuple[list[Judged], list[KnownItem]]:
    """The queries of ``queries.yml`` and ``known_items.yml``; of these every second one is held out."""
    judged = [
        Judged(row["q"], row["split"], {str(name): int(grade) for name, grade in row["judged"].items()})
        for row in yaml.safe_load((folder / "queries.yml").read_text("utf-8"))
    ]
    rows = yaml.safe_load((folder / "known_items.yml").read_text("utf-8"))
    known = [KnownItem(row["q"], "held_out" if at % 2 else "tuned", row["first"]) for at, row in enumerate(rows)]
    return judged, known


def ndcg(keys: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """0..1; 0 where nothing is judged good."""
    gains = [2 ** grades.get(key, 0) - 1 for key in keys[:depth]]
    ideal = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:depth]
    best = _discounted(ideal)
    return _discounted(gains) / best if best else 0.0


def reciprocal_rank(keys: Sequence[str], wanted: str) -> float:
    """1 where it comes first, 1/2 where second; 0 where it is not found."""
    return 1 / (keys.index(wanted) + 1) if wanted in keys else 0.0


def evaluate(judged: Iterable[Judged], catalogue: Catalogue, search: Search) -> list[Score]:
    """Queries none of whose judged documents is in the catalogue are left out: they say nothing of the search."""
    return [
        Score(one.query, one.split, one.language, ndcg(search(one.query), grades))
        for one in judged
        if (grades := catalogue.grades(one))
    ]


def evaluate_known(items: Iterable[KnownItem], catalogue: Catalogue, search: Search) -> list[Score]:
    """Items that are not held are left out."""
    return [
        Score(item.query, item.split, "", reciprocal_rank(search(item.query), entry.key))
        for item in items
        if (entry := catalogue.by_designation.get(item.first))
    ]


def mean(scores: Iterable[Score], split: Split | None = None, language: str | None = None) -> float:
    """Over the queries of a split and language; 0 where there are none."""
    values = [one.value for one in scores if split in (None, one.split) and language in (None, one.language)]
    return fmean(values) if values else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
