"""What may be asked of an index, in words of no engine.

Every engine compiles these; user text only ever becomes values in them, never query syntax.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeAlias

from search.schema import Field

Value: TypeAlias = str | int | float | bool | date | datetime
"""What is asked of a field: a string of a keyword field, else what its kind holds."""


@dataclass(frozen=True, slots=True)
class Term:
    """The keyword field holds exactly one of the values."""

    field: Field
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """A value of the keyword field, or a word of the text, begins so.

    Of a text, words are compared as they are written where the engine keeps them so, else by their stems.
    """

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Suffix:
    """Likewise, ends so."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class Contains:
    """Likewise, holds it at any place."""

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
    """``low`` ≤ value < ``high``; an end that is not there is None. Keywords compare by code points.

    ``low_open``: ``low`` itself is out. ``high_closed``: ``high`` itself is in.
    """

    field: Field
    low: Value | None = None
    high: Value | None = None
    low_open: bool = False
    high_closed: bool = False


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents, at equal score."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A programmer's query in the engine's own syntax; never a user's text. Raises EngineQueryError where it is wrong.

    Words without a field are looked for in ``Schema.content``, all of them.
    """

    query: str


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


Clause: TypeAlias = (
    Term | Prefix | Suffix | Contains | Words | Phrase | Fuzzy | Range | Everything | Raw | Boost | AllOf | AnyOf
)


@dataclass(frozen=True, slots=True)
class Order:
    """One sort key; None as a field means by score, ties by weight and designation."""

    field: Field | None = None
    descending: bool = True


class Gap(StrEnum):
    """A unit of time."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class DateFacet:
    """Counts over ``start`` ≤ value < ``end`` by stretches of ``gap_amount`` × ``gap_by`` from ``start`` on, as
    ``search.gaps`` cuts them. A day field takes no gap below a day."""

    field: Field
    start: date | datetime
    end: date | datetime
    gap_by: Gap = Gap.MONTH
    gap_amount: int = 1


@dataclass(frozen=True, slots=True)
class Request:
    """One search as an engine runs it.

    ``filters`` narrow by facet: values of one field are alternatives, fields must all hold. Each facet is counted under
    all filters but its own, so that its other values stay true and selectable.
    """

    query: Clause
    filters: dict[Field, tuple[Value, ...]] = field(default_factory=dict)
    narrow: tuple[Clause, ...] = ()
    """Conditions that are no facets (date ranges); they do not score."""
    facets: tuple[Field, ...] = ()
    facet_size: int | None = None
    """Values of each facet, the most frequent ones; all where it is None."""
    date_facets: tuple[DateFacet, ...] = ()
    query_facets: tuple[tuple[str, Clause], ...] = ()
    """Name and condition: how many of the matches meet it."""
    stats: tuple[Field, ...] = ()
    """Number fields whose figures over all matches are wanted."""
    stats_by: tuple[Field, ...] = ()
    """Facets for whose values these figures are wanted as well, each over the matches that have the value."""
    order: Order = Order()
    then: tuple[Order, ...] = ()
    """Further sort keys, all of them fields, for what ``order`` leaves equal."""
    offset: int = 0
    size: int = 20
    after: str = ""
    """Cursor from an earlier answer, for going past any window; then ``offset`` is ignored."""
    collapse: bool = True
    """One hit per ``parent``; page hits come along in ``Hit.pages``."""
    pages_per_hit: int = 3
    stored: bool = False
    """Bring the documents along, of a schema that ``keeps`` them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """``key`` names the record; ``pages`` are its matching pages, best first, as (page number, file key, score)."""

    key: str
    score: float
    pages: tuple[tuple[int, str, float], ...] = ()
    stored: dict[str, Any] | None = None
    """The document, days and times as ISO texts, where the request wants it."""


@dataclass(frozen=True, slots=True)
class Stats:
    """Figures of one number field: documents with and without a value, and what the values come to.

    Without any value ``count`` is 0 and the figures are None. ``deviation`` is the standard deviation of the sample.
    """

    count: int
    missing: int = 0
    minimum: float | None = None
    maximum: float | None = None
    sum: float | None = None
    sum_of_squares: float | None = None
    mean: float | None = None
    deviation: float | None = None
    by: dict[str, dict[str, Stats]] = field(default_factory=dict)
    """Facet name → value → its figures."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``facets``: field name → (value, count) by falling count; days as ISO texts, booleans as ``true``, ``false``."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[tuple[str, int], ...]]
    took_ms: float
    next: str = ""
    """Cursor of the next stretch; empty at the end."""
    stats: dict[str, Stats] = field(default_factory=dict)
    dates: dict[str, tuple[tuple[date | datetime, int], ...]] = field(default_factory=dict)
    """Field name → (start of the stretch, count), in order, without the empty ones."""
    queries: dict[str, int] = field(default_factory=dict)
