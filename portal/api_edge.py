"""What every answer of the open API has in common: language, problem documents, CORS, validators, quota headers."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from content.api import PROBLEM_JSON, problem_response
from portal.ratelimit import tell

PREFIX = "/api/v1/"
LANGUAGE_ALIASES = {"zh": "zh-hans", "zh-cn": "zh-hans"}

POLICY = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Content security policy of data: a browser that is led to show it as a page loads and runs nothing."""
EXPOSED = "Link, ETag, Retry-After, RateLimit, RateLimit-Policy, Content-Language"
MAX_BODY = 21 * 1024 * 1024
"""Bytes of a request; nothing reads a larger one, and Django would write it to the disk first."""
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type, If-None-Match, Accept-Language",
    "Access-Control-Max-Age": "86400",
}


class ApiEdge:
    """Middleware. It acts on the API only, and lets other sites read the ``.json`` siblings of pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PREFIX):
            return self.answer(request)
        response = self.get_response(request)
        if request.path_info.endswith(".json") and request.path_info.startswith(("/standards/", "/en/standards/")):
            open_to_all(response)
        return response

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The API's answer in the reader's language."""
        if request.method == "OPTIONS":
            response = HttpResponse(status=HTTPStatus.NO_CONTENT, headers=PREFLIGHT)
            open_to_all(response)
            return response
        try:
            asked = request.GET.get("lang", "").lower()
        except TooManyFieldsSent:
            asked = ""  # the operation reads the parameters again and says so
        language = supported(asked) if asked else preferred_language(request.headers.get("Accept-Language", ""))
        with translation.override(language or settings.LANGUAGE_CODE):
            if language is None:
                detail = _("The portal speaks zh-hans and en.")
                response = problem_response(request, HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_language", detail)
            elif _length(request) > MAX_BODY:
                response = as_problem(request, HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
            else:
                response = as_problem(request, validated(request, self.ask(request)))
        response["Content-Language"] = language or settings.LANGUAGE_CODE
        patch_vary_headers(response, ["Accept-Language"])
        tell(request, response)
        open_to_all(response)
        response["Content-Security-Policy"] = POLICY
        return response

    def ask(self, request: HttpRequest) -> HttpResponse:
        """HEAD is GET without the body (RFC 9110, section 9.3.2), which the server leaves out."""
        method = request.method
        request.method = "GET" if method == "HEAD" else method
        try:
            return self.get_response(request)
        finally:
            request.method = method


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def supported(language: str) -> str | None:
    """The portal's own code for a language code, or None."""
    language = LANGUAGE_ALIASES.get(language, language)
    return language if language in dict(settings.LANGUAGES) else None


def preferred_language(accept: str) -> str:
    """The reader's first language that the portal speaks (``Accept-Language``), else the portal's own."""
    for code, _quality in parse_accept_lang_header(accept[:500].lower()):
        if language := supported(code) or supported(code.partition("-")[0]):
            return language
    return settings.LANGUAGE_CODE


def as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Errors that did not come out of an operation (unknown address, wrong method, a crash) as problem documents."""
    if response.status_code < 400 or response.headers.get("Content-Type", "").startswith(PROBLEM_JSON):
        return response
    details = {
        400: ("bad_request", _("The request cannot be read.")),
        404: ("not_found", _("There is nothing at this address.")),
        405: ("method_not_allowed", _("This address does not take that method.")),
        412: ("precondition_failed", _("The record is no longer what the precondition names.")),
        413: ("too_large", _("The request is too large.")),
        500: ("internal_error", _("Something went wrong on our side. It has been logged.")),
    }
    code, detail = details.get(response.status_code, ("error", _("The request failed.")))
    headers = {"Allow": response["Allow"]} if "Allow" in response else {}
    return problem_response(request, HTTPStatus(response.status_code), code, detail, headers=headers)


def open_to_all(response: HttpResponse) -> None:
    """Any web page may read it: the data is open, and no answer depends on who asks."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED


def validated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """With an ETag, and 304 where the client already has it. An operation may set a better ETag of its own."""
    if request.method not in {"GET", "HEAD"} or response.status_code != HTTPStatus.OK or response.streaming:
        return response
    if "ETag" not in response:
        # Weak: the server in front may compress the answer.
        response["ETag"] = f'W/"{blake2b(response.content, digest_size=16).hexdigest()}"'
    response.setdefault("Cache-Control", "no-cache")
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
