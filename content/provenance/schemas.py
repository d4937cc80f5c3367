"""Shapes of provenance in the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import WithJsonSchema

from content.api import Bilingual, PageParams, Token

Name = Annotated[str, WithJsonSchema({"type": "string", "description": "Name of a source.", "examples": ["iso"]})]


class ChangeDocument(Schema):
    """One field of one record that took another value."""

    id: int
    at: datetime
    record_type: str = Field(examples=["standard"])
    record_id: int
    label: str = Field(description="The designation at that time.", examples=["GB/T 19001-2016"])
    kind: Literal["created", "field", "status", "hidden", "shown"]
    cause: Literal["source", "editor", "calendar"]
    field: str = Field(examples=["status"])
    old: Any = None
    new: Any = None
    source: str | None = None


class ChangePage(Schema):
    """A stretch of changes, newest first."""

    results: list[ChangeDocument]
    next: str | None = Field(default=None, description="Address of the next page; null at the end.")


class ChangeParams(PageParams):
    """Which changes."""

    kind: Literal["", "created", "field", "status", "hidden", "shown"] = Field(
        default="", description="Kind of change.", examples=["status"]
    )
    source: Token = Field(default="", description="Name of a source.", examples=["iso"])
    since: datetime | None = Field(
        default=None, description="Only changes at or after this moment (RFC 3339).", examples=["2026-01-01T00:00:00Z"]
    )


class ClaimDocument(Schema):
    """What one source says of a record, where, and since when."""

    source: str
    key: str = Field(description="The record's key at the source.")
    url: str
    values: dict[str, Any]
    first_seen: datetime
    changed_at: datetime
    missing_since: datetime | None = None


class RunDocument(Schema):
    """One crawl of a source and what came of it."""

    state: Literal["running", "succeeded", "failed", "interrupted", "cancelled"]
    backend: Literal["live", "recorded", "snapshot", "folder"]
    started_at: datetime
    finished_at: datetime | None = None
    reason: str = ""
    fetched: int
    not_modified: int
    items: int
    created: int
    updated: int
    unchanged: int
    removed: int
    rejected: int


class SourceDocument(Schema):
    """Where data comes from and how fresh it is."""

    name: str = Field(examples=["iso"])
    url: str
    title: Bilingual
    publisher: str
    licence: str
    licence_url: str
    human_url: str
    data_url: str
    frequency: str
    verification: Literal["recorded", "documented"]
    enabled: bool
    configured: bool = Field(description="False while the key that the publisher asks for is not set here.")
    last_success: datetime | None = Field(default=None, description="When it was last read without a failure.")


class SourceDetail(SourceDocument):
    """A source with its latest runs."""

    records: int = Field(description="Records that it states something about.")
    runs: list[RunDocument]
