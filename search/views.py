"""The search page and the suggestions while typing."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from content.standards.models import Standard
from search import service, suggest
from search.engines.errors import EngineError
from search.params import MAX_QUERY, InvalidParams, SearchParams, Sort, parse
from search.results import SearchPage

SORTS = (
    (Sort.RELEVANCE, _("Relevance")),
    (Sort.NEWEST, _("Newest first")),
    (Sort.OLDEST, _("Oldest first")),
    (Sort.DESIGNATION, _("Designation")),
    (Sort.UPDATED, _("Latest changes")),
)
_BY_DEADLINE = (Sort.DEADLINE, _("Final date for comments"))
AROUND = 2
"""Page numbers shown on either side of the present one."""


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """One page of results; 400 for parameters that cannot be searched with, 503 where the engine does not answer."""
    try:
        params = parse(dict(request.GET.lists()))
        page = service.search(params)
    except InvalidParams as error:
        return invalid(request, error)
    context = {
        "page": page,
        "params": params,
        "query_text": params.q,
        "sorts": [(sort, label, params.query(sort=sort)) for sort, label in sorts_of(params)],
        "pages": list(numbers(page)),
        "first_query": params.query(),
        "clear_query": params.query(
            **dict.fromkeys(params.filters, ()), published_from=None, published_to=None, on=None, comments=None
        ),
        "json_url": f"{reverse('api:search')}?{params.query(page=params.page, after=params.after)}",
    }
    status = HTTPStatus.SERVICE_UNAVAILABLE if page.failure else HTTPStatus.OK
    return render(request, "search/results.html", context, status=status)


def sorts_of(params: SearchParams) -> list[tuple[Sort, str | Promise]]:
    """The orders that are offered; by deadline where notifications are what is looked at."""
    return [*SORTS, *([_BY_DEADLINE] if "tbt" in params.type or params.sort == Sort.DEADLINE else [])]


def invalid(request: HttpRequest, error: InvalidParams) -> HttpResponse:
    """400: which parameters are wrong, what was given for them, and the search without them."""
    kept = request.GET.copy()
    errors = [(name, ", ".join(kept.pop(name, [])), rule) for name, rule in error.errors]
    context = {"errors": errors, "without": kept.urlencode(), "query_text": kept.get("q", "")[:MAX_QUERY]}
    return render(request, "search/invalid.html", context, status=HTTPStatus.BAD_REQUEST)


def numbers(page: SearchPage) -> Iterator[tuple[int, str]]:
    """Page numbers with their query strings; a gap has number 0 and no query."""
    here, last, before = page.params.page, page.page_count, 0
    for number in range(1, last + 1):
        if number in (1, last) or abs(number - here) <= AROUND:
            if number - before > 1:
                yield 0, ""
            yield number, page.params.query(page=number)
            before = number


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Terms and records that may be meant, for the search box; with ``format=opensearch`` as browsers want them."""
    typed = request.GET.get("q", "")[:MAX_QUERY]
    terms = suggest.terms(typed)
    try:
        found = suggest.suggest(typed)
    except EngineError:
        return JsonResponse({"suggestions": []}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    if request.GET.get("format") == "opensearch":
        return JsonResponse(
            [typed, [*(term.text for term in terms), *(one.designation for one in found)]],
            safe=False,
            content_type="application/x-suggestions+json",
        )
    labels = dict(Standard.Status.choices)
    rows = [{"text": term.text, "title": term.english, "note": "", "url": ""} for term in terms]
    rows += [
        {"text": one.designation, "title": str(one.title), "note": str(labels[one.status]), "url": one.url}
        for one in found
    ]
    return JsonResponse({"suggestions": rows})
