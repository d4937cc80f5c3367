"""Sitemaps (sitemaps.org, protocol 0.9) and robots.txt.

Django's own sitemaps hold every address of every language in memory for each file; here a file covers a range of
primary keys and is streamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import F, Max
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from content.provenance.models import Source
from content.reach.models import Guidance, Substance
from content.regulations.models import Regulation
from content.standards.models import Standard
from content.tbt.models import Notification

KEYS_PER_FILE = 20_000
"""Two languages make 40,000 addresses; the protocol allows 50,000."""
XML = "application/xml; charset=utf-8"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
SLUG = "slug-goes-here"
_RECORDS: dict[str, tuple[Any, str]] = {
    "standards": (Standard, "standards:detail"),
    "regulations": (Regulation, "regulations:detail"),
    "substances": (Substance, "reach:substance"),
    "guidance": (Guidance, "reach:guidance"),
    "tbt": (Notification, "tbt:detail"),
}
"""The models whose public records each have a page, and the name of that, by the name of their files."""

day = cache_control(public=True, max_age=86_400)
hour = cache_control(public=True, max_age=3_600)


@require_safe
@day
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but the admin, the suggestions, and what is one reader's alone."""
    lines = ["User-agent: *", "Disallow: /admin/"]
    private = ("/search/suggest/", "/display/", "/account/")
    lines += [f"Disallow: {edition}{path}" for edition in ("", "/en") for path in private]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@hour
def index(request: HttpRequest) -> HttpResponse:
    """The files there are, with the date of the latest change in each."""
    files = [(reverse("sitemap-pages"), None)]
    for name, (model, _page) in _RECORDS.items():
        keyed = model.objects.public().values_list((F("pk") - 1) / KEYS_PER_FILE)
        spans = keyed.annotate(last=Max("updated_at")).order_by()
        files += [(reverse("sitemap-records", args=[name, span + 1]), last) for span, last in sorted(spans)]
    body = "".join(
        f"<sitemap><loc>{escape(settings.SITE_URL + path)}</loc>{_lastmod(last)}</sitemap>\n" for path, last in files
    )
    return HttpResponse(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}</sitemapindex>\n',
        content_type=XML,
    )


@require_safe
@hour
def pages(request: HttpRequest) -> HttpResponse:
    """The fixed pages and the sources."""
    names: list[tuple[str, list[str]]] = [
        (name, [])
        for name in (
            "home",
            "search:results",
            "standards:list",
            "checking:form",
            "regulations:list",
            "tbt:list",
            "tbt:all-products",
            "reach:index",
            "reach:check",
            "reach:updates",
            "reach:guidance-list",
            "changes",
            "sources:list",
            "data",
        )
    ]
    names += [("sources:detail", [pk]) for pk in Source.objects.values_list("pk", flat=True)]
    addresses = ((_in("zh-hans", name, args), _in("en", name, args), None) for name, args in names)
    return HttpResponse(_urlset(addresses), content_type=XML)


@require_safe
@hour
def records(request: HttpRequest, records: str, number: int) -> StreamingHttpResponse:
    """The public records of one kind whose primary keys lie in one range. Raises Http404 for a range that has none."""
    if records not in _RECORDS:
        raise Http404(records)
    model, name = _RECORDS[records]
    rows = (
        model.objects.public()
        .filter(pk__gt=(number - 1) * KEYS_PER_FILE, pk__lte=number * KEYS_PER_FILE)
        .order_by("pk")
        .values_list("slug", "updated_at")
    )
    if not 1 <= number <= 1_000_000 or not rows.exists():
        raise Http404(str(number))
    chinese, english = (_in(code, name, [SLUG]) for code in ("zh-hans", "en"))
    addresses = (
        (chinese.replace(SLUG, slug), english.replace(SLUG, slug), updated)
        for slug, updated in rows.iterator(chunk_size=2_000)
    )
    return StreamingHttpResponse(_urlset(addresses), content_type=XML)


@require_safe
@day
def opensearch(request: HttpRequest) -> HttpResponse:
    """Lets browsers offer the portal as a search engine (OpenSearch 1.1)."""
    return TemplateResponse(
        request, "portal/opensearch.xml", content_type="application/opensearchdescription+xml; charset=utf-8"
    )


def _in(language: str, name: str, args: list[str]) -> str:
    with translation.override(language):
        return settings.SITE_URL + reverse(name, args=args)


def _urlset(addresses: Iterable[tuple[str, str, datetime | None]]) -> Iterator[str]:
    """Two entries each, in Chinese and in English, that name each other."""
    yield HEAD
    for chinese, english, last in addresses:
        both = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(url)}"/>'
            for code, url in (("zh-Hans", chinese), ("en", english))
        )
        for url in (chinese, english):
            yield f"<url><loc>{escape(url)}</loc>{_lastmod(last)}{both}</url>\n"
    yield "</urlset>\n"


def _lastmod(last: datetime | None) -> str:
    return f"<lastmod>{last.isoformat(timespec='seconds')}</lastmod>" if last else ""
