"""Keeps what is fetched and asks only for what has changed."""

from __future__ import annotations

from io import BytesIO
from typing import IO

from asgiref.sync import sync_to_async
from django.utils import timezone
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK

from content.provenance import runs, snapshots
from content.provenance.models import Run, Snapshot
from crawlers.backends import from_snapshot, newest_snapshot
from crawlers.fetched import FETCHED, Fetched, latest, stored_before
from crawlers.responses import SpooledResponse
from crawlers.session import Session, session_of

HEADERS_KEPT = ("Content-Type", "Content-Language", "Content-Disposition", "Date", "ETag", "Last-Modified", "Server")


class SnapshotMiddleware:
    """Downloader middleware nearest to the spider: it sees final, decoded responses.

    A body that a broken-off run has fetched already is not fetched again. Otherwise the request is made conditional
    on the newest body held, which also answers in place of a 304.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SnapshotMiddleware:
        return cls(crawler)

    @property
    def session(self) -> Session:
        return session_of(self.crawler)

    async def process_request(self, request: Request) -> Response | None:
        if request.callback is NO_CALLBACK or FETCHED in request.meta:
            return None
        if self.session.run.backend == Run.Backend.SNAPSHOT:
            return await sync_to_async(self._from_snapshot)(request)
        kept = await sync_to_async(self._from_broken_off_run)(request)
        if kept is None:
            await sync_to_async(self._make_conditional)(request)
        return kept

    async def process_response(self, request: Request, response: Response) -> Response:
        if request.callback is NO_CALLBACK or FETCHED in request.meta:
            return response
        if response.status == 304:
            return await sync_to_async(self._not_modified)(request, response)
        if response.status == 200:
            await sync_to_async(self._keep)(request, response)
        return response

    def _from_snapshot(self, request: Request) -> Response:
        found = newest_snapshot(self.session, request.url)
        if found is None:
            return Response(request.url, status=404)
        request.meta[FETCHED] = Fetched(found.pk, found.sha256, unchanged=False)
        runs.beat(self.session.run, {"fetched": 1})
        return from_snapshot(request, found)

    def _from_broken_off_run(self, request: Request) -> Response | None:
        continued = self.session.run.checkpoint.get("continues", ())
        if not continued:
            return None
        found = Snapshot.objects.filter(run__in=continued, url=request.url).order_by("-pk").first()
        if found is None:
            return None
        try:
            response = from_snapshot(request, found)
        except snapshots.SnapshotMissing:
            return None
        # This run has read it too: what a run read can be told from its own snapshots.
        found.pk, found.run = None, self.session.run
        found.save(force_insert=True)
        self._note(request, found.sha256, found.pk)
        runs.beat(self.session.run, {"fetched": 1})
        return response

    def _make_conditional(self, request: Request) -> None:
        held = latest(self.session.source, request.url)
        if held is None or request.headers.get("If-None-Match"):
            return
        if held.etag:
            request.headers["If-None-Match"] = held.etag
        if held.last_modified:
            request.headers["If-Modified-Since"] = held.last_modified

    def _not_modified(self, request: Request, response: Response) -> Response:
        held = latest(self.session.source, request.url)
        try:
            if held is None:
                raise snapshots.SnapshotMissing("304 to an unconditional request")
            whole = from_snapshot(request, held)
        except snapshots.SnapshotMissing:
            # Ask again, for the whole: the body we said we had is gone.
            return request.replace(headers={"If-None-Match": '"none"'}, dont_filter=True)  # type: ignore[return-value]
        row = self._row(response, held.sha256, held.size, held)
        self._note(request, held.sha256, row.pk)
        runs.beat(self.session.run, {"not_modified": 1})
        return whole

    def _keep(self, request: Request, response: Response) -> None:
        body: IO[bytes] = response.reopen() if isinstance(response, SpooledResponse) else BytesIO(response.body)
        with body:
            stored = snapshots.store(body)
        row = self._row(response, stored.sha256, stored.size)
        self._note(request, stored.sha256, row.pk)
        runs.beat(self.session.run, {"fetched": 1})

    def _row(self, response: Response, sha256: str, size: int, held: Snapshot | None = None) -> Snapshot:
        headers = {name: _header(response, name) for name in HEADERS_KEPT if _header(response, name)}
        return Snapshot.objects.create(
            run=self.session.run,
            url=response.url[:2000],
            fetched_at=timezone.now(),
            status=response.status,
            headers=headers,
            content_type=(headers.get("Content-Type") or (held.content_type if held else ""))[:200],
            sha256=sha256,
            size=size,
            etag=(headers.get("ETag") or (held.etag if held else ""))[:300],
            last_modified=(headers.get("Last-Modified") or (held.last_modified if held else ""))[:100],
        )

    def _note(self, request: Request, sha256: str, snapshot_id: int) -> None:
        session = self.session
        unchanged = stored_before(session.source, session.run, request.url, sha256)
        request.meta[FETCHED] = Fetched(snapshot_id, sha256, unchanged)


def _header(response: Response, name: str) -> str:
    value = response.headers.get(name)
    return value.decode("latin-1")[:500] if value else ""
