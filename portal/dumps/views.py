"""``/data/``: what is offered in bulk, its description as JSON, and the files, which can be resumed (RFC 9110, 14)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from content import ranges
from content.provenance.models import Source
from portal.dumps import making
from portal.dumps.tables import BY_NAME, TABLES

CHUNK = 256 * 1024


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The newest set."""
    held = making.latest()
    files = held["files"] if held else []
    context = {
        "tables": [
            {"name": table.name, "label": table.label, "schema": table.schema, "files": mine}
            for table in TABLES
            if (mine := [one for one in files if one["table"] == table.name])
        ],
        "made_at": datetime.fromisoformat(held["made_at"]) if held else None,
        "sources": Source.objects.order_by("name"),
        "here": _("Bulk data"),
    }
    return render(request, "portal/data.html", context)


@require_safe
@cache_control(public=True, max_age=300)
def manifest(request: HttpRequest) -> HttpResponse:
    """The newest set as data: names, addresses, records, sizes, hashes."""
    held = making.latest()
    if held is None:
        raise Http404("no set yet")
    document: dict[str, Any] = {
        **held,
        "files": [one | {"url": request.build_absolute_uri(address(one["name"]))} for one in held["files"]],
    }
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_safe
def newest(request: HttpRequest, table: str, kind: str) -> HttpResponse:
    """An address that stays, for scripts: leads to the newest file of a table."""
    held = making.latest()
    for one in held["files"] if held else []:
        if table in BY_NAME and (one["table"], one["format"]) == (table, kind):
            return redirect(address(one["name"]))
    raise Http404(table)


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file, whole or the range that is asked for. It never changes under its name."""
    found = making.entry(name)
    if found is None:
        raise Http404(name)
    etag = quote_etag(found["sha256"])
    response = get_conditional_response(request, etag=etag) or _answer(request, found, etag)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "public, max-age=86400, immutable, no-transform"
    return response


def address(name: str) -> str:
    return reverse("data-file", args=[name])


def _answer(request: HttpRequest, found: making.FileEntry, etag: str) -> HttpResponseBase:
    size = found["bytes"]
    held = request.headers.get("If-Range", "") in ("", etag)
    try:
        part = ranges.parse(request.headers.get("Range", ""), size) if held else None
    except ranges.Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {
        "Content-Type": "application/gzip",
        "Content-Disposition": f'attachment; filename="{found["name"]}"',
        "Content-Length": str(part.length if part else size),
    }
    if part:
        headers["Content-Range"] = part.content_range
    status = 206 if part else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    try:
        content = making.store().open(found["name"])
    except FileNotFoundError as gone:  # pruned since its description was read
        raise Http404(found["name"]) from gone
    first, length = (part.first, part.length) if part else (0, size)
    return StreamingHttpResponse(_read(content, first, length), status=status, headers=headers)


def _read(content: File[bytes], first: int, length: int) -> Iterator[bytes]:
    with content:
        content.seek(first)
        while length > 0 and (chunk := content.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
