"""What a crawler hands over: one notification as one source gives it, typed and bounded at the edge.

The fields are those of the notification formats that G/TBT/35 sets out (https://docs.wto.org, G/TBT/35 and its
revisions, annex 1): points 1 to 11 of a notification, and the boxes of an addendum.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from content.tbt import symbols

STORABLE = r"^[^\x00]*$"
"""Text that every database holds: one NUL would have a whole batch refused."""
PartialDate = Annotated[
    str, StringConstraints(pattern=r"^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$", max_length=10)
]
"""``2015``, ``2015-09``, ``2015-09-15`` or empty."""
Key = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True, min_length=1, pattern=STORABLE)]
Line = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True, pattern=STORABLE)]
Title = Annotated[str, StringConstraints(max_length=2_000, strip_whitespace=True, pattern=STORABLE)]
Text = Annotated[str, StringConstraints(max_length=20_000, strip_whitespace=True, pattern=STORABLE)]
Url = Annotated[str, StringConstraints(max_length=500, pattern=r"^https?://[^\s]+$")]
Code = Annotated[str, StringConstraints(max_length=20, pattern=STORABLE)]
Language = Literal["zh", "en", "fr", "es"]
EventKind = Literal[
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
"""Boxes of an addendum (补遗), "Reason for Addendum"."""


def _tbt_symbol(text: str) -> str:
    symbol = symbols.read(text)
    if symbol is None or not symbol.is_tbt or symbol.canonical != text:
        raise ValueError("no symbol of a TBT notification in its canonical form")
    return text


class Strict(BaseModel):
    """Unknown fields are an error: a parser that reads something new must say so."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class EventItem(Strict):
    """A box that an addendum ticks: what happened to the measure, on which day, where its text is."""

    kind: EventKind
    date: PartialDate = ""
    stated: Line = ""
    """The date as written, where it is no date."""
    urls: Annotated[tuple[Url, ...], Field(max_length=20)] = ()
    note: Line = ""


class NotificationItem(Strict):
    """One document of one notification. A field left empty means that the source does not say."""

    key: Key
    """The source's own stable key."""
    url: Url
    """The page a reader can check."""
    symbol: Annotated[str, StringConstraints(max_length=60), AfterValidator(_tbt_symbol)]
    """``G/TBT/N/EU/1024/Add.1``."""
    language: Language
    """Of the texts below."""
    circulated: PartialDate = ""
    """When the Secretariat circulated it (分发日期)."""
    number: Annotated[str, StringConstraints(max_length=20, pattern=STORABLE)] = ""
    """The WTO's running number of documents, ``23-6049``."""
    agency: Title = ""
    """Point 2, agency responsible (负责机构)."""
    articles: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    """Point 3, articles notified under, such as ``2.9.2``."""
    products: Text = ""
    """Point 4, products covered (覆盖的产品)."""
    hs: Annotated[tuple[Code, ...], Field(max_length=500)] = ()
    """Codes as the source states them; ``content.tbt.codes`` sorts them out."""
    ics: Annotated[tuple[Code, ...], Field(max_length=500)] = ()
    title: Title = ""
    """Point 5, title of the notified document."""
    pages: Annotated[tuple[Annotated[int, Field(ge=0, le=100_000)], ...], Field(max_length=20)] = ()
    languages: Annotated[
        tuple[Annotated[str, StringConstraints(max_length=60, pattern=STORABLE)], ...], Field(max_length=20)
    ] = ()
    """Languages of the notified document, ISO 639-1 codes where they are known."""
    description: Text = ""
    """Point 6, description of content (内容简述)."""
    objective: Text = ""
    """Point 7, objective and rationale (目标与理由)."""
    relevant: Text = ""
    """Point 8, relevant documents (相关文件)."""
    adoption: Line = ""
    """Point 9, proposed date of adoption (拟批准日期), as written; ``content.tbt.dates`` reads it."""
    entry: Line = ""
    """Point 9, proposed date of entry into force (拟生效日期), as written."""
    comments: Line = ""
    """Point 10, final date for comments (提意见截止日期), as written."""
    available: Text = ""
    """Point 11, texts available from (文本可从以下机构得到)."""
    documents: Annotated[tuple[Url, ...], Field(max_length=50)] = ()
    """Files of the notified document."""
    form: Url | Literal[""] = ""
    """The notification's own document at the WTO."""
    events: Annotated[tuple[EventItem, ...], Field(max_length=20)] = ()
