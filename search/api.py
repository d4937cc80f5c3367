"""API of the search: the same service as the page, the same results in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from http import HTTPStatus
from typing import Annotated, Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from pydantic import StringConstraints

from content.api import ApiProblem, link_next
from search import service, suggest
from search.analysis import QueryAnalysis
from search.api_schemas import CompletionDocument, SearchDocument
from search.engines.errors import EngineError
from search.params import MAX_QUERY, InvalidParams, SearchParams, parse
from search.results import Facet, FacetValue, PageHit, Result, SearchPage, Suggestion
from search.selection import Comments

router = Router(tags=["search"])

RETRY_AFTER = "30"
"""Seconds; by then the outbox worker has built a missing index or an engine has come back."""

_DESCRIBED = {
    "q": 'What to search for: designations in any spelling, words, "phrases", -words to leave out.',
    "type": "Record type.",
    "status": "Status; several are alternatives.",
    "body": "Code of the issuing body.",
    "ics": "ICS class, its narrower classes included.",
    "ccs": "CCS class.",
    "year": "Year of the designation.",
    "kind": "Kind of document.",
    "language": "Language of the text.",
    "access": "Whether the full text can be read here.",
    "member": "Of TBT notifications: code of the notifying Member.",
    "comments": "Of TBT notifications: comments are taken (`open`), for `7` or `30` days at most, or no more (`over`).",
    "from": "First day of publication: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.",
    "to": "Last day of publication, itself included.",
    "on": "A day on which it was, or will be, in force.",
    "sort": "Order of the results.",
    "page": "Page number, within the first 10,000 results; go on with `after`.",
    "size": "Results in one page.",
    "after": "Opaque cursor from `next`; then `page` is ignored.",
}
_EXAMPLES = {"q": "GB/T 19001 管理体系", "status": ["in_force"], "from": "2015"}


def _parameters() -> Iterator[dict[str, Any]]:
    """``SearchParams`` as OpenAPI parameters, so that what is documented is what is checked."""
    described = SearchParams.model_json_schema(by_alias=True)
    for name, schema in described["properties"].items():
        if "$ref" in schema:
            schema = described["$defs"][schema["$ref"].rpartition("/")[2]] | {"default": schema["default"]}
        if name in ("from", "to", "on"):
            schema = {"type": "string", "pattern": r"^\d{4}(-\d{1,2}(-\d{1,2})?)?$"}
        elif name == "comments":
            schema = {"type": "string", "enum": [one.value for one in Comments]}
        example = {"example": _EXAMPLES[name]} if name in _EXAMPLES else {}
        yield {
            "name": name,
            "in": "query",
            "required": False,
            "schema": schema,
            "description": _DESCRIBED[name],
        } | example


@router.get(
    "search/",
    response=SearchDocument,
    operation_id="search",
    summary="Search everything",
    openapi_extra={"parameters": list(_parameters())},
)
def search(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """One box over everything, as on the search page: designations first, then their family, then words.

    Values of one filter are alternatives, filters must all hold; repeat a parameter for several values. Facet counts
    stay true for every value that could be selected next. When the engine does not answer, the problem document (503)
    has `results` with what the database knows of a typed designation.
    """
    try:
        page = service.search(parse(dict(request.GET.lists())))
    except InvalidParams as error:
        raise ApiProblem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "invalid_parameters",
            _("Some parameters cannot be used; see “errors”."),
            errors=[(f"query.{name}", str(rule)) for name, rule in error.errors],
        ) from error
    if page.failure:
        raise unavailable(page.failure, results=[result_document(result) for result in page.results])
    document = search_document(page)
    document["next"] = link_next(request, response, page.next_cursor)
    # Equal results are an equal answer, whatever time they took.
    response["ETag"] = f'W/"{blake2b(orjson.dumps(document), digest_size=16).hexdigest()}"'
    # Rendered here: checking the answer against its own description would cost a tenth of the request.
    response.content = orjson.dumps(document | {"took_ms": round(page.took_ms, 3)})
    return response


class SuggestParams(Schema):
    """What has been typed so far."""

    q: Annotated[str, StringConstraints(max_length=MAX_QUERY)] = Field(
        description="Typed so far.", examples=["gbt 190"]
    )
    size: int = Field(default=8, ge=1, le=suggest.MAX_SIZE, description="At most so many.", examples=[5])


@router.get(
    "suggest/", response=list[CompletionDocument], operation_id="suggest", summary="Complete what is being typed"
)
def complete(request: HttpRequest, params: Query[SuggestParams]) -> list[dict[str, Any]]:
    """Records whose designation begins so, then those whose title has the words so far; best first."""
    try:
        found = suggest.suggest(params.q, params.size)
    except EngineError as error:
        raise unavailable(_("The search engine does not answer. Try again in a minute.")) from error
    return [
        {
            "designation": one.designation,
            "url": one.url,
            "title": str(one.title),
            "highlight": str(one.title.html),
            "status": one.status,
        }
        for one in found
    ]


def unavailable(detail: str, **extension: Any) -> ApiProblem:
    """The answer while the engine is down."""
    return ApiProblem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "search_unavailable",
        detail,
        headers={"Retry-After": RETRY_AFTER},
        extension=extension,
    )


def search_document(page: SearchPage) -> dict[str, Any]:
    """The page of results as ``SearchDocument``, apart from ``took_ms`` and ``next``."""
    return {
        "total": page.total,
        "page": page.params.page,
        "size": page.params.size,
        "results": [result_document(result) for result in page.results],
        "facets": {facet.name: list(facet_values(facet)) for facet in page.facets},
        "analysis": analysis_document(page.analysis, page.notices),
        "suggestions": [suggestion_document(suggestion) for suggestion in page.suggestions],
    }


def result_document(result: Result) -> dict[str, Any]:
    """One record found, as ``ResultDocument``."""
    line = result.line
    return {
        "type": line.type,
        "id": line.id,
        "url": line.url,
        "designation": line.designation,
        "title": {"zh": line.titles.get("zh", ""), "en": line.titles.get("en", "")},
        "status": line.status,
        "dates": line.dates,
        "body": line.body,
        "ics": [one.code for one in line.ics],
        "ccs": [one.code for one in line.ccs],
        "score": result.score,
        "highlight": {
            "title": str(result.title.html),
            "other_title": str(result.other_title.html),
            "snippet": str(result.snippet.html),
        },
        "page": page_hit_document(result.pages[0]) if result.pages else None,
    }


def page_hit_document(hit: PageHit) -> dict[str, Any]:
    """A matching page, as ``PageHitDocument``."""
    return {
        "number": hit.number,
        "label": hit.label,
        "file": hit.file_name,
        "url": hit.url,
        "text": str(hit.text.html),
    }


def facet_values(facet: Facet) -> Iterator[dict[str, Any]]:
    """The values of a facet; narrower classes follow the class that holds them."""

    def below(values: tuple[FacetValue, ...]) -> Iterator[dict[str, Any]]:
        for one in values:
            yield {"value": one.value, "label": one.label, "count": one.count}
            yield from below(one.children)

    return below(facet.values)


def analysis_document(analysis: QueryAnalysis, notices: tuple[str, ...]) -> dict[str, Any]:
    """How the query was understood, as ``AnalysisDocument``."""
    return {
        "text": analysis.text,
        "designations": [one.canonical for one in analysis.designations],
        "numbers": [one.text for one in analysis.numbers],
        "identifiers": [one.text for one in analysis.identifiers],
        "ics": list(analysis.ics),
        "ccs": list(analysis.ccs),
        "words": list(analysis.words),
        "phrases": list(analysis.phrases),
        "excluded": list(analysis.excluded),
        "shortened": analysis.shortened,
        "notices": [str(notice) for notice in notices],
    }


def suggestion_document(suggestion: Suggestion) -> dict[str, Any]:
    """Another search to try, as ``SuggestionDocument``."""
    return {
        "kind": suggestion.kind.value,
        "text": suggestion.text,
        "label": str(suggestion.label),
        "query": suggestion.query,
        "url": suggestion.url,
        "count": suggestion.count,
    }
