"""What a search gives to pages and to the API: plain values, already in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from search.labels import DATE_LABELS, value_labels

if TYPE_CHECKING:
    from search.analysis import QueryAnalysis
    from search.lines import Line
    from search.lookup import Lookup
    from search.params import SearchParams


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the stretches that the query matched, as (text, matched) in order."""

    spans: tuple[tuple[str, bool], ...] = ()

    def __str__(self) -> str:
        return "".join(text for text, _matched in self.spans)

    def __bool__(self) -> bool:
        return any(text for text, _matched in self.spans)

    def __iter__(self) -> Iterator[tuple[str, bool]]:
        return iter(self.spans)

    @property
    def html(self) -> SafeString:
        """Escaped, the matches in ``<mark>``."""
        parts = [f"<mark>{escape(text)}</mark>" if matched else escape(text) for text, matched in self.spans]
        return mark_safe("".join(parts))  # noqa: S308  # every part is escaped


class Standing(StrEnum):
    """Why a result is where it is, best first; pages put a heading between the groups."""

    EXACT = "exact"
    """The designation that was typed, or its current edition where no year was typed."""
    EDITION = "edition"
    """Another edition of it, or an amendment or corrigendum to one."""
    FAMILY = "family"
    """Another part."""
    WORDS = "words"
    """Found by words, or because it cites the designation."""


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page of a file that matches, or an article of a text.

    ``url`` ends in ``#page=N``, which browsers' PDF viewers follow, or in the article's anchor.
    """

    number: int
    file_name: str
    url: str
    text: Marked
    label: str = ""
    """How the text itself names the place (第十二条); empty for pages."""


@dataclass(slots=True)
class Result:
    """One record found. Not frozen, for the reason that ``Line`` gives."""

    key: str
    line: Line
    title: Marked
    """In the reader's language where there is one."""
    title_language: str
    """ISO 639-1."""
    other_title: Marked
    """In another language; empty where there is none."""
    other_language: str
    snippet: Marked
    """From its text, where the query matches it."""
    standing: Standing
    score: float
    pages: tuple[PageHit, ...]

    @property
    def type(self) -> str:
        return self.line.type

    @property
    def id(self) -> int:
        return self.line.id

    @property
    def url(self) -> str:
        return self.line.url

    @property
    def designation(self) -> str:
        return self.line.designation

    @property
    def type_label(self) -> str:
        """The type in the reader's language; empty for standards, which most results are."""
        return "" if self.line.record is not None else value_labels("type", (self.type,))[self.type]

    @property
    def dates(self) -> list[tuple[str, str]]:
        """What each known date is, in the reader's language, and the date."""
        return [(str(DATE_LABELS[name]), day) for name, day in self.line.dates.items() if day]


@dataclass(slots=True)
class FacetValue:
    """``switch`` gives ``query``; the API does not ask for it, and a page has dozens of values."""

    value: str
    label: str
    count: int
    selected: bool
    switch: Callable[[], str]
    children: tuple[FacetValue, ...] = ()
    """Narrower classes (ICS), filled for the branch the reader is in."""

    @property
    def query(self) -> str:
        """The query string (without ``?``) that switches this value on or off and starts at page 1."""
        return self.switch()


@dataclass(frozen=True, slots=True)
class Facet:
    """Values by falling count; a selected value is always listed, with count 0 if need be."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in force and the query string without it."""

    name: str
    value: str
    label: str
    query: str


class SuggestionKind(StrEnum):
    SPELLING = "spelling"
    """``text`` is the query with words spelled as the index has them."""
    NEAREST = "nearest"
    """``text`` is a designation that is held, near to the one that was typed and is not."""
    SUCCESSOR = "successor"
    """``text`` is the designation in force in place of the one that was typed."""
    WITHOUT_FILTER = "without_filter"
    """There are results once the filter ``text`` is taken off."""
    WITHOUT_WORDS = "without_words"
    """There are results for ``text``, which leaves out what nothing matches."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another search to try. ``label`` is a sentence, ``query`` its query string, ``count`` the results it has."""

    kind: SuggestionKind
    text: str
    label: str
    query: str
    count: int | None = None
    url: str = ""
    """Address of the record where the suggestion is one record."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A source that holds the word of the body whose standard was asked for in vain, with its address for readers."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of results.

    ``failure`` is the sentence to show when the engine did not answer; then ``total`` is 0, there are no facets, and
    ``results`` holds what the database knows of a typed designation. It must be shown, with status 503 in the API.
    """

    params: SearchParams
    analysis: QueryAnalysis
    total: int
    results: tuple[Result, ...]
    facets: tuple[Facet, ...] = ()
    chips: tuple[Chip, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    notices: tuple[str, ...] = ()
    """Sentences about the query: what was left out, what is well-formed but not held, why nothing was found."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """Where to look for a well-formed designation that is not held."""
    lookup: Lookup | None = None
    """What the database holds for the one designation that was typed."""
    took_ms: float = 0.0
    """Engine's own time."""
    page_count: int = 0
    """Pages that can be reached by number; further ones by ``next_query``."""
    previous_query: str = ""
    next_query: str = ""
    next_cursor: str = ""
    """Value of ``after`` for the following stretch; empty at the end."""
    failure: str = ""
