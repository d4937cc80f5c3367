"""Shapes of the designation services in the API."""

from __future__ import annotations

from typing import Annotated

from annotated_types import Len
from ninja import Field, Schema

from content.standards.schemas import StandardReference

MAX_BATCH = 1000
"""Texts in one request."""

Batch = Annotated[
    list[str],
    Len(max_length=MAX_BATCH),
    Field(description="Designations in any spelling.", examples=[["gbt19001-2016", "ISO 9001:2015"]]),
]


class SupplementDocument(Schema):
    """An amendment, corrigendum or addendum (修改单、勘误、补充件) named in a designation."""

    kind: str = Field(examples=["Amd"])
    number: str = Field(examples=["1"])
    year: int | None = None
    included: bool = Field(description="The text with the change worked in (`+A1`), not the change alone (`/A1`).")


class DesignationDocument(Schema):
    """A designation taken apart."""

    canonical: str = Field(description="As its publisher prints it.", examples=["GB/T 19001-2016"])
    slug: str = Field(examples=["gb-t-19001-2016"])
    undated_slug: str = Field(examples=["gb-t-19001"])
    publisher: str = Field(examples=["GB"])
    doctype: str = Field(description="The mark of the type as printed: `T`, `TS`, `TR`, `Guide`.", examples=["T"])
    kind: str = Field(description="The type in one word.", examples=["standard"])
    number: str = Field(examples=["19001"])
    part: str = ""
    year: int | None = Field(default=None, examples=[2016])
    month: int | None = None
    edition: str = ""
    stage: str = ""
    all_parts: bool = Field(default=False, description="“(all parts)”, “（所有部分）”.")
    supplements: list[SupplementDocument] = []
    adopted: str | None = Field(default=None, description="The designation written inside it (BS EN **ISO 9001**).")
    dual: str | None = Field(
        default=None,
        description="The other half of a dual number (GB/T 7939-2008/**ISO 6605:2002**, ISO 707|**IDF 50**).",
    )


class DesignationFault(Schema):
    """Why a text is no designation."""

    code: str = Field(examples=["unknown-publisher"])
    message: str = Field(description="In the language of the request.")
    rest: str = Field(default="", description="What follows the designation and is no part of it.")


class ParsedDocument(Schema):
    """One text and what it is: either `designation` or `fault` is set."""

    text: str = Field(description="The text, cut after 200 characters.", examples=["gbt19001-2016"])
    designation: DesignationDocument | None = None
    fault: DesignationFault | None = None


class ResolvedDocument(Schema):
    """A designation and the records that answer it."""

    designation: DesignationDocument
    record: StandardReference | None = Field(description="The edition named; without a year, the one it means today.")
    in_force: StandardReference | None = Field(description="What to use today, if anything is in force.")
    successors: list[StandardReference] = Field(description="What took its place, nearest first, through any chain.")
    editions: list[StandardReference] = Field(description="All editions held of this standard, newest first.")
