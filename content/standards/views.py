"""Pages of single standards: detail, its data and its references."""

from __future__ import annotations

from urllib.parse import urlencode

import orjson
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.provenance.gone import gone_document
from content.provenance.gone import gone_page as show_gone
from content.standards import cite, labels, lineage
from content.standards.detail import field_label, load, reference
from content.standards.documents import standard_document
from content.standards.models import Standard

REFERENCE_FORMATS = {
    "bib": (cite.bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (cite.ris, "application/x-research-info-systems; charset=utf-8"),
}


class Gone(Exception):
    """The record is withdrawn from public view."""

    def __init__(self, standard: Standard) -> None:
        super().__init__(standard.slug)
        self.standard = standard


def find(slug: str) -> Standard:
    """The public record under ``slug``, with what its page always reads. Raises Gone, Http404."""
    try:
        standard = Standard.objects.select_related("body").prefetch_related("ics", "ccs").get(slug=slug)
    except Standard.DoesNotExist:
        raise Http404(slug) from None
    if standard.hidden_at is not None:
        raise Gone(standard)
    return standard


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One edition. Without a year, 302 to the edition that the undated designation means today.

    So does the address that a record had before its designation changed.
    """
    if slug != slug.lower():
        return HttpResponsePermanentRedirect(reverse("standards:detail", args=[slug.lower()]))
    try:
        standard = find(slug)
    except Gone as gone:
        return gone_page(request, gone.standard)
    except Http404:
        current = lineage.current_edition(slug) or lineage.moved(slug)
        if current is None:
            raise
        return redirect("standards:detail", current.slug)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response: HttpResponseBase = json_response(standard)
    else:
        found = load(standard)
        ref = reference(standard, absolute(standard))
        response = render(
            request,
            "standards/detail.html",
            {
                "detail": found,
                "standard": standard,
                "references": [("GB/T 7714—2015", cite.gb7714(ref)), ("ISO 690", cite.iso690(ref))],
                "exports": [("BibTeX", "bib", cite.bibtex(ref)), ("RIS", "ris", cite.ris(ref))],
                "stage_label": labels.stage(standard.stage),
                "kind_label": labels.kind(standard.kind),
                "obligation_label": labels.obligation(standard.obligation),
                "languages": [labels.language(code) for code in standard.languages],
                "locked_labels": [field_label(name) for name in standard.locked_fields],
                "structured": structured_data(standard),
                "trail": [
                    (_("Browse"), reverse("standards:list")),
                    (standard.body.code, reverse("standards:body", args=[standard.body.code])),
                ],
                "here": standard.designation,
            },
        )
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def data(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The record as JSON, the same document as in the API."""
    try:
        return json_response(find(slug))
    except Gone as gone:
        return gone_document(gone.standard, slug=slug)


@require_safe
def citation(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The reference as a file for reference managers."""
    write, content_type = REFERENCE_FORMATS[form]
    try:
        standard = find(slug)
    except Gone as gone:
        return gone_page(request, gone.standard)
    response = HttpResponse(write(reference(standard, absolute(standard))), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{slug}.{form}"'
    return response


def json_response(standard: Standard) -> HttpResponse:
    return HttpResponse(orjson.dumps(standard_document(standard)), content_type="application/json")


def gone_page(request: HttpRequest, standard: Standard) -> HttpResponse:
    """410: says that the record was withdrawn from view, when and why."""
    more = f"{reverse('search:results')}?{urlencode({'q': standard.designation})}", _("Search for other editions")
    return show_gone(request, standard, standard.designation, more)


def absolute(standard: Standard) -> str:
    """The address to cite."""
    return f"{settings.SITE_URL}{standard.get_absolute_url()}"


def structured_data(standard: Standard) -> str:
    """schema.org description as JSON that is safe inside a script element."""
    fields = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "additionalType": "https://www.wikidata.org/wiki/Q317623",  # technical standard
        "name": standard.title or standard.designation,
        "identifier": standard.designation,
        "datePublished": standard.published,
        "creativeWorkStatus": str(standard.get_status_display()),
        "publisher": {"@type": "Organization", "name": standard.body.name},
        "inLanguage": standard.languages,
        "numberOfPages": standard.pages,
        "url": absolute(standard),
    }
    text = orjson.dumps({name: value for name, value in fields.items() if value}).decode()
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
