"""Shapes of notifications in the API; ``content.tbt.documents`` fills them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import StringConstraints, WithJsonSchema

from content.api import Bilingual, PageParams
from content.provenance.schemas import ClaimDocument

NotificationSlug = Annotated[
    str,
    WithJsonSchema(
        {
            "type": "string",
            "description": "A symbol with hyphens, in any case.",
            "examples": ["g-tbt-n-eu-1004"],
        }
    ),
]
Day = Annotated[str, Field(description="`YYYY`, `YYYY-MM`, `YYYY-MM-DD` or empty.", examples=["2023-09-12"])]
DocumentKind = Literal["base", "addendum", "corrigendum", "revision", "supplement"]
StageName = Literal["open", "closed", "undated", "adopted", "in_force", "withdrawn"]


class NotificationReference(Schema):
    """Just enough to name a document."""

    type: Literal["tbt"] = "tbt"
    symbol: str = Field(examples=["G/TBT/N/EU/1004"])
    slug: str = Field(examples=["g-tbt-n-eu-1004"])
    url: str = Field(description="Its page, relative to the server.", examples=["/tbt/g-tbt-n-eu-1004/"])
    kind: DocumentKind
    circulated: Day


class MemberDocument(Schema):
    """A Member of the WTO."""

    code: str = Field(description="As symbols have it.", examples=["EU"])
    name: Bilingual


class NotificationSummary(NotificationReference):
    """One line of a list."""

    thread: str = Field(description="Symbol of the notification that the thread begins with.")
    member: MemberDocument
    titles: dict[str, str] = Field(description="By language: `zh`, `en`, `fr`, `es`.")
    number: str = Field(description="The WTO's running number of documents.", examples=["23-6049"])
    articles: list[str] = Field(description="Articles of the TBT Agreement notified under.", examples=[["2.9.2"]])
    hs: list[str] = Field(description="Codes of the Harmonized System, two to six digits.", examples=[["3808"]])
    ics: list[str] = Field(examples=[["65.100"]])
    adoption: Day
    adoption_stated: str = Field(description="As the notification has it.")
    entry_into_force: Day
    entry_into_force_stated: str
    comments_until: Day
    comments_until_stated: str
    deadline: Day = Field(description="Until when comments are taken, as the whole thread says; empty: not known.")
    updated_at: datetime


class NotificationPage(Schema):
    """A stretch of notifications."""

    results: list[NotificationSummary]
    next: str | None = Field(default=None, description="Address of the next page; null at the end.")


class StatedDay(Schema):
    """A day, and which document of the thread states it."""

    date: Day
    symbol: str


class EventDocument(Schema):
    """A box that an addendum ticks."""

    kind: Literal[
        "comments_changed",
        "adopted",
        "published",
        "in_force",
        "final_text",
        "withdrawn",
        "scope_changed",
        "guidance",
        "other",
    ]
    date: Day
    stated: str
    urls: list[str]
    note: str


class NotificationDocument(NotificationSummary):
    """All that is held of a notification and its thread."""

    stage: StageName = Field(description="Where the measure stands today.")
    adopted: StatedDay | None
    in_force: StatedDay | None
    withdrawn: StatedDay | None
    pages: list[int]
    languages: list[str] = Field(description="Of the notified document, ISO 639-1 codes where they are known.")
    texts: dict[str, dict[str, str]] = Field(description="By language: the points of the form.")
    codes_moved: list[str] = Field(description="Codes that the source has in the field of the other classification.")
    codes_unread: list[str] = Field(description="What the source has for codes, and is none.")
    events: list[EventDocument]
    documents: list[str] = Field(description="Addresses of the notified document.")
    form: str = Field(description="Address of the notification itself, or empty.")
    documents_of_thread: list[NotificationReference] = Field(description="Oldest first, this one included.")
    sources: list[ClaimDocument]


class NotificationParams(PageParams):
    """Which notifications. Filters must all hold."""

    member: Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{2,4})?$")] = Field(
        default="", description="Code of the notifying Member.", examples=["EU"]
    )
    comments: Literal["", "open", "closed"] = Field(default="", description="Whether comments are taken today.")
    hs: Annotated[str, StringConstraints(pattern=r"^[0-9.]{0,14}$")] = Field(
        default="", description="HS code; narrower codes count too.", examples=["3808"]
    )
    ics: Annotated[str, StringConstraints(pattern=r"^[0-9.]{0,9}$")] = Field(
        default="", description="ICS code; narrower codes count too.", examples=["65.100"]
    )
    kind: DocumentKind | Literal[""] = Field(default="", description="Kind of document.")
    year: Annotated[str, StringConstraints(pattern=r"^((19|20)[0-9]{2})?$")] = Field(
        default="", description="Year of circulation.", examples=["2023"]
    )
    q: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] = Field(
        default="", description="Words of the title, the products or the symbol.", examples=["杀灭"]
    )
    updated_since: datetime | None = Field(
        default=None,
        description="Changed in the portal at or after this moment (RFC 3339): for harvesting.",
        examples=["2026-01-01T00:00:00Z"],
    )
    sort: Literal["newest", "oldest", "deadline", "updated"] = Field(
        default="newest", description="Order: by circulation, final date for comments, or change here."
    )
