"""Bulk data: complete, described truly, resumable; nothing hidden in it, nothing offered before it is whole."""

from __future__ import annotations

import csv
import errno
import gzip
import hashlib
import io
import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from content.reach import store as reach
from content.reach.items import EntryItem, SubstanceItem
from content.reach.models import Guidance
from content.standards.models import Standard
from content.tbt.models import Notification
from portal.api import api
from portal.dumps import making
from portal.dumps.making import Stopped, make
from portal.dumps.tables import BY_NAME, TABLES
from portal.worker import Worker
from tests.factories import make_source, make_standard
from tests.integration.content.regulations.samples import NEW, RULE, load
from tests.integration.content.tbt.samples import LONGER, TOYS
from tests.integration.content.tbt.samples import load as load_notifications

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def _records(settings: Any, tmp_path: Path) -> None:
    backend = settings.STORAGES["dumps"]["BACKEND"]
    settings.STORAGES = {
        **settings.STORAGES,
        "dumps": {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "dumps"}},
    }
    for number in range(1, 6):
        make_standard(f"ISO {number}:2001", title_en=f"=Title {number}", title_zh="标题", status="in_force")
    make_standard("ISO 9:2001", hidden_at=timezone.now())
    load(NEW, RULE)
    load_notifications(TOYS, LONGER)
    item = EntryItem(
        key="bpa",
        url="https://echa.europa.eu/",
        list_name="candidate",
        substance=SubstanceItem(name="Bisphenol A", cas=("80-05-7",)),
        included="2017-01-12",
    )
    reach.upsert([item], source=make_source("echa_candidate"))
    now = timezone.now()
    Guidance.objects.create(slug="guide", title="Guide", sha256="0" * 64, size=1, created_at=now, updated_at=now)


def content(client: Client, name: str) -> bytes:
    answer = client.get(f"/data/files/{name}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_every_public_record_in_both_forms(client: Client) -> None:
    made = make(TODAY)
    assert made is not None
    assert {(one["table"], one["format"], one["records"]) for one in made["files"]} == {
        (table, form, count)
        for table, count in (
            ("standards", 5),
            ("regulations", 2),
            ("tbt", 2),
            ("substances", 1),
            ("guidance", 1),
            ("changes", 0),
        )
        for form in ("jsonl", "csv")
    }
    for one in made["files"]:
        body = content(client, one["name"])
        assert (len(body), hashlib.sha256(body).hexdigest()) == (one["bytes"], one["sha256"])
    lines = [
        orjson.loads(line)
        for line in gzip.decompress(content(client, f"{TODAY}-standards.jsonl.gz")).decode().splitlines()
    ]
    listed = client.get("/api/v1/standards/").json()["results"]
    assert sorted(lines, key=lambda one: one["id"]) == sorted(listed, key=lambda one: one["id"])
    text = gzip.decompress(content(client, f"{TODAY}-standards.csv.gz")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["title.en"] for row in rows] == [f"'=Title {number}" for number in range(1, 6)]


def test_records_follow_the_schema_that_is_named() -> None:
    schemas = api.get_openapi_schema()["components"]["schemas"]
    for table in TABLES:
        day = timezone.localdate() + timedelta(days=1) if table.name == "changes" else TODAY
        (chunk,) = table.chunks(day)
        assert orjson.loads(orjson.dumps(chunk[0])).keys() == schemas[table.schema]["properties"].keys()


def test_the_changes_of_the_day_before(client: Client) -> None:
    Notification.objects.filter(symbol=LONGER.symbol).update(hidden_at=timezone.now())
    tomorrow = timezone.localdate() + timedelta(days=1)
    made = make(tomorrow)
    assert made is not None
    text = gzip.decompress(content(client, f"{tomorrow}-changes.jsonl.gz")).decode()
    labels = [orjson.loads(line)["label"] for line in text.splitlines()]
    assert TOYS.symbol in labels
    assert LONGER.symbol not in labels
    assert list(BY_NAME["changes"].chunks(timezone.localdate())) == []


def test_the_same_records_make_the_same_bytes() -> None:
    first, second = make(TODAY), make(date(2026, 3, 5))
    assert first is not None
    assert second is not None
    assert [one["sha256"] for one in first["files"]] == [one["sha256"] for one in second["files"]]


def test_queries_grow_with_chunks_alone(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any) -> None:
    table = TABLES[0]
    with django_assert_num_queries(1 + 2 + 1):  # a chunk, its two kinds of classes, and the end
        assert [len(chunk) for chunk in table.chunks(TODAY)] == [5]
    monkeypatch.setattr("portal.dumps.tables.CHUNK", 2)
    with django_assert_num_queries(3 * 3 + 1):
        assert [len(chunk) for chunk in table.chunks(TODAY)] == [2, 2, 1]


def test_a_download_goes_on_where_it_broke_off(client: Client) -> None:
    make(TODAY)
    name = f"{TODAY}-standards.jsonl.gz"
    whole = content(client, name)
    head = client.get(f"/data/files/{name}")
    etag = head.headers["ETag"]
    assert head.headers["Accept-Ranges"] == "bytes"
    rest = client.get(f"/data/files/{name}", headers={"Range": "bytes=10-", "If-Range": etag})
    assert rest.status_code == 206
    assert rest.headers["Content-Range"] == f"bytes 10-{len(whole) - 1}/{len(whole)}"
    assert b"".join(rest.streaming_content) == whole[10:]  # type: ignore[attr-defined]
    other = client.get(f"/data/files/{name}", headers={"Range": "bytes=10-", "If-Range": '"other"'})
    assert other.status_code == 200
    beyond = client.get(f"/data/files/{name}", headers={"Range": f"bytes={len(whole)}-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")
    assert client.get(f"/data/files/{name}", headers={"If-None-Match": etag}).status_code == 304
    assert client.head(f"/data/files/{name}").headers["Content-Length"] == str(len(whole))


def test_its_description_and_the_address_that_stays(client: Client) -> None:
    assert client.get("/data/manifest.json").status_code == 404
    assert client.get("/data/latest/standards.csv.gz").status_code == 404
    make(TODAY)
    document = client.get("/data/manifest.json").json()
    assert document["date"] == TODAY.isoformat()
    (one,) = [one for one in document["files"] if (one["table"], one["format"]) == ("regulations", "csv")]
    assert one["url"].endswith(f"/data/files/{TODAY}-regulations.csv.gz")
    assert client.get("/data/latest/regulations.csv.gz").headers["Location"] == f"/data/files/{one['name']}"
    assert client.get("/data/latest/nothing.csv.gz").status_code == 404


def test_the_page(client: Client) -> None:
    assert "notice" in client.get("/data/").content.decode()
    made = make(TODAY)
    assert made is not None
    for edition in ("", "/en"):
        text = client.get(f"{edition}/data/").content.decode()
        for one in made["files"]:
            assert one["sha256"] in text
            assert f'href="/data/files/{one["name"]}"' in text


def test_one_set_a_day_and_old_ones_go() -> None:
    for day in range(1, 6):
        assert make(date(2026, 3, day)) is not None
    assert make(date(2026, 3, 5)) is None
    days = {name[:10] for name in making.store().listdir("")[1]}
    assert days == {"2026-03-03", "2026-03-04", "2026-03-05"}
    assert making.entry("2026-03-02-standards.csv.gz") is None


def test_nothing_is_offered_of_a_set_that_was_broken_off(client: Client) -> None:
    done: list[int] = []

    def stopping() -> bool:
        done.append(1)
        return len(done) > 1  # within the second table

    with pytest.raises(Stopped):
        make(TODAY, stopping=stopping)
    assert making.latest() is None
    assert client.get(f"/data/files/{TODAY}-standards.csv.gz").status_code == 404
    made = make(TODAY)  # what lies there does not stand in its way
    assert made is not None
    for one in made["files"]:
        assert hashlib.sha256(content(client, one["name"])).hexdigest() == one["sha256"]


@pytest.mark.parametrize(
    "name", ["2026-03-04.json", "2026-03-04-..%2f..%2fdb.sqlite3", "..", "2026-03-04-none.csv.gz", "2026-03-04-a%00"]
)
def test_nothing_else_is_served(client: Client, name: str) -> None:
    make(TODAY)
    assert client.get(f"/data/files/{name}").status_code == 404


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("dump")
    assert f"{timezone.localdate()}-standards.jsonl.gz: 5 records" in capsys.readouterr().out
    call_command("dump")
    assert "already" in capsys.readouterr().out


def test_a_hidden_record_is_in_none() -> None:
    made = make(TODAY)
    assert made is not None
    with making.store().open(f"{TODAY}-standards.jsonl.gz") as file:
        assert b"ISO 9:2001" not in gzip.decompress(file.read())
    assert Standard.objects.filter(designation="ISO 9:2001").exists()


def test_a_full_disk_leaves_yesterdays_files_whole_and_the_worker_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    held = make(yesterday)
    assert held is not None
    before = {name: making.store().size(name) for name in making._names()}
    save: Callable[..., str] = FileSystemStorage._save  # type: ignore[attr-defined]  # not in the stubs
    written: list[str] = []

    def full(storage: FileSystemStorage, name: str, file: Any) -> str:
        """Room for three files; of the fourth a half is written."""
        written.append(name)
        if len(written) <= 3:
            return save(storage, name, file)
        save(storage, name, ContentFile(b"half"))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    worker = Worker(threading.Event())
    worker.idle_since = -10_000.0
    worker.dump()
    assert len(written) == 4
    worker.dump()
    assert len(written) == 4, "it is not tried again at once"
    assert {name: making.store().size(name) for name in making._names()} == before
    assert making.latest() == held
    monkeypatch.undo()
    worker.dump_failed = -10_000.0
    worker.dump()
    assert worker.dumped == timezone.localdate()
    assert (made := making.latest()) is not None
    assert made["date"] == timezone.localdate().isoformat()
    assert all(one["name"] in making._names() for one in made["files"])
