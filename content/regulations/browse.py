"""The list of regulations: filtered, sorted, in pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from content.paging import paged
from content.regulations.models import Kind, Regulation, Validity, Version
from content.regulations.models.regulations import RegulationQuerySet

PER_PAGE = 50
MAX_QUERY = 200
MAX_WORDS = 8
MAX_BODIES = 300
SORTS = {
    "newest": (gettext_lazy("Newest first"), ("-amended", "title", "pk")),
    "oldest": (gettext_lazy("Oldest first"), ("published", "title", "pk")),
    "title": (gettext_lazy("Title"), ("title", "pk")),
}
_YEAR = re.compile(r"(1[89]|20)\d{2}")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a list is narrowed by; empty means any. Checked where it is made."""

    kind: str = ""
    validity: str = ""
    body: str = ""
    year: str = ""
    query: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        """As an address has them."""
        named = {"kind": self.kind, "validity": self.validity, "body": self.body, "year": self.year, "q": self.query}
        return {name: value for name, value in named.items() if value}


def choice_of(request: HttpRequest) -> Choice:
    """What an address asks for. Raises BadRequest with a sentence for the reader."""
    kind, validity, body, year, query = (
        request.GET.get(name, "").strip() for name in ("kind", "validity", "body", "year", "q")
    )
    if kind and kind not in Kind.values:
        raise BadRequest(_("A kind is one of %(kinds)s.") % {"kinds": ", ".join(Kind.values)})
    if validity and validity not in Validity.values:
        raise BadRequest(_("A validity is one of %(values)s.") % {"values": ", ".join(Validity.values)})
    if len(body) > 300 or "\0" in body:
        raise BadRequest(_("An issuing body is its name, of 300 characters at most."))
    if year and not _YEAR.fullmatch(year):
        raise BadRequest(_("A year has four digits, such as 2024."))
    if "\0" in query:
        raise BadRequest(_("A title has no such characters."))
    return Choice(kind, validity, body, year, query[:MAX_QUERY])


def matching(choice: Choice) -> RegulationQuerySet:
    """Public acts that pass every filter.

    ``amended`` stands for acts that have versions which are no longer in force; what an act is today is never that,
    unless its source says so.
    """
    found = Regulation.objects.public()
    if choice.kind:
        found = found.filter(kind=choice.kind)
    if choice.validity == Validity.AMENDED:
        amended = Version.objects.filter(regulation=OuterRef("pk"), validity=Validity.AMENDED)
        found = found.filter(Exists(amended))
    elif choice.validity:
        found = found.filter(validity=choice.validity)
    if choice.body:
        found = found.filter(body=choice.body)
    if choice.year:
        found = found.filter(Q(published__startswith=choice.year) | Q(amended__startswith=choice.year))
    for word in choice.query.split()[:MAX_WORDS]:
        titled = Q(title__icontains=word) | Q(title_en__icontains=word) | Q(title_zh__icontains=word)
        found = found.filter(titled | Q(number__icontains=word))
    return found


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A page of the list."""
    choice = choice_of(request)
    sort = request.GET.get("sort", "newest")
    if sort not in SORTS:
        raise BadRequest(_("Sort is one of newest, oldest, title."))
    context = paged(request, matching(choice).order_by(*SORTS[sort][1]), PER_PAGE) | {
        "choice": choice,
        "chosen": bool(choice.parameters),
        "kinds": Kind.choices,
        "validities": Validity.choices,
        "bodies": bodies(),
        "sort": sort,
        "sorts": [(code, label) for code, (label, _order) in SORTS.items()],
        "here": _("Regulations"),
        "json_url": f"{reverse('api:list_regulations')}?{urlencode(choice.parameters)}",
    }
    return render(request, "regulations/index.html", context)


def bodies() -> list[str]:
    """Issuing bodies by the number of their public acts, those with most first. One query."""
    rows: QuerySet[Regulation, str] = (
        Regulation.objects.public()
        .exclude(body="")
        .values("body")
        .annotate(size=Count("pk"))
        .order_by("-size", "body")
        .values_list("body", flat=True)
    )
    return list(rows[:MAX_BODIES])
