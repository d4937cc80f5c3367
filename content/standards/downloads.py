"""Files: access, ranges, validators, the name they are saved under, and how often they are read."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote

from django.conf import settings
from django.core.files.base import File as OpenFile
from django.db import OperationalError
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe, quote_etag
from django.views.decorators.http import require_safe

from content.standards import ranges
from content.standards.models import File, Standard
from content.standards.views import Gone, find, gone_page

logger = logging.getLogger(__name__)

CHUNK = 256 * 1024
"""Bytes held in memory per download."""
SHOWN_INLINE = {"application/pdf", "text/plain"}
"""Other types are only offered for saving: a page of HTML from a publisher must not run under our name."""
MAX_NAME_BYTES = 180
"""File systems stop at 255 bytes; browsers add `` (1)`` and the like."""
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


@require_safe
def serve(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """The file, whole or a range of it; ``?download=1`` saves it instead of opening it."""
    try:
        standard = find(slug)
    except Gone as gone:
        return gone_page(request, gone.standard)
    file = get_object_or_404(File, standard=standard, name=name)
    file.standard = standard
    if file.access != Standard.Access.FULL_TEXT:
        return render(request, "standards/no_access.html", {"standard": standard, "file": file}, status=403)
    etag, added = quote_etag(file.sha256), int(file.added_at.timestamp())
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


def _answer(request: HttpRequest, file: File, etag: str, added: int) -> HttpResponseBase:
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


def _description(request: HttpRequest, file: File) -> dict[str, str]:
    """What the file is, and whether it is opened or saved."""
    saved = "download" in request.GET or file.media_type not in SHOWN_INLINE
    disposition = content_disposition_header(saved, saved_name(file)) or "attachment"
    return {"Content-Type": file.media_type, "Content-Disposition": disposition}


def _handed_over(request: HttpRequest) -> bool:
    """Whether the server in front sends the bytes. It would judge If-Match by a validator of its own."""
    return bool(settings.DOWNLOADS_ACCEL) and not request.headers.keys() & {"If-Match", "If-Unmodified-Since"}


def _hand_over(request: HttpRequest, file: File, etag: str, added: int) -> HttpResponse:
    """An empty answer by which nginx finds the file and sends it, whole or the range that was asked for.

    Whether all of it arrives only nginx knows, so a download counts when it is handed over.
    """
    if not file.content.storage.exists(str(file.content.name)):
        raise _lost(file)
    if request.method == "GET" and _from_the_beginning(request, file, etag, added):
        _count(file)
    address = f"{settings.DOWNLOADS_ACCEL.rstrip('/')}/{quote(str(file.content.name))}"
    return HttpResponse(headers=_description(request, file) | {"X-Accel-Redirect": address})


def _from_the_beginning(request: HttpRequest, file: File, etag: str, added: int) -> bool:
    try:
        part = ranges.parse(request.headers.get("Range", ""), file.size) if _range_holds(request, etag, added) else None
    except ranges.Unsatisfiable:
        return False
    return part is None or part.first == 0


def _lost(file: File) -> Http404:
    logger.error("File %s of %s is not in the storage", file.content.name, file.standard_id)
    return Http404(file.name)


def _range_holds(request: HttpRequest, etag: str, added: int) -> bool:
    """RFC 9110, 13.1.5: a range counts only while the reader's earlier part is of this very file."""
    condition = request.headers.get("If-Range", "")
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == etag
    return parse_http_date_safe(condition) == added


def _read(content: OpenFile[bytes], first: int, length: int, file: File) -> Iterator[bytes]:
    """``length`` bytes from ``first``; what begins at the beginning counts as a download once it is through."""
    with content:
        content.seek(first)
        left = length
        while left > 0 and (chunk := content.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
    if first == 0 and left <= 0:
        _count(file)


def _count(file: File) -> None:
    try:
        File.objects.filter(pk=file.pk).update(downloads=F("downloads") + 1)
    except OperationalError as error:  # a database that is busy must not keep the file from the reader
        logger.warning("Download of %s not counted: %s", file.name, error)


def saved_name(file: File) -> str:
    """``ISO 9001-2015 Quality management systems.pdf``: designation and title in characters any file system takes."""
    suffix = PurePosixPath(file.name).suffix.lower()
    if not re.fullmatch(r"\.[a-z0-9]{1,8}", suffix):
        suffix = ""
    standard = file.standard
    designation = _UNSAFE.sub("-", standard.designation)
    title = _UNSAFE.sub(" ", standard.title)
    stem = " ".join(f"{designation} {title}".split())
    stem = stem.encode()[: MAX_NAME_BYTES - len(suffix)].decode(errors="ignore").strip(" .")
    return f"{stem}{suffix}"
