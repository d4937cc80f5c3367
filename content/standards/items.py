"""What a crawler hands over: one statement of one source about one standard, typed and bounded at the edge."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

PartialDate = Annotated[str, StringConstraints(pattern=r"^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$")]
"""``""``, ``2015``, ``2015-09`` or ``2015-09-15``."""
STORABLE = r"^[^\x00]*$"
"""Text that every database holds: one NUL would have a whole batch refused."""
Title = Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True, pattern=STORABLE)]
Name = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True, min_length=1, pattern=STORABLE)]
Key = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True, min_length=1, pattern=STORABLE)]
Url = Annotated[str, StringConstraints(max_length=500, pattern=r"^(https?://[^\s]+)?$")]

StatusCode = Literal["draft", "upcoming", "in_force", "superseded", "withdrawn", "unknown"]
RelationKind = Literal[
    "replaces",
    "replaced_by",
    "partly_replaces",
    "partly_replaced_by",
    "amends",
    "corrects",
    "consolidates",
    "adopts",
    "references",
    "part_of",
]


class Item(BaseModel):
    """Unknown fields are an error: a parser that reads something new must say so."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class RelationItem(Item):
    """``designation`` is the target's, as the source writes it."""

    kind: RelationKind
    designation: Name
    degree: Literal["", "IDT", "MOD", "NEQ"] = ""


class FileItem(Item):
    """A file to fetch; ``access`` says who may read it (full text, preview)."""

    url: Url
    access: Literal["full_text", "preview"]
    media_type: Annotated[str, StringConstraints(max_length=100, pattern=r"^[\w.+-]+/[\w.+-]+$")] = "application/pdf"
    language: Annotated[str, StringConstraints(max_length=10, pattern=r"^[A-Za-z-]*$")] = ""


class StandardItem(Item):
    """One edition as one source describes it. A field left empty means that the source does not say."""

    key: Key
    """The source's own stable key (ISO deliverable id, hcno …)."""
    url: Url
    """The page a reader can check."""
    designation: Name
    """As published; the store makes it canonical and rejects what is no designation."""
    title_zh: Title = ""
    title_en: Title = ""
    title_fr: Title = ""
    scope: Annotated[str, StringConstraints(max_length=20_000, pattern=STORABLE)] = ""
    edition: Annotated[str, StringConstraints(max_length=20)] = ""
    kind: Annotated[str, StringConstraints(max_length=40)] = ""
    """Only where the source knows better than the designation tells."""
    status: StatusCode
    stage: Annotated[str, StringConstraints(max_length=20)] = ""
    published: PartialDate = ""
    effective: PartialDate = ""
    withdrawn: PartialDate = ""
    ics: tuple[Annotated[str, StringConstraints(pattern=r"^\d{2}(\.\d{3}(\.\d{2})?)?$")], ...] = ()
    ccs: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z](\d{2}(/\d{2})?)?$")], ...] = ()
    committee: Annotated[str, StringConstraints(max_length=200, pattern=STORABLE)] = ""
    committee_title: Annotated[str, StringConstraints(max_length=300, pattern=STORABLE)] = ""
    responsible: tuple[Name, ...] = ()
    drafters: tuple[Name, ...] = ()
    languages: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")], ...] = ()
    pages: Annotated[int, Field(ge=1, le=100_000)] | None = None
    price_class: Annotated[str, StringConstraints(max_length=20)] = ""
    relations: tuple[RelationItem, ...] = ()
    files: tuple[FileItem, ...] = ()
