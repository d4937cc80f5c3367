"""The parameters of a search, as a reader or a program may give them; all of them are hostile until checked here."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from search.selection import Comments, Selection

MAX_QUERY = 500
"""Characters of a query. A designation with its full title has 200; longer texts are pasted by mistake."""
MAX_VALUES = 50
"""Values of one filter."""
MAX_SIZE = 100
WINDOW = 10_000
"""Results that can be reached by page number; beyond, by cursor (``after``)."""
DEFAULT_SIZE = 20


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    DESIGNATION = "designation"
    UPDATED = "updated"
    DEADLINE = "deadline"


_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


def _first_day(value: Any) -> Any:
    """``2015``, ``2015-09`` or ``2015-09-15`` as its first day."""
    return _day(value, last=False)


def _last_day(value: Any) -> Any:
    """The same as its last day, so that ``to=2015`` takes in all of 2015."""
    return _day(value, last=True)


def _day(value: Any, *, last: bool) -> Any:
    if not isinstance(value, str):
        return value
    match = _DAY.fullmatch(value.strip())
    if not match:
        raise ValueError("not a date")
    year, month, day = int(match[1]), int(match[2] or (12 if last else 1)), match[3]
    if not day and last and 1 <= month <= 12 and year:
        return date(year, month, monthrange(year, month)[1])
    return date(year, month, int(day or 1))


def _once(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))


_Many = [Field(max_length=MAX_VALUES), AfterValidator(_once)]
_Status = Literal["in_force", "upcoming", "superseded", "withdrawn", "draft", "unknown"]
_Access = Literal["full_text", "preview", "record_only"]
_Code = Annotated[str, StringConstraints(pattern=r"^[a-z_-]{1,40}$")]
_Codes = Annotated[tuple[_Code, ...], *_Many]
_BodyCode = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,40}$")]
_IcsCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}(\.[0-9]{3}(\.[0-9]{2})?)?$")]
_CcsCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]([0-9]{2}(/[0-9]{2})?)?$")]
_MemberCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,4}$")]
_Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
_Year = Annotated[int, Field(ge=1000, le=9999)]


class SearchParams(BaseModel):
    """One checked search. Values of one filter are alternatives; filters must all hold."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    q: Annotated[str, StringConstraints(max_length=MAX_QUERY)] = ""
    type: _Codes = ()
    status: Annotated[tuple[_Status, ...], *_Many] = ()
    body: Annotated[tuple[_BodyCode, ...], *_Many] = ()
    ics: Annotated[tuple[_IcsCode, ...], *_Many] = ()
    ccs: Annotated[tuple[_CcsCode, ...], *_Many] = ()
    year: Annotated[tuple[_Year, ...], *_Many] = ()
    kind: _Codes = ()
    language: Annotated[tuple[_Language, ...], *_Many] = ()
    access: Annotated[tuple[_Access, ...], *_Many] = ()
    member: Annotated[tuple[_MemberCode, ...], *_Many] = ()
    comments: Comments | None = None
    """Of notifications: whether comments are still taken, today."""
    published_from: Annotated[date | None, BeforeValidator(_first_day)] = Field(None, alias="from")
    """First day of publication."""
    published_to: Annotated[date | None, BeforeValidator(_last_day)] = Field(None, alias="to")
    """Last day of publication, itself included."""
    on: Annotated[date | None, BeforeValidator(_first_day)] = None
    """The day on which it was, or will be, in force."""
    sort: Sort = Sort.RELEVANCE
    page: Annotated[int, Field(ge=1, le=WINDOW)] = 1
    size: Annotated[int, Field(ge=1, le=MAX_SIZE)] = DEFAULT_SIZE
    after: Annotated[str, StringConstraints(max_length=1000, pattern=r"^[\x21-\x7e]*$")] = ""

    @property
    def filters(self) -> dict[str, tuple[str | int, ...]]:
        """Facet filters that are set: parameter name → values."""
        return {name: values for name in FILTERS if (values := getattr(self, name))}

    @property
    def selection(self) -> Selection:
        """The part that a plan takes."""
        return Selection(
            filters=self.filters,
            published_from=self.published_from,
            published_before=self.day_after_published_to,
            on=self.on,
            comments=self.comments,
            today=timezone.localdate(),
            sort=self.sort,
            offset=0 if self.after else (self.page - 1) * self.size,
            size=self.size,
            after=self.after,
        )

    @property
    def day_after_published_to(self) -> date | None:
        """``published_to`` as the open end of a range."""
        if self.published_to is None or self.published_to == date.max:
            return None
        return self.published_to + timedelta(days=1)

    def query(self, **changes: Any) -> str:
        """This search as a query string, with fields changed; unless it is what changes, the page starts at 1 again."""
        wanted = self.model_copy(update={"page": 1, "after": "", **changes})
        pairs: list[tuple[str, str]] = []
        for name, info in type(self).model_fields.items():
            value = getattr(wanted, name)
            if value == info.default:
                continue
            for one in value if isinstance(value, tuple) else (value,):
                pairs.append((info.alias or name, one.isoformat() if isinstance(one, date) else str(one)))
        return urlencode(pairs)

    def without(self, *names: str) -> SearchParams:
        """This search without some of its filters or dates, from its first page."""
        cleared = {
            field: info.default for field, info in type(self).model_fields.items() if (info.alias or field) in names
        }
        return self.model_copy(update={"page": 1, "after": "", **cleared})


FILTERS: tuple[str, ...] = ("type", "status", "body", "ics", "ccs", "year", "kind", "language", "access", "member")
_SINGLE = ("q", "from", "to", "on", "comments", "sort", "page", "size", "after")

_RULES: dict[str, str | Promise] = {
    "q": _("The query is too long: at most 500 characters."),
    "type": _("A record type is a lower-case word, such as standard."),
    "status": _("A status is one of in_force, upcoming, superseded, withdrawn, draft, unknown."),
    "body": _("A body is the code in its designations, such as ISO or GB/T."),
    "ics": _("An ICS class looks like 03, 03.120 or 03.120.10."),
    "ccs": _("A CCS class looks like A, A00 or A00/09."),
    "year": _("A year has four digits."),
    "kind": _("A kind is a lower-case word, such as amendment."),
    "language": _("A language is a two-letter code, such as zh or en."),
    "access": _("Access is one of full_text, preview, record_only."),
    "member": _("A Member is named by its code in symbols, such as EU or CHN."),
    "comments": _("Comments are one of open, 7, 30, over."),
    "from": _("A date is YYYY, YYYY-MM or YYYY-MM-DD."),
    "to": _("A date is YYYY, YYYY-MM or YYYY-MM-DD."),
    "on": _("A date is YYYY, YYYY-MM or YYYY-MM-DD."),
    "sort": _("Sort is one of relevance, newest, oldest, designation, updated, deadline."),
    "page": _("The page is a whole number from 1, within the first 10,000 results; go on with after."),
    "size": _("The size is a whole number from 1 to 100."),
    "after": _("That is no cursor of an earlier answer."),
}
_REVERSED = _("The first date lies after the last.")


class InvalidParams(ValueError):
    """Parameters that cannot be searched with. ``errors``: (parameter, what it accepts, as a translatable text)."""

    def __init__(self, errors: Sequence[tuple[str, str | Promise]]) -> None:
        super().__init__("; ".join(f"{name}: {rule}" for name, rule in errors))
        self.errors = tuple(errors)


def invalid(name: str) -> InvalidParams:
    """The error of one parameter, for what only a search can find out."""
    return InvalidParams([(name, _RULES[name])])


def parse(given: Mapping[str, Sequence[str]]) -> SearchParams:
    """Check a query string, as ``dict(request.GET.lists())`` gives it.

    Empty values are taken as not given, since forms send them; parameters that are not ours are left alone, since
    links from elsewhere carry trackers.

    Raises ``InvalidParams`` with one entry for each parameter that is wrong.
    """
    values: dict[str, Any] = {}
    for name in (*_SINGLE, *FILTERS):
        texts = [text.strip() for text in given.get(name, ()) if text.strip()]
        if texts:
            values[name] = texts[-1] if name in _SINGLE else tuple(texts)
    try:
        params = SearchParams.model_validate(values)
    except ValidationError as error:
        wrong = dict.fromkeys(str(item["loc"][0]) for item in error.errors())
        raise InvalidParams([(name, _RULES[name]) for name in wrong]) from error
    errors: list[tuple[str, str | Promise]] = []
    if params.page * params.size > WINDOW and not params.after:
        errors.append(("page", _RULES["page"]))
    if params.published_from and params.published_to and params.published_from > params.published_to:
        errors.append(("from", _REVERSED))
    if errors:
        raise InvalidParams(errors)
    return params
