"""The lists as pages: what is on them, filtered, sorted and in pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from content.paging import Record, paged
from content.provenance.models import Snapshot
from content.reach.models import ListEntry, Substance
from content.reach.numbers import read

PER_PAGE = 50
MAX_QUERY = 200
SORTS = {
    "newest": (_("Newest first"), ("-included", "substance__name", "pk")),
    "name": (_("Name"), ("substance__name", "pk")),
    "sunset": (_("Sunset date"), ("sunset", "substance__name", "pk")),
}
SOURCES = {
    ListEntry.List.CANDIDATE: "echa_candidate",
    ListEntry.List.AUTHORISATION: "echa_authorisation",
    ListEntry.List.RESTRICTION: "echa_restriction",
}


@dataclass(frozen=True, slots=True)
class HeldList:
    """A list as it is held: ``newest`` is its latest date of inclusion, ``as_of`` the day of the export."""

    code: str
    label: str
    size: int
    newest: str
    as_of: date | None
    source: str


def listed() -> QuerySet[ListEntry]:
    """Entries as they stand now."""
    return ListEntry.objects.filter(missing_since__isnull=True, substance__hidden_at__isnull=True)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The entries of one list or of all."""
    list_name, sort, query = (request.GET.get(name, "") for name in ("list", "sort", "q"))
    if list_name and list_name not in ListEntry.List.values:
        raise BadRequest("list")
    if sort and sort not in SORTS:
        raise BadRequest("sort")
    query = query.strip()[:MAX_QUERY].replace("\x00", "")
    entries = (
        listed().select_related("substance").prefetch_related("substance__numbers").annotate(size=Count("members"))
    )
    if list_name:
        entries = entries.filter(list_name=list_name)
    if query:
        entries = entries.filter(matching(query))
    if sort == "sunset":
        entries = entries.exclude(sunset="")
    kept = {name: value for name, value in (("list", list_name), ("q", query)) if value}
    context = page_of(request, entries.order_by(*SORTS[sort or "newest"][1]), PER_PAGE) | {
        "lists": lists_held(),
        "list_name": list_name,
        "query": query,
        "sorts": [(code, label, urlencode(kept | {"sort": code})) for code, (label, _order) in SORTS.items()],
        "sort": sort or "newest",
        "here": gettext("REACH lists"),
    }
    return render(request, "reach/index.html", context)


def page_of(request: HttpRequest, records: QuerySet[Record], per_page: int) -> dict[str, Any]:
    """As ``paged``; a number of a page that is no number is refused. Raises BadRequest, Http404."""
    try:
        int(request.GET.get("page", "1"))
    except ValueError as error:
        raise BadRequest("page") from error
    return paged(request, records, per_page)


def matching(query: str) -> Q:
    """By number in any spelling, by words of the name, and groups by their members."""
    number = read(query)
    if number is not None:
        own = Q(substance__numbers__value=number.value)
        return own | Q(pk__in=listed().filter(members__numbers__value=number.value).values("pk"))
    condition = Q()
    for word in query.split()[:8]:
        own = Q(substance__in=Substance.objects.filter(_worded(word)).values("pk"))
        condition &= own | Q(pk__in=listed().filter(members__name__icontains=word).values("pk"))
    return condition


def named(query: str) -> Q:
    """Substances by number in any spelling, or by words of their names."""
    number = read(query)
    if number is not None:
        return Q(numbers__value=number.value)
    condition = Q()
    for word in query.replace("\x00", "").split()[:8]:
        condition &= _worded(word)
    return condition


def _worded(word: str) -> Q:
    return Q(name__icontains=word) | Q(name_zh__icontains=word) | Q(synonyms__icontains=word)


def lists_held() -> list[HeldList]:
    """Every list with its size, its newest entry, and when it was last read. Two queries."""
    counts: dict[str, dict[str, Any]] = {
        row["list_name"]: dict(row)
        for row in listed().order_by().values("list_name").annotate(size=Count("pk"), newest=Max("included"))
    }
    last = Snapshot.objects.filter(run__source__in=SOURCES.values()).order_by().values("run__source")
    snapshots = Snapshot.objects.filter(pk__in=last.annotate(last=Max("pk")).values("last"))
    as_of = {source: _day(modified, at) for source, modified, at in snapshots.values_list(*_SNAPSHOT)}
    return [
        HeldList(
            one.value,
            str(one.label),
            counts.get(one.value, {}).get("size", 0),
            counts.get(one.value, {}).get("newest", ""),
            as_of.get(SOURCES[one]),
            SOURCES[one],
        )
        for one in ListEntry.List
    ]


_SNAPSHOT = ("run__source", "last_modified", "fetched_at")


def _day(modified: str, fetched: datetime) -> date:
    """When the publisher last changed the document, else when it was fetched."""
    try:
        return parsedate_to_datetime(modified).date()
    except ValueError:
        return timezone.localdate(fetched)
