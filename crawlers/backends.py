"""The fetch back ends besides the live site: the bundled recording, earlier snapshots. Spiders cannot tell who answers.

Scrapy calls them download handlers. All of them answer a request marked ``SPOOL`` with a SpooledResponse, so that a
bulk file of any size costs no memory.
"""

from __future__ import annotations

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Headers, Request, Response
from scrapy.responsetypes import responsetypes

from content.provenance import snapshots
from content.provenance.models import Run, Snapshot
from crawlers import bundle
from crawlers.responses import SPOOL, SpooledResponse, SpoolFile, spool_file
from crawlers.session import Session, session_of

IN_MEMORY_LIMIT = 64 << 20
"""Bytes of a document that is not spooled."""


class RecordedHandler(BaseDownloadHandler):
    """Answers from the bundled recording; 404 for what was not recorded, 304 for what the asker has."""

    lazy = False

    async def download_request(self, request: Request) -> Response:
        session = session_of(self.crawler)
        recording = bundle.recordings(session.config.name).get(request.url)
        if recording is None:
            return Response(request.url, status=404)
        etag = f'"{recording.sha256}"'
        headers = Headers(
            {"Content-Type": recording.media_type, "ETag": etag, "Last-Modified": recording.last_modified}
        )
        if request.headers.get("If-None-Match") == etag.encode():
            return Response(request.url, status=304, headers=headers)
        file = spool_file()
        bundle.unpack(session.config.name, recording, file)
        return answer(request, headers, file)


def newest_snapshot(session: Session, url: str) -> Snapshot | None:
    """The newest body at an address that came from outside, not from another reading of snapshots."""
    rows = Snapshot.objects.filter(run__source=session.source, url=url).exclude(run__backend=Run.Backend.SNAPSHOT)
    return rows.order_by("-pk").first()


def from_snapshot(request: Request, found: Snapshot) -> Response:
    """A kept body as a response. SnapshotMissing if its bytes are gone."""
    file = spool_file()
    snapshots.unpack(found.sha256, file)
    return answer(request, Headers({"Content-Type": found.content_type}), file)


def answer(request: Request, headers: Headers, file: SpoolFile[bytes]) -> Response:
    """A body as the request wants it: in a file, or in memory."""
    if request.meta.get(SPOOL):
        return SpooledResponse(request.url, headers=headers, file=file)
    file.seek(0)
    body = file.read(IN_MEMORY_LIMIT + 1)
    if len(body) > IN_MEMORY_LIMIT:
        raise ValueError(f"{request.url} is too long to be read into memory: the source must spool it")
    kind = responsetypes.from_args(headers=headers, url=request.url, body=body[:1024])
    return kind(request.url, headers=headers, body=body)
