"""Shapes of standards in the API; ``content.standards.documents`` fills them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import StringConstraints, WithJsonSchema

from content.api import Bilingual, PageParams, Token
from content.provenance.schemas import ChangeDocument, ClaimDocument
from content.standards.items import RelationKind

Slug = Annotated[
    str,
    WithJsonSchema(
        {
            "type": "string",
            "description": "Slug of a designation, with or without its year.",
            "examples": ["gb-t-19001-2016"],
        }
    ),
]
Status = Literal["draft", "upcoming", "in_force", "superseded", "withdrawn", "unknown"]
Access = Literal["full_text", "preview", "record_only"]
PartialDate = Annotated[str, Field(description="`YYYY`, `YYYY-MM`, `YYYY-MM-DD` or empty.", examples=["2016-12-30"])]
DateBound = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$")]


class Titles(Bilingual):
    """Title in every language the sources give."""

    fr: str = ""


class Dates(Schema):
    """An edition's own dates."""

    published: PartialDate = ""
    effective: PartialDate = ""
    withdrawn: PartialDate = ""


class StandardReference(Schema):
    """Just enough to name a standard and to say whether it can be relied on."""

    type: Literal["standard"] = "standard"
    id: int
    slug: str = Field(examples=["gb-t-19001-2016"])
    designation: str = Field(examples=["GB/T 19001-2016"])
    url: str = Field(description="Its page, relative to the server.", examples=["/standards/gb-t-19001-2016/"])
    title: Titles
    status: Status
    dates: Dates


class StandardSummary(StandardReference):
    """One line of a list."""

    body: str = Field(description="Code of the issuing body.", examples=["GB/T"])
    kind: str = Field(examples=["standard"])
    access: Access
    ics: list[str] = Field(examples=[["03.120.10"]])
    ccs: list[str] = Field(examples=[["A00"]])
    updated_at: datetime


class StandardPage(Schema):
    """A stretch of standards."""

    results: list[StandardSummary]
    next: str | None = Field(default=None, description="Address of the next page; null at the end.")


class BodyDocument(Schema):
    """A body that issues standards."""

    code: str = Field(examples=["ISO"])
    name: Bilingual
    jurisdiction: str = Field(examples=["international"])
    homepage: str = ""


class ClassDocument(Schema):
    """A class of ICS or CCS."""

    code: str = Field(examples=["03.120.10"])
    title: Bilingual
    level: int = Field(description="1 is the widest.")
    parent: str | None = None


class Committee(Schema):
    """The technical committee in charge."""

    code: str = ""
    title: str = ""


class RelationDocument(Schema):
    """How this standard bears on another, or (`incoming`) another on this one."""

    kind: RelationKind = Field(description="A `partly_replaces` leaves its target in force.")
    direction: Literal["outgoing", "incoming"]
    degree: Literal["", "IDT", "MOD", "NEQ"] = Field(default="", description="Degree of correspondence of an adoption.")
    designation: str
    slug: str
    source: str | None = None
    record: StandardReference | None = Field(default=None, description="Null where the portal does not hold it.")


class Lineage(Schema):
    """Editions of the same standard and the chains of replacement, nearest first."""

    in_force: StandardReference | None = Field(description="What to use today: itself, or what took its place.")
    editions: list[StandardReference]
    predecessors: list[StandardReference]
    successors: list[StandardReference]


class FileDocument(Schema):
    """A file; `url` is null where only the publisher may serve it."""

    name: str
    url: str | None
    publisher_url: str = ""
    media_type: str
    sha256: str
    size: int
    pages: int | None = None
    language: str = ""
    access: Access
    text_state: Literal["pending", "read", "partial", "scanned", "failed"]
    source: str | None = None
    added_at: datetime


class StandardDocument(StandardReference):
    """All that the portal holds of one standard."""

    designation_published: str
    body: BodyDocument
    number: str
    part: str
    year: int | None
    edition: str
    kind: str
    obligation: str
    undated_slug: str = Field(description="Names the standard whatever its edition.", examples=["gb-t-19001"])
    family_slug: str = Field(description="Names it whatever its part and edition.")
    status_since: PartialDate
    stage: str
    scope: str
    ics: list[ClassDocument]
    ccs: list[ClassDocument]
    committee: Committee
    responsible: list[str]
    drafters: list[str]
    languages: list[str]
    pages: int | None
    price_class: str
    access: Access
    publisher_url: str
    edited_fields: list[str] = Field(description="Fields set by an editor, which sources do not overwrite.")
    relations: list[RelationDocument]
    lineage: Lineage
    files: list[FileDocument]
    provenance: list[ClaimDocument]
    history: list[ChangeDocument] = Field(description="Latest changes, newest first.")
    created_at: datetime
    updated_at: datetime


class StandardParams(PageParams):
    """Which standards. Filters must all hold."""

    status: Literal["", "draft", "upcoming", "in_force", "superseded", "withdrawn", "unknown"] = Field(
        default="", description="Status today.", examples=["in_force"]
    )
    body: Token = Field(default="", description="Code of the issuing body.", examples=["ISO"])
    ics: Annotated[str, StringConstraints(pattern=r"^([0-9]{2}(\.[0-9]{3}(\.[0-9]{2})?)?)?$")] = Field(
        default="", description="ICS class, its narrower classes included.", examples=["03.120"]
    )
    ccs: Annotated[str, StringConstraints(pattern=r"^([A-Z]([0-9]{2}(/[0-9]{2})?)?)?$")] = Field(
        default="", description="CCS class, its narrower classes included.", examples=["A00"]
    )
    kind: Token = Field(default="", description="Kind of document.", examples=["amendment"])
    access: Literal["", "full_text", "preview", "record_only"] = Field(
        default="", description="What can be read here.", examples=["full_text"]
    )
    year: int | None = Field(default=None, ge=1000, le=9999, description="Year of the designation.", examples=[2016])
    undated: Token = Field(
        default="", description="Slug without year: all editions of one standard.", examples=["gb-t-19001"]
    )
    family: Token = Field(
        default="", description="Slug without part and year: all parts and editions.", examples=["gb-t-1"]
    )
    published_from: DateBound = Field(default="", description="Published on or after.", examples=["2015"])
    published_to: DateBound = Field(default="", description="Published on or before.", examples=["2020-12"])
    updated_since: datetime | None = Field(
        default=None,
        description="Changed in the portal at or after this moment (RFC 3339): for harvesting.",
        examples=["2026-01-01T00:00:00Z"],
    )
    sort: Literal["designation", "updated", "-updated"] = Field(
        default="designation", description="Order; `-updated` has the latest change first.", examples=["updated"]
    )


class ClassParams(Schema):
    """Which part of a classification."""

    parent: Annotated[str, StringConstraints(max_length=20, pattern=r"^[A-Z0-9./]*$")] = Field(
        default="", description="Only the classes right under this one.", examples=["03"]
    )
    level: int | None = Field(default=None, ge=1, le=5, description="1 is the widest.", examples=[1])
