"""One run of a source at a time, alive or dead, stopped or taken over; and the bytes that runs keep."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.utils import timezone
from warcio.archiveiterator import ArchiveIterator

from content.provenance import runs, snapshots
from content.provenance.models import Run, Snapshot, Source
from crawlers import warc

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return Source.objects.create(name="list", title_zh="", title_en="", publisher="", licence="", frequency="daily")


@pytest.fixture(autouse=True)
def _own_storage(settings: Any, tmp_path: Path) -> None:
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "snapshots"}}
    settings.STORAGES = {**settings.STORAGES, "snapshots": place}


def begin(source: Source, **options: Any) -> Run:
    return runs.begin(source, Run.Backend.LIVE, **options)


def test_a_second_run_waits_for_the_first(source: Source) -> None:
    first = begin(source)
    with pytest.raises(runs.RunInProgress):
        begin(source)
    assert runs.finish(first, Run.State.SUCCEEDED)
    assert begin(source).checkpoint == {}


def test_a_killed_run_is_buried_and_continued(source: Source) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    first = begin(source)
    own = first.worker.split(" ")
    start = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[19]
    Run.objects.update(worker=f"{own[0]} {child.pid} {start}")
    with pytest.raises(runs.RunInProgress):
        begin(source)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    second = begin(source)
    first.refresh_from_db()
    assert first.state == Run.State.INTERRUPTED
    assert second.checkpoint == {"continues": [first.pk]}
    runs.finish(second, Run.State.INTERRUPTED)
    assert begin(source).checkpoint == {"continues": [second.pk, first.pk]}


def test_a_process_id_used_anew_is_not_the_same_process(source: Source) -> None:
    first = begin(source)
    host, pid, start = first.worker.split(" ")
    Run.objects.update(worker=f"{host} {pid} {int(start) - 1}")
    assert begin(source).pk != first.pk


def test_a_run_on_another_machine_is_dead_after_a_silence(source: Source) -> None:
    first = begin(source)
    Run.objects.update(worker="elsewhere/0/0 1 1", heartbeat_at=timezone.now() - runs.EXPIRY + timedelta(seconds=30))
    with pytest.raises(runs.RunInProgress):
        begin(source)
    Run.objects.update(heartbeat_at=timezone.now() - runs.EXPIRY)
    second = begin(source)
    with pytest.raises(runs.RunLost):
        runs.beat(first)
    assert not runs.finish(first, Run.State.SUCCEEDED)
    runs.beat(second, {"items": 5})
    second.refresh_from_db()
    assert (second.items, second.state) == (5, Run.State.RUNNING)


def test_fresh_and_other_back_ends_do_not_continue(source: Source) -> None:
    runs.finish(begin(source), Run.State.INTERRUPTED)
    assert begin(source, resume=False).checkpoint == {}
    Run.objects.update(state=Run.State.INTERRUPTED)
    assert runs.begin(source, Run.Backend.RECORDED).checkpoint == {}


def test_an_operator_stops_a_run(source: Source) -> None:
    assert not runs.cancel("list")
    run = begin(source)
    assert runs.cancel("list")
    with pytest.raises(runs.RunCancelled):
        runs.beat(run)


def stored_file(sha256: str) -> Path:
    return Path(storages["snapshots"].path(f"{sha256[:2]}/{sha256}.gz"))


def test_a_body_is_kept_once_and_given_back() -> None:
    body = os.urandom(3_000_000)
    first = snapshots.store(BytesIO(body))
    assert first.size == len(body)
    assert snapshots.store(BytesIO(body)) == first
    with snapshots.open_body(first.sha256) as stream:
        assert stream.read() == body
    assert len(list(stored_file(first.sha256).parent.iterdir())) == 1


def test_a_torn_file_is_noticed_and_mended() -> None:
    body = os.urandom(300_000)
    kept = snapshots.store(BytesIO(body))
    path = stored_file(kept.sha256)
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(snapshots.SnapshotMissing):
        snapshots.unpack(kept.sha256, BytesIO())
    snapshots.store(BytesIO(body))
    target = BytesIO()
    snapshots.unpack(kept.sha256, target)
    assert target.getvalue() == body


def test_a_body_that_is_not_held_is_named() -> None:
    with pytest.raises(snapshots.SnapshotMissing):
        snapshots.open_body("0" * 64)


def test_a_run_as_warc(source: Source) -> None:
    run = begin(source)
    kept = snapshots.store(BytesIO("名称".encode()))
    common = {"run": run, "url": "https://example.org/标准", "fetched_at": timezone.now(), "size": kept.size}
    headers = {"Content-Type": "text/plain; charset=utf-8"}
    for status in (200, 304):
        Snapshot.objects.create(status=status, sha256=kept.sha256, headers=headers, **common)
    target = BytesIO()
    assert warc.export(run, target) == 2
    records = []
    for record in ArchiveIterator(BytesIO(target.getvalue())):
        records.append((record.rec_type, record.content_stream().read() if record.rec_type == "response" else b""))
    assert records == [("warcinfo", b""), ("response", "名称".encode()), ("revisit", b"")]
    assert gzip.decompress(target.getvalue())
