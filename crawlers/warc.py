"""A run's snapshots as a WARC file (ISO 28500), for archives and for other tools."""

from __future__ import annotations

import tempfile
from typing import IO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from content.provenance import snapshots
from content.provenance.models import Run, Snapshot

ISO_DATE = "%Y-%m-%dT%H:%M:%SZ"


def export(run: Run, target: IO[bytes]) -> int:
    """Write what the run fetched, in the order in which it came; answers the number of documents.

    A document that was not modified is a ``revisit`` record. Bodies are decoded (no transfer or content coding), one in
    memory-bounded pieces at a time. Raises SnapshotMissing if a body is gone.
    """
    writer = WARCWriter(target, gzip=True)
    info = {"software": "standards-portal", "format": "WARC File Format 1.1", "description": str(run)}
    writer.write_record(writer.create_warcinfo_record(f"{run.source_id}-{run.pk}.warc.gz", info))
    count = 0
    for snapshot in run.snapshots.order_by("pk").iterator():
        if snapshot.status == 304:
            _write_revisit(writer, snapshot)
        else:
            _write_response(writer, snapshot)
        count += 1
    return count


def _write_response(writer: WARCWriter, snapshot: Snapshot) -> None:
    with tempfile.TemporaryFile() as body:
        snapshots.unpack(snapshot.sha256, body)
        body.seek(0)
        record = writer.create_warc_record(
            snapshot.url,
            "response",
            payload=body,
            length=snapshot.size,
            http_headers=_head(snapshot),
            warc_headers_dict={"WARC-Date": snapshot.fetched_at.strftime(ISO_DATE)},
        )
        writer.write_record(record)


def _write_revisit(writer: WARCWriter, snapshot: Snapshot) -> None:
    first = Snapshot.objects.filter(url=snapshot.url, sha256=snapshot.sha256).exclude(status=304).order_by("pk").first()
    seen = first or snapshot
    record = writer.create_revisit_record(
        snapshot.url,
        digest=f"sha256:{snapshot.sha256}",
        refers_to_uri=seen.url,
        refers_to_date=seen.fetched_at.strftime(ISO_DATE),
        http_headers=_head(snapshot),
        warc_headers_dict={"WARC-Date": snapshot.fetched_at.strftime(ISO_DATE)},
    )
    writer.write_record(record)


def _head(snapshot: Snapshot) -> StatusAndHeaders:
    reason = {200: "OK", 304: "Not Modified"}.get(snapshot.status, "")
    headers = [(name, str(value)) for name, value in snapshot.headers.items()]
    return StatusAndHeaders(f"{snapshot.status} {reason}".rstrip(), headers, protocol="HTTP/1.1")
