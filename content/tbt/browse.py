"""The list of notifications: filtered, sorted, in pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from content.paging import paged
from content.tbt import codes, members, wording
from content.tbt.models import Notification, NotificationQuerySet, Product, Wording
from content.tbt.symbols import read

PER_PAGE = 50
MAX_QUERY = 200
MAX_WORDS = 8
SORTS = {
    "newest": (gettext_lazy("Newest first"), ("-circulated", "symbol")),
    "oldest": (gettext_lazy("Oldest first"), ("circulated", "symbol")),
    "deadline": (gettext_lazy("Final date for comments"), ("deadline", "symbol")),
}
OPEN, CLOSED = "open", "closed"
_YEAR = re.compile(r"(19|20)\d{2}")
_MEMBER = re.compile(r"[A-Za-z]{2,4}")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a list is narrowed by; empty means any. Checked where it is made."""

    member: str = ""
    comments: str = ""
    """``open`` or ``closed``."""
    hs: str = ""
    ics: str = ""
    kind: str = ""
    year: str = ""
    query: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        """As an address has them."""
        named = {
            "member": self.member,
            "comments": self.comments,
            "hs": self.hs,
            "ics": self.ics,
            "kind": self.kind,
            "year": self.year,
            "q": self.query,
        }
        return {name: value for name, value in named.items() if value}

    @property
    def followed(self) -> str:
        """What a feed can be narrowed by, as the query of its address with its question mark; empty for all."""
        kept = {name: value for name, value in self.parameters.items() if name in ("member", "hs", "ics")}
        return f"?{urlencode(kept)}" if kept else ""


def choice_of(request: HttpRequest) -> Choice:
    """What an address asks for. Raises BadRequest with a sentence for the reader."""
    asked = {name: request.GET.get(name, "").strip() for name in ("comments", "kind", "year", "q")}
    choice = products_of(request)
    if asked["comments"] not in ("", OPEN, CLOSED):
        raise BadRequest(_("The comment period is open or closed."))
    if asked["kind"] and asked["kind"] not in Notification.Kind.values:
        raise BadRequest(_("A kind is one of %(kinds)s.") % {"kinds": ", ".join(Notification.Kind.values)})
    if asked["year"] and not _YEAR.fullmatch(asked["year"]):
        raise BadRequest(_("A year has four digits, such as 2024."))
    if "\0" in asked["q"]:
        raise BadRequest(_("A title has no such characters."))
    return replace(
        choice, comments=asked["comments"], kind=asked["kind"], year=asked["year"], query=asked["q"][:MAX_QUERY]
    )


def products_of(request: HttpRequest) -> Choice:
    """Member and product classes of an address, which a list, a feed and a calendar have. Raises BadRequest."""
    member, hs, ics = (request.GET.get(name, "").strip() for name in ("member", "hs", "ics"))
    if member and not _MEMBER.fullmatch(member):
        raise BadRequest(_("A Member is named by its code in symbols, such as EU or CHN."))
    if hs and (code := codes.hs(hs)) is None:
        raise BadRequest(_("An HS code has two, four or six digits, such as 9503."))
    if ics and codes.ics(ics) is None:
        raise BadRequest(_("An ICS code is written like 97.200 or 97.200.50."))
    return Choice(member=member.upper(), hs=code or "" if hs else "", ics=ics)


def matching(choice: Choice, today: date) -> NotificationQuerySet:
    """Public notifications that pass every filter."""
    found = Notification.objects.public()
    if choice.member:
        found = found.filter(member=choice.member)
    if choice.kind:
        found = found.filter(kind=choice.kind)
    if choice.year:
        found = found.filter(circulated__startswith=choice.year)
    for system, code in (("hs", choice.hs), ("ics", choice.ics)):
        if code:
            covered = Product.objects.filter(notification=OuterRef("pk"), system=system, code=code)
            found = found.filter(Exists(covered))
    if choice.comments:
        found = found.filter(open_on(today)) if choice.comments == OPEN else found.filter(closed_on(today))
    for word in choice.query.split()[:MAX_WORDS]:
        worded = Wording.objects.filter(notification=OuterRef("pk")).filter(
            Q(title__icontains=word) | Q(products__icontains=word)
        )
        found = found.filter(Exists(worded) | Q(symbol__icontains=word))
    return found


def open_on(today: date) -> Q:
    """Comments can still be made. A deadline of a whole month or year ends with it."""
    day = today.isoformat()
    return Q(deadline__gte=day) | Q(deadline__in=[day[:7], day[:4]])


def closed_on(today: date) -> Q:
    """The final date for comments has passed; where none is known, nothing can be said."""
    day = today.isoformat()
    return Q(deadline__gt="", deadline__lt=day) & ~Q(deadline__in=[day[:7], day[:4]])


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A page of the list; a symbol typed in full leads to its page."""
    choice = choice_of(request)
    if (symbol := read(choice.query)) is not None:
        return redirect("tbt:detail", symbol.slug)
    sort = request.GET.get("sort", "newest")
    if sort not in SORTS:
        raise BadRequest(_("Sort is one of newest, oldest, deadline."))
    today = timezone.localdate()
    found = matching(choice, today).prefetch_related("wordings")
    if sort == "deadline":
        found = found.exclude(deadline="")
    context = paged(request, found.order_by(*SORTS[sort][1]), PER_PAGE) | {
        "choice": choice,
        "chosen": bool(choice.parameters),
        "members": notifying_members(),
        "kinds": Notification.Kind.choices,
        "sort": sort,
        "sorts": [(code, label) for code, (label, _order) in SORTS.items()],
        "here": _("TBT notifications"),
        "json_url": f"{reverse('api:list_notifications')}?{urlencode(choice.parameters)}",
        "today": today,
    }
    return render(request, "tbt/index.html", context)


def notifying_members() -> list[tuple[str, str, int]]:
    """Code, name in the reader's language and number of public notifications, those with most first. One query."""
    rows = Notification.objects.public().order_by().values_list("member").annotate(size=Count("pk"))
    language = wording.reader()
    found = sorted(rows, key=lambda row: (-row[1], row[0]))
    return [(code, members.name(code, language), size) for code, size in found]
