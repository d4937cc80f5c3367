"""The search page and the suggestions while typing."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.params import MAX_QUERY, InvalidParams, Sort, parse


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """One page of results; 400 for parameters that cannot be searched with, 503 where the engine does not answer."""
    from search import service

    try:
        params = parse(dict(request.GET.lists()))
    except InvalidParams as error:
        wrong = {"errors": error.errors, "query_text": request.GET.get("q", "")[:MAX_QUERY]}
        return render(request, "search/invalid.html", wrong, status=HTTPStatus.BAD_REQUEST)
    page = service.search(params)
    context = {"page": page, "params": params, "query_text": params.q, "sorts": SORT_LABELS}
    status = HTTPStatus.SERVICE_UNAVAILABLE if page.failure else HTTPStatus.OK
    return render(request, "search/results.html", context, status=status)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Designations and titles that begin as typed."""
    return JsonResponse({"suggestions": []})


SORT_LABELS = tuple(Sort)
