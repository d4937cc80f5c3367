"""The open API: routers of the subjects under one roof, errors as problem documents, OpenAPI and its reader."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, re_path, resolve
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from content.api import ApiProblem, FieldProblem, problem_response
from content.provenance.api import router as provenance
from content.reach.api import router as reach
from content.regulations.api import router as regulations
from content.standards.api import router as standards
from content.tbt.api import router as tbt
from portal.api_errors import sentence
from portal.changes import router as changes
from portal.openapi import complete
from portal.ratelimit import Quota
from search.api import router as search
from search.checking.api import router as checking
from search.designation_api import router as designations

DESCRIPTION = """\
Standards with their status, lineage, files and provenance, and the search over them. The data is open: no key is needed
and any web page may read it.

* **Language**: `Accept-Language` or `?lang=` (`zh-hans`, `en`) chooses the language of labels, messages and page
  addresses; titles always come in every language the sources give.
* **Paging**: follow `next`, or the `Link` header with `rel="next"`, until it is missing. There is no end at 10,000.
* **Errors** are problem documents (RFC 9457, `application/problem+json`) with a stable `code`.
* **Validators**: every answer has an `ETag`; send it back in `If-None-Match` and get 304 while nothing has changed.
* **Limits** are told in `RateLimit-Policy` and `RateLimit`; over the limit the answer is 429 with `Retry-After`.
"""


class OrjsonRenderer(BaseRenderer):
    """JSON in UTF-8."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data)


class OrjsonParser(Parser):
    """Strict JSON: bounded in depth, and without lone surrogates, which no answer could carry."""

    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


class PortalApi(NinjaAPI):
    """Ninja's API with a completed description, which is made once."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        return self._description

    @cached_property
    def _description(self) -> OpenAPISchema:
        schema = super().get_openapi_schema()
        complete(schema)
        return schema


api = PortalApi(
    title="Standards portal",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    renderer=OrjsonRenderer(),
    parser=OrjsonParser(),
    docs_url=None,
    throttle=Quota(),
    servers=[{"url": "/"}],  # wherever this description was read
)
api.add_router("", search)
api.add_router("", checking)
api.add_router("", standards)
api.add_router("", designations)
api.add_router("", provenance)
api.add_router("", changes)
api.add_router("", reach)
api.add_router("", regulations)
api.add_router("", tbt)


@api.exception_handler(ApiProblem)
def on_problem(request: HttpRequest, exc: ApiProblem) -> HttpResponse:
    return problem_response(
        request, exc.status, exc.code, exc.detail, errors=exc.errors, headers=exc.headers, extension=exc.extension
    )


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, exc: ValidationError) -> HttpResponse:
    errors = [
        FieldProblem(location=".".join(str(step) for step in error["loc"])[:200], message=sentence(error))
        for error in exc.errors[:20]
    ]
    detail = _("Some parameters cannot be used; see “errors”.")
    return problem_response(request, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_parameters", detail, errors=errors)


@api.exception_handler(Throttled)
def on_throttled(request: HttpRequest, exc: Throttled) -> HttpResponse:
    detail = _("Too many requests. Come back when “Retry-After” seconds have passed.")
    return problem_response(request, HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests", detail)


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, exc: HttpError) -> HttpResponse:
    """Ninja itself raises it for a body that is not JSON, and for nothing else that we use."""
    return problem_response(
        request, HTTPStatus(exc.status_code), "malformed_json", _("The body of the request is not valid JSON.")
    )


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, exc: Http404) -> HttpResponse:
    return problem_response(request, HTTPStatus.NOT_FOUND, "not_found", _("There is no such record."))


@api.exception_handler(RequestDataTooBig)
def on_too_big(request: HttpRequest, exc: RequestDataTooBig) -> HttpResponse:
    limit = math.floor((settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) / 1024)
    detail = _("The request is too large; the limit is %(limit)d KiB.") % {"limit": limit}
    return problem_response(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", detail)


@api.exception_handler(UnreadablePostError)
def on_unreadable(request: HttpRequest, exc: UnreadablePostError) -> HttpResponse:
    return problem_response(request, HTTPStatus.BAD_REQUEST, "unreadable_body", _("The body of the request broke off."))


@csrf_exempt
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that the API does not have, or has with a slash at its end."""
    slashed = resolve(f"{request.path_info}/") if not rest.endswith("/") else None
    if request.method == "GET" and slashed is not None and slashed.func is not unknown:
        return redirect(request.get_full_path(force_append_slash=True), permanent=True)
    return problem_response(request, HTTPStatus.NOT_FOUND, "not_found", _("There is nothing at this address."))


urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", api.urls),
    re_path(r"^v1/(?P<rest>.*)$", unknown),
]
