"""Shapes of a search in the API; ``search.api`` fills them from what ``search.service`` gives to pages."""

from __future__ import annotations

from ninja import Field, Schema

from content.api import Bilingual
from content.standards.schemas import Dates, PartialDate


class Highlight(Schema):
    """Texts with what matched inside `<mark>`; everything else is escaped HTML."""

    title: str = ""
    other_title: str = ""
    snippet: str = Field(default="", description="From the scope note, where the query matches it.")


class PageHitDocument(Schema):
    """The best matching page of a file, or the best matching article of a regulation."""

    number: int = Field(description="Of the page from 1, or the place of the article in the text from 0.")
    label: str = Field(description="Of an article as the text names it; empty for pages.", examples=["第十二条"])
    file: str = Field(description="Name of the file; empty for articles.")
    url: str = Field(examples=["/standards/gb-t-1.1-2020/files/text.pdf#page=12"])
    text: str = Field(description="As in `highlight`.")


class ResultDates(Dates):
    """The dates of a record, whatever its type."""

    listed: PartialDate = Field(default="", description="Of a substance: on a REACH list since.")
    circulated: PartialDate = Field(default="", description="Of a notification: by the WTO's Secretariat.")
    deadline: PartialDate = Field(default="", description="Of a notification: the last day for comments.")


class ResultDocument(Schema):
    """One record found."""

    type: str = Field(examples=["standard"])
    id: int
    url: str = Field(examples=["/standards/gb-t-19001-2016/"])
    designation: str = Field(examples=["GB/T 19001-2016"])
    title: Bilingual
    status: str = Field(examples=["in_force"])
    dates: ResultDates
    body: str = Field(examples=["GB/T"])
    ics: list[str]
    ccs: list[str]
    score: float
    highlight: Highlight
    page: PageHitDocument | None = None


class FacetValueDocument(Schema):
    """A value and how many results it would leave, the other filters being as they are."""

    value: str = Field(examples=["in_force"])
    label: str = Field(examples=["现行"])
    count: int


class AnalysisDocument(Schema):
    """How the query was understood."""

    text: str = Field(description="The query as searched.")
    designations: list[str] = Field(examples=[["GB/T 19001"]])
    numbers: list[str] = Field(description="Numbers typed without a publisher.")
    identifiers: list[str] = Field(description="CAS and EC numbers, TBT document symbols.")
    ics: list[str]
    ccs: list[str]
    words: list[str]
    phrases: list[str]
    excluded: list[str]
    shortened: bool = Field(description="More was typed than is searched for.")
    notices: list[str] = Field(description="Sentences about the query: what was left out, why nothing was found.")


class SuggestionDocument(Schema):
    """Another search to try."""

    kind: str = Field(description="`spelling`, `nearest`, `successor`, `without_filter` or `without_words`.")
    text: str
    label: str = Field(description="A sentence for the reader.")
    query: str = Field(description="Its query string.")
    url: str = Field(default="", description="Page of the record, where the suggestion is one record.")
    count: int | None = None


class SearchDocument(Schema):
    """A page of results."""

    total: int
    took_ms: float = Field(description="The engine's own time.")
    page: int
    size: int
    results: list[ResultDocument]
    facets: dict[str, list[FacetValueDocument]]
    analysis: AnalysisDocument
    suggestions: list[SuggestionDocument]
    next: str | None = Field(default=None, description="Address of the next page, without end; null at the end.")


class CompletionDocument(Schema):
    """A record that may be meant."""

    designation: str = Field(examples=["GB/T 19001-2016"])
    url: str
    title: str = Field(description="In the language of the request where there is one.")
    highlight: str = Field(description="The title with what matched inside `<mark>`, else escaped HTML.")
    status: str
