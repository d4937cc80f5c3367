"""Stored files handed out: ranges, validators, the name they are saved under, and a count of who read them whole."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.base import File as OpenFile
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe, quote_etag

from content import ranges

logger = logging.getLogger(__name__)

CHUNK = 256 * 1024
"""Bytes held in memory per download."""
SHOWN_INLINE = {"application/pdf", "text/plain"}
"""Other types are only offered for saving: a page of HTML from a publisher must not run under our name."""
MAX_NAME_BYTES = 180
"""File systems stop at 255 bytes; browsers add `` (1)`` and the like."""
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


@dataclass(frozen=True, slots=True)
class Served:
    """A file to hand out. ``content`` is the field that holds it; ``count`` is called once it was read whole."""

    content: Any
    media_type: str
    size: int
    sha256: str
    added: datetime
    saved_name: str
    count: Callable[[], object]


def serve(request: HttpRequest, file: Served) -> HttpResponseBase:
    """The file, whole or a range of it; ``?download`` saves it instead of opening it. Raises Http404 where the bytes
    are lost."""
    etag, added = quote_etag(file.sha256), int(file.added.timestamp())
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag, last_modified=added)
    if response is None and _handed_over(request):
        response = _hand_over(request, file, etag, added)
    else:
        response = response or _answer(request, file, etag, added)
        response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Last-Modified"] = http_date(added)
    response["Cache-Control"] = "public, max-age=0, must-revalidate"  # access may be taken back at any time
    return response


def safe_name(named: str, title: str, suffix: str) -> str:
    """A name of characters that any file system takes: ``ISO 9001-2015 Quality management systems.pdf``."""
    stem = " ".join(f"{_UNSAFE.sub('-', named)} {_UNSAFE.sub(' ', title)}".split())
    stem = stem.encode()[: MAX_NAME_BYTES - len(suffix)].decode(errors="ignore").strip(" .")
    return f"{stem}{suffix}"


def _answer(request: HttpRequest, file: Served, etag: str, added: int) -> HttpResponseBase:
    try:
        part = ranges.parse(request.headers.get("Range", ""), file.size) if _range_holds(request, etag, added) else None
    except ranges.Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    headers = _description(request, file) | {"Content-Length": str(part.length if part else file.size)}
    if part:
        headers["Content-Range"] = part.content_range
    status = 206 if part else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    try:
        content = file.content.open("rb")
    except FileNotFoundError:
        raise _lost(file) from None
    first, length = (part.first, part.length) if part else (0, file.size)
    return StreamingHttpResponse(_read(content, first, length, file), status=status, headers=headers)


def _description(request: HttpRequest, file: Served) -> dict[str, str]:
    """What the file is, and whether it is opened or saved."""
    saved = "download" in request.GET or file.media_type not in SHOWN_INLINE
    disposition = content_disposition_header(saved, file.saved_name) or "attachment"
    return {"Content-Type": file.media_type, "Content-Disposition": disposition}


def _handed_over(request: HttpRequest) -> bool:
    """Whether the server in front sends the bytes. It would judge If-Match by a validator of its own."""
    return bool(settings.DOWNLOADS_ACCEL) and not request.headers.keys() & {"If-Match", "If-Unmodified-Since"}


def _hand_over(request: HttpRequest, file: Served, etag: str, added: int) -> HttpResponse:
    """An empty answer by which nginx finds the file and sends it, whole or the range that was asked for.

    Whether all of it arrives only nginx knows, so a download counts when it is handed over.
    """
    if not file.content.storage.exists(str(file.content.name)):
        raise _lost(file)
    if request.method == "GET" and _from_the_beginning(request, file, etag, added):
        _count(file)
    address = f"{settings.DOWNLOADS_ACCEL.rstrip('/')}/{quote(str(file.content.name))}"
    return HttpResponse(headers=_description(request, file) | {"X-Accel-Redirect": address})


def _from_the_beginning(request: HttpRequest, file: Served, etag: str, added: int) -> bool:
    try:
        part = ranges.parse(request.headers.get("Range", ""), file.size) if _range_holds(request, etag, added) else None
    except ranges.Unsatisfiable:
        return False
    return part is None or part.first == 0


def _lost(file: Served) -> Http404:
    logger.error("File %s is not in the storage", file.content.name)
    return Http404(file.saved_name)


def _range_holds(request: HttpRequest, etag: str, added: int) -> bool:
    """RFC 9110, 13.1.5: a range counts only while the reader's earlier part is of this very file."""
    condition = request.headers.get("If-Range", "")
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == etag
    return parse_http_date_safe(condition) == added


def _read(content: OpenFile[bytes], first: int, length: int, file: Served) -> Iterator[bytes]:
    """``length`` bytes from ``first``; what begins at the beginning counts as a download once it is through."""
    with content:
        content.seek(first)
        left = length
        while left > 0 and (chunk := content.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
    if first == 0 and left <= 0:
        _count(file)


def _count(file: Served) -> None:
    try:
        file.count()
    except OperationalError as error:  # a database that is busy must not keep the file from the reader
        logger.warning("Download of %s not counted: %s", file.saved_name, error)
