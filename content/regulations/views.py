"""Pages of an act: its present text, any of its versions, and their data."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.provenance.gone import gone_document as show_gone_document
from content.provenance.gone import gone_page as show_gone
from content.regulations import cite, documents, wording
from content.regulations.detail import Detail, current_of, load, on_day, reference, versions_of
from content.regulations.models import Regulation, Version


class Gone(Exception):
    """The record is withdrawn from public view."""

    def __init__(self, regulation: Regulation) -> None:
        super().__init__(regulation.slug)
        self.regulation = regulation


def find(slug: str) -> Regulation:
    """The public record under ``slug``. Raises Gone, Http404."""
    regulation = Regulation.objects.filter(slug=slug).first()
    if regulation is None:
        raise Http404(slug)
    if regulation.hidden_at is not None:
        raise Gone(regulation)
    return regulation


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The version that stands for the act today, or with ``?on=`` the one in force on a day."""
    if slug != slug.lower():
        return HttpResponsePermanentRedirect(reverse("regulations:detail", args=[slug.lower()]))
    day = day_of(request.GET.get("on", ""))
    try:
        regulation = find(slug)
    except Gone as gone:
        return gone_page(request, gone.regulation)
    versions = versions_of(regulation)
    today = timezone.localdate().isoformat()
    version = on_day(regulation, versions, day) if day else current_of(versions, today)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response = json_response(documents.regulation_document(regulation, versions, version))
    else:
        response = _page(request, load(regulation, versions, version), day=day, chosen=bool(day))
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def version_page(request: HttpRequest, slug: str, day: str) -> HttpResponseBase:
    """One version; under any other day by which it is named, a redirect to its own."""
    try:
        regulation = find(slug)
    except Gone as gone:
        return gone_page(request, gone.regulation)
    versions = versions_of(regulation)
    version = version_of(versions, day)
    if version.day != day:
        return redirect("regulations:version", slug, version.day)
    return _page(request, load(regulation, versions, version), day="", chosen=True)


@require_safe
def data(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The act as JSON, the same document as in the API."""
    try:
        regulation = find(slug)
    except Gone as gone:
        return gone_document(gone.regulation)
    day = day_of(request.GET.get("on", ""))
    versions = versions_of(regulation)
    today = timezone.localdate().isoformat()
    version = on_day(regulation, versions, day) if day else current_of(versions, today)
    return json_response(documents.regulation_document(regulation, versions, version))


@require_safe
def version_data(request: HttpRequest, slug: str, day: str) -> HttpResponseBase:
    """One version as JSON."""
    try:
        regulation = find(slug)
    except Gone as gone:
        return gone_document(gone.regulation)
    versions = versions_of(regulation)
    return json_response(documents.regulation_document(regulation, versions, version_of(versions, day)))


def version_of(versions: list[Version], day: str) -> Version:
    """The version named by a day. Raises Http404."""
    exact = [one for one in versions if one.day == day]
    named = exact or [one for one in versions if day in one.dates]
    if not named:
        raise Http404(day)
    return named[0]


def day_of(text: str) -> str:
    """A day from a parameter, empty for none. Raises BadRequest."""
    text = text.strip()
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise BadRequest(_("A day is written as YYYY-MM-DD, such as 2024-07-01.")) from error


def json_response(document: dict[str, Any]) -> HttpResponse:
    return HttpResponse(orjson.dumps(document), content_type="application/json")


def gone_page(request: HttpRequest, regulation: Regulation) -> HttpResponse:
    """410: says that the record was withdrawn from view, when and why."""
    more = reverse("regulations:list"), _("All regulations")
    return show_gone(request, regulation, regulation.shown_title, more)


def gone_document(regulation: Regulation) -> HttpResponse:
    """410 as JSON."""
    return show_gone_document(regulation, slug=regulation.slug)


def _page(request: HttpRequest, found: Detail, *, day: str, chosen: bool) -> HttpResponse:
    regulation, version = found.regulation, found.version
    ref = reference(regulation, version)
    title = regulation.shown_title
    return render(
        request,
        "regulations/detail.html",
        {
            "detail": found,
            "regulation": regulation,
            "version": version,
            "day": day,
            "chosen": chosen,
            "official_url": (version.url if version else "") or regulation.url,
            "references": [("GB/T 7714—2015", cite.gb7714(ref)), (_("In legal writing"), cite.legal(ref))],
            "locked_labels": [wording.field_label(name) for name in regulation.locked_fields],
            "structured": structured_data(regulation, version),
            "canonical": settings.SITE_URL
            + (version.address(regulation.slug) if chosen and version else regulation.get_absolute_url()),
            "trail": [(_("Regulations"), reverse("regulations:list"))],
            "here": title if len(title) <= 60 else f"{title[:59]}…",
        },
    )


def structured_data(regulation: Regulation, version: Version | None) -> str:
    """schema.org/Legislation as JSON that is safe inside a script element."""
    fields = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": regulation.title,
        "legislationIdentifier": regulation.number,
        "legislationDate": regulation.published,
        "legislationDateVersion": version.date if version else "",
        "legislationPassedBy": {"@type": "Organization", "name": regulation.body} if regulation.body else None,
        "legislationType": str(regulation.get_kind_display()),
        "inLanguage": regulation.language,
        "url": f"{settings.SITE_URL}{regulation.get_absolute_url()}",
    }
    text = orjson.dumps({name: value for name, value in fields.items() if value}).decode()
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
