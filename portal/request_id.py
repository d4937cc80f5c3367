"""One name for a request in every log: of the server in front, of the portal, and in the answer."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")

_current: ContextVar[str] = ContextVar("request_id", default="-")


class RequestId:
    """Middleware: takes over the name that the server in front has given, or gives one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        name = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        # It stays until the next request of this thread: Django logs failures, and bodies are streamed, after this.
        _current.set(name)
        response = self.get_response(request)
        response[HEADER] = name
        return response


class RequestIdFilter(logging.Filter):
    """Puts the name of the present request, or ``-``, into each line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _current.get()
        return True
