"""Shapes of regulations in the API; ``content.regulations.documents`` fills them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import StringConstraints, WithJsonSchema

from content.api import PageParams
from content.provenance.schemas import ClaimDocument

RegulationSlug = Annotated[
    str,
    WithJsonSchema({"type": "string", "description": "Slug of a regulation.", "examples": ["law-1982-08-23-758b33"]}),
]
VersionDay = Annotated[
    str,
    WithJsonSchema(
        {
            "type": "string",
            "description": "Day of a version, or `undated`.",
            "examples": ["2023-10-24"],
        }
    ),
]
Kind = Literal["law", "administrative", "departmental", "local", "judicial", "announcement", "foreign", "other"]
Validity = Literal["in_force", "amended", "upcoming", "repealed"]
Day = Annotated[str, Field(description="`YYYY-MM-DD` or empty.", examples=["2023-10-24"])]
DayParam = Annotated[str, StringConstraints(pattern=r"^(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])|undated)?$")]


class RegulationReference(Schema):
    """Just enough to name an act."""

    type: Literal["regulation"] = "regulation"
    slug: str = Field(examples=["law-1982-08-23-758b33"])
    url: str = Field(description="Its page, relative to the server.", examples=["/regulations/law-1982-08-23-758b33/"])
    title: str = Field(description="In the language of the act.")
    validity: Validity


class RegulationSummary(RegulationReference):
    """One line of a list."""

    title_zh: str
    title_en: str
    language: str = Field(description="ISO 639-1 code of the act's language.", examples=["zh"])
    kind: Kind
    number: str = Field(description="Number of the order (文号), or CELEX number.")
    eli: str = Field(description="European Legislation Identifier, or empty.")
    body: str = Field(description="Who issued it, in the language of the act.")
    validity_basis: Literal["source", "derived", "editor"] = Field(
        description="`derived`: from days and repeals in the texts held here, so that an unknown repeal is missed."
    )
    published: Day
    effective: Day
    amended: Day
    expired: Day
    articles: int | None
    official_url: str
    updated_at: datetime


class RegulationPage(Schema):
    """A stretch of regulations."""

    results: list[RegulationSummary]
    next: str | None = Field(default=None, description="Address of the next page; null at the end.")


class VersionSummary(Schema):
    """A version of an act."""

    date: Day
    url: str
    kind: Literal["adopted", "approved", "promulgated", "revised", "amended", "other"]
    validity: Validity
    effective: Day
    in_force_from: Day = Field(description="`effective`, or where nobody states it, `date`.")
    expired: Day
    number: str
    amended_by: str = Field(description="Title of the act that made this version.")
    articles: int | None
    text_held: bool


class ProvisionDocument(Schema):
    """A part of a text: a heading, an article, an annex."""

    kind: Literal["part", "subpart", "chapter", "section", "article", "item", "annex", "heading", "text"]
    anchor: str = Field(description="Its fragment in the page of the version.", examples=["article-12"])
    number: str = Field(description="`12-1` is 第十二条之一.", examples=["12"])
    label: str = Field(examples=["第十二条"])
    heading: str
    text: str = Field(description="One paragraph a line.")


class CitationDocument(Schema):
    """A standard or act that the text names."""

    kind: Literal["standard", "regulation"]
    name: str
    url: str = Field(description="Empty where it is not held here.")
    repeals: bool
    places: list[str] = Field(description="Anchors, twenty at most.")


class CitingDocument(RegulationReference):
    """An act that names this one."""

    places: list[str]


class RegulationDocument(RegulationSummary):
    """All that is held of an act, with the text of one version."""

    versions: list[VersionSummary]
    version: VersionSummary | None = Field(description="The one whose text this is; null where none was in force.")
    text: list[ProvisionDocument] = Field(description="Empty where only facts are held.")
    cites: list[CitationDocument]
    cited_by: list[CitingDocument]
    sources: list[ClaimDocument]


class PieceDocument(Schema):
    """A stretch of text that stayed, came or went."""

    mark: Literal["same", "added", "removed"]
    text: str


class ComparedUnit(Schema):
    """An article in one of two versions."""

    anchor: str
    number: str
    label: str
    heading: str
    text: str


class ComparedRow(Schema):
    """What became of an article."""

    kind: Literal["added", "removed", "changed", "moved", "same"]
    renumbered: bool
    old: ComparedUnit | None
    new: ComparedUnit | None
    pieces: list[PieceDocument] = Field(description="Of a changed article: its words.")


class ComparisonCounts(Schema):
    """How many articles of each kind."""

    added: int
    removed: int
    changed: int
    moved: int
    same: int


class ComparisonDocument(Schema):
    """Two versions, article by article."""

    regulation: RegulationReference
    old: VersionSummary
    new: VersionSummary
    counts: ComparisonCounts
    rows: list[ComparedRow]


class RegulationParams(PageParams):
    """Which regulations. Filters must all hold."""

    kind: Kind | Literal[""] = Field(default="", description="Kind of act.", examples=["law"])
    validity: Validity | Literal[""] = Field(
        default="", description="Validity today; `amended`: has amended versions.", examples=["in_force"]
    )
    body: Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")] = Field(
        default="", description="Name of the issuing body.", examples=["国务院"]
    )
    year: Annotated[str, StringConstraints(pattern=r"^((1[89]|20)[0-9]{2})?$")] = Field(
        default="", description="Year in which it was made or last amended.", examples=["2023"]
    )
    q: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] = Field(
        default="", description="Words of the title, or the number.", examples=["海洋"]
    )
    updated_since: datetime | None = Field(
        default=None,
        description="Changed in the portal at or after this moment (RFC 3339): for harvesting.",
        examples=["2026-01-01T00:00:00Z"],
    )
    sort: Literal["newest", "oldest", "updated"] = Field(
        default="newest", description="Order: by the day of the version, of the act, or of the change here."
    )


class OnParams(Schema):
    """Which version."""

    on: Annotated[str, StringConstraints(max_length=10)] = Field(
        default="", description="The version in force on this day, `YYYY-MM-DD`; empty: today.", examples=["2020-01-01"]
    )


class CompareParams(Schema):
    """Which two versions; empty: the two newest whose texts are held."""

    old: DayParam = Field(default="", description="Day of the older version.", examples=["2017-11-04"])
    new: DayParam = Field(default="", description="Day of the newer version.", examples=["2023-10-24"])
