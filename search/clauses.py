"""What may be asked of an index, in words of no engine.

Every engine compiles these; user text only ever becomes values in them, never query syntax.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from search.schema import Field


@dataclass(frozen=True, slots=True)
class Term:
    """The keyword field holds exactly one of the values."""

    field: Field
    values: tuple[str | int | bool, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """A value of the keyword field begins so."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of ``text`` as the field analyses them; ``minimum`` is the share that must occur (0..1]."""

    field: Field
    text: str
    minimum: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of ``text`` in this order and next to each other."""

    field: Field
    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word at an edit distance of at most ``distance`` from ``word``."""

    field: Field
    word: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Range:
    """``low`` ≤ value < ``high``; an open end is None."""

    field: Field
    low: int | date | None = None
    high: int | date | None = None


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents, at equal score."""


@dataclass(frozen=True, slots=True)
class Boost:
    """Multiplies the score; ``constant`` replaces it, so that one exact match outweighs any sum of words."""

    clause: Clause
    factor: float
    constant: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of ``must`` and none of ``must_not``; ``should`` only adds to the score."""

    must: tuple[Clause, ...] = ()
    should: tuple[Clause, ...] = ()
    must_not: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one; scores add up, or (``best``) the best one counts."""

    clauses: tuple[Clause, ...]
    best: bool = False


Clause: TypeAlias = Term | Prefix | Words | Phrase | Fuzzy | Range | Everything | Boost | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Order:
    """One sort key; None as a field means by score, ties by weight and designation."""

    field: Field | None = None
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Request:
    """One search as an engine runs it.

    ``filters`` narrow by facet: values of one field are alternatives, fields must all hold. Each facet is counted under
    all filters but its own, so that its other values stay true and selectable.
    """

    query: Clause
    filters: dict[Field, tuple[str | int | bool, ...]] = field(default_factory=dict)
    narrow: tuple[Clause, ...] = ()
    """Conditions that are no facets (date ranges); they do not score."""
    facets: tuple[Field, ...] = ()
    order: Order = Order()
    offset: int = 0
    size: int = 20
    after: str = ""
    """Cursor from an earlier answer, for going past any window; then ``offset`` is ignored."""
    collapse: bool = True
    """One hit per ``parent``; page hits come along in ``Hit.pages``."""
    pages_per_hit: int = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """``key`` names the record; ``pages`` are its matching pages, best first, as (page number, file key, score)."""

    key: str
    score: float
    pages: tuple[tuple[int, str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """``facets``: field name → (value, count) by falling count."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[tuple[str, int], ...]]
    took_ms: float
    next: str = ""
    """Cursor of the next stretch; empty at the end."""
