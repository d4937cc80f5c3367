"""What a crawler hands over: one version of one regulation as one source gives it, typed and bounded at the edge."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

STORABLE = r"^[^\x00]*$"
"""Text that every database holds: one NUL would have a whole batch refused."""
Day = Annotated[str, StringConstraints(pattern=r"^(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$")]
"""``2015-09-15`` or empty."""
Title = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True, pattern=STORABLE)]
Name = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True, min_length=1, pattern=STORABLE)]
Key = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True, min_length=1, pattern=STORABLE)]
Short = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True, pattern=STORABLE)]
Url = Annotated[str, StringConstraints(max_length=500, pattern=r"^https?://[^\s]+$")]
Anchor = Annotated[str, StringConstraints(max_length=120, pattern=r"^[a-z][a-z0-9_-]*$")]

Kind = Literal["law", "administrative", "departmental", "local", "judicial", "announcement", "foreign", "other"]
Validity = Literal["", "in_force", "amended", "upcoming", "repealed"]
StageKind = Literal["adopted", "approved", "promulgated", "effective", "revised", "amended", "repealed", "noted"]
UnitKind = Literal["part", "subpart", "chapter", "section", "article", "item", "annex", "heading", "text"]


class Item(BaseModel):
    """Unknown fields are an error: a parser that reads something new must say so."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StageItem(Item):
    """How one version came about: its day, the days by which it is also named, the act that made it."""

    kind: StageKind
    date: Day
    dates: tuple[Day, ...] = ()
    effective: Day = ""
    number: Short = ""
    by: Title = ""


class UnitItem(Item):
    """A part of the text (see ``content.regulations.text.structure.Unit``)."""

    kind: UnitKind
    anchor: Anchor
    number: Annotated[str, StringConstraints(max_length=20)] = ""
    label: Annotated[str, StringConstraints(max_length=100, pattern=STORABLE)] = ""
    heading: Annotated[str, StringConstraints(max_length=2000, pattern=STORABLE)] = ""
    text: Annotated[str, StringConstraints(max_length=500_000, pattern=STORABLE)] = ""


class CitationItem(Item):
    """A standard or another regulation that the text names; ``key`` is its slug, or its title as titles are matched."""

    kind: Literal["standard", "regulation"]
    name: Name
    key: Name
    places: Annotated[tuple[Anchor, ...], Field(max_length=20)] = ()


class RegulationItem(Item):
    """One version of one act. A field left empty means that the source does not say."""

    key: Key
    """The source's own stable key."""
    url: Url
    """The page a reader can check."""
    match: Annotated[str, StringConstraints(max_length=300, pattern=STORABLE)] = ""
    """What is the same in all versions of the act; empty: its title, as titles are matched."""
    kind: Kind
    title: Name
    title_en: Title = ""
    language: Literal["zh", "en"] = "zh"
    number: Short = ""
    """文号, or CELEX."""
    eli: Annotated[str, StringConstraints(max_length=300, pattern=STORABLE)] = ""
    body: Annotated[str, StringConstraints(max_length=300, strip_whitespace=True, pattern=STORABLE)] = ""
    published: Day = ""
    """When this version was made public; names it."""
    effective: Day = ""
    """When this version entered or enters into force."""
    expired: Day = ""
    """When the act ceased to be in force."""
    validity: Validity = ""
    stages: Annotated[tuple[StageItem, ...], Field(max_length=100)] = ()
    """The versions that the source tells of, the oldest first; the last one is this."""
    articles: Annotated[int, Field(ge=0, le=100_000)] | None = None
    cites: Annotated[tuple[CitationItem, ...], Field(max_length=2_000)] = ()
    repeals: Annotated[tuple[Name, ...], Field(max_length=500)] = ()
    """Titles of the acts that end with this one."""
    repeals_from: Day = ""
    oddities: Annotated[tuple[Short, ...], Field(max_length=100)] = ()
    """What is odd about the text at the source, such as a number of an article that is left out."""
    note: Annotated[str, StringConstraints(max_length=20_000, pattern=STORABLE)] = ""
    """What stands below the title, as written; belongs to the text."""
    units: Annotated[tuple[UnitItem, ...], Field(max_length=20_000)] = ()
    """The text; empty where only facts are known."""
