"""The home page and the pages for errors."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import unquote

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.provenance.models import Run
from content.standards.browse import top_classes
from content.standards.figures import figures
from content.standards.models import IcsClass, Standard
from portal.changes import latest
from search.designations import DesignationError, parse_slug

EXAMPLES = (
    "GB/T 1.1",
    "ISO 9001:2015",
    "iso 13485",
    "质量管理体系",
    "medical devices",
    "ISO/IEC 27001 security",
)
"""Ways of asking: a Chinese number, a dated one, a sloppy one, words of either language, a number with words."""
LATEST = 8
RUNS = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search box, the portal in numbers, what is new, where to browse."""
    published = Standard.objects.public().filter(status=Standard.Status.IN_FORCE).select_related("body")
    runs = Run.objects.filter(state=Run.State.SUCCEEDED).select_related("source").order_by("-finished_at")[:RUNS]
    context = {
        "figures": figures(),
        "runs": runs,
        "examples": EXAMPLES,
        "published": published.order_by("-published", "sort_key")[:LATEST],
        "changes": latest(LATEST),
        "ics": top_classes(IcsClass),
    }
    return render(request, "portal/home.html", context)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; what was raised on purpose says what is wrong, what Django raised for an attack does not."""
    reason = str(exception) if type(exception) is BadRequest else ""
    return _error(request, HTTPStatus.BAD_REQUEST, _("The request cannot be understood"), reason)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _error(request, HTTPStatus.FORBIDDEN, _("You may not do this"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with the last part of the address as a query to try: it may be a designation."""
    last = unquote(request.path.rstrip("/").rpartition("/")[2])[:120]
    title, advice = (
        _("There is no such page"),
        _("The address may be mistyped, or the page may be gone. Search for it:"),
    )
    try:
        guess = parse_slug(last.lower()).canonical
    except DesignationError:
        words = "".join(char if char.isprintable() else " " for char in last.replace("-", " ").replace("_", " "))
        guess = words.strip() if any(char.isdigit() for char in words) else ""
    else:
        if request.path.startswith(reverse("standards:list")):
            title = _("%(designation)s is not held here") % {"designation": guess}
            advice = _("Search for it, for other editions of it, or for words of its title:")
    return _error(request, HTTPStatus.NOT_FOUND, title, advice=advice, guess=guess)


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    """405; the caller adds ``Allow``."""
    return _error(request, HTTPStatus.METHOD_NOT_ALLOWED, _("This address does not take that method"))


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with a template that needs nothing which may have been what failed."""
    return render(request, "errors/500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _error(
    request: HttpRequest, status: HTTPStatus, title: str, reason: str = "", *, advice: str = "", guess: str = ""
) -> HttpResponse:
    context = {
        "title": title,
        "reason": reason,
        "advice": advice or _("Search for what you need:"),
        "guess": guess,
        "status": status.value,
    }
    return render(request, "errors/error.html", context, status=status.value)
