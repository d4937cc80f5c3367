"""Pages of a notification: itself, its data, its days as a calendar."""

from __future__ import annotations

import orjson
from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.calendars import calendar_response
from content.provenance.gone import gone_document, gone_page
from content.tbt import calendars, documents, members, wording
from content.tbt.detail import load, thread_of
from content.tbt.models import Notification
from content.tbt.official import wto_documents
from content.tbt.symbols import Symbol, read


class Gone(Exception):
    """The record is withdrawn from public view."""

    def __init__(self, one: Notification) -> None:
        super().__init__(one.slug)
        self.notification = one


class NotHeld(Exception):
    """A symbol that is one, but of no notification held here."""

    def __init__(self, symbol: Symbol) -> None:
        super().__init__(symbol.canonical)
        self.symbol = symbol


def find(slug: str) -> Notification:
    """The public record under a symbol's slug, or any spelling of it. Raises Gone, NotHeld, Http404."""
    symbol = read(slug)
    if symbol is None:
        raise Http404(slug)
    one = Notification.objects.prefetch_related("wordings").filter(slug=symbol.slug).first()
    if one is None:
        raise NotHeld(symbol)
    if one.hidden_at is not None:
        raise Gone(one)
    return one


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A notification with its thread, or what can be said of a symbol that is not held."""
    symbol = read(slug)
    if symbol is not None and symbol.slug != slug:
        return HttpResponsePermanentRedirect(reverse("tbt:detail", args=[symbol.slug]))
    try:
        one = find(slug)
    except Gone as gone:
        one = gone.notification
        return gone_page(request, one, one.symbol, (reverse("tbt:list"), _("All notifications")))
    except NotHeld as lacking:
        return _not_held(request, lacking.symbol)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response = _json(documents.notification_document(one, thread_of(one.base)))
    else:
        response = _page(request, one)
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def data(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The notification as JSON, the same document as in the API."""
    try:
        one = find(slug)
    except Gone as gone:
        return gone_document(gone.notification, symbol=gone.notification.symbol)
    except NotHeld as lacking:
        raise Http404(slug) from lacking
    return _json(documents.notification_document(one, thread_of(one.base)))


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The days of the notification's thread. Raises Http404 where none is known to the day."""
    try:
        one = find(slug)
    except (Gone, NotHeld) as problem:
        raise Http404(slug) from problem
    found = thread_of(one.base)
    if not any(True for _event in calendars.events_of(found)):
        raise Http404(slug)
    return calendar_response(calendars.calendar_of([found], one.base), f"{one.slug}.ics")


@require_safe
def spelled(request: HttpRequest, symbol: str) -> HttpResponseBase:
    """A symbol as it is printed, with its strokes: ``/tbt/G/TBT/N/EU/1024``."""
    found = read(f"G/{symbol.strip('/')}")
    if found is None:
        raise Http404(symbol)
    return redirect("tbt:detail", found.slug, permanent=True)


def _page(request: HttpRequest, one: Notification) -> HttpResponse:
    found = load(one, thread_of(one.base), timezone.localdate())
    return render(
        request,
        "tbt/detail.html",
        {
            "detail": found,
            "notification": one,
            "has_days": any(True for _event in calendars.events_of(found.thread)),
            "wto_url": wto_documents(one.symbol),
            "canonical": f"{settings.SITE_URL}{one.get_absolute_url()}",
            "trail": [(_("TBT notifications"), reverse("tbt:list"))],
            "here": one.symbol,
        },
    )


def _not_held(request: HttpRequest, symbol: Symbol) -> HttpResponse:
    """404 that says what the symbol is, where its document is, and what else there is of its thread."""
    held = thread_of(symbol.base) if symbol.is_tbt else None
    context = {
        "symbol": symbol,
        "member": members.name(symbol.member, wording.reader()),
        "others": held.documents if held else (),
        "wto_url": wto_documents(symbol.canonical),
        "trail": [(_("TBT notifications"), reverse("tbt:list"))],
        "here": symbol.canonical,
    }
    return render(request, "tbt/not_held.html", context, status=404)


def _json(document: object, status: int = 200) -> HttpResponse:
    return HttpResponse(orjson.dumps(document), content_type="application/json", status=status)
