"""Which answers a shared cache may keep, and for how long.

An answer is everyone's when neither the request nor the answer knows a person: no session, no message, no
authorization, no cookie set, no CSRF token inside. The reader's display cookie is no person: the server in front keeps
one copy for each of its few values (``deploy/nginx``). Browsers always ask again and get 304 while nothing has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from http import HTTPStatus

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from portal.api_edge import PREFIX as API

KEPT = frozenset({HTTPStatus.OK, HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.GONE})
FRESH = 60
"""Seconds for which a page is handed out unasked; a change of its record removes it at once (``portal.purging``)."""
WHILE_ASKING = 60
"""Seconds after that for which the old copy still serves while a new one is being made."""
WITHOUT_PORTAL = 7 * 86_400
"""Seconds for which the old copy serves where the portal does not answer."""

EVERYONES = f"public, max-age=0, s-maxage={FRESH}"
BEHIND_A_CACHE = f"{EVERYONES}, stale-while-revalidate={WHILE_ASKING}, stale-if-error={WITHOUT_PORTAL}"
"""Only for the server in front, which does not pass it on: browsers too would show pages that are out of date."""
ONE_READERS = "private, no-cache"


class PublicPages:
    """Middleware: says so in ``Cache-Control`` where the view said nothing, and gives pages an ETag."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in {"GET", "HEAD"} or request.path_info.startswith(API):
            return response
        if knows_a_person(request, response):
            response.setdefault("Cache-Control", ONE_READERS)
        elif "Cache-Control" not in response and response.status_code in KEPT:
            response["Cache-Control"] = BEHIND_A_CACHE if settings.PURGE_URLS else EVERYONES
            return validated(request, response)
        return response


def knows_a_person(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this answer may be one reader's alone."""
    return bool(
        response.cookies
        or request.headers.get("Authorization")
        or {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name} & request.COOKIES.keys()
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    )


def validated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """With an ETag, and 304 where the reader already has it."""
    if response.status_code != HTTPStatus.OK or response.streaming or "ETag" in response:
        return response
    # Weak: the server in front compresses the answer.
    response["ETag"] = f'W/"{blake2b(response.content, digest_size=16).hexdigest()}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
