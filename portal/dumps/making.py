"""Making a day's files, and which there are.

A set is complete when its description ``2026-11-26.json`` is there; it is written last. Names carry the day, so that a
download that was broken off goes on with the very bytes it began with, while the next day's set is made.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import date, datetime, timedelta
from typing import IO, TypedDict

import orjson
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.base import File as StorageFile
from django.core.files.storage import Storage, storages
from django.utils import timezone, translation

from portal.dumps.flat import flat
from portal.dumps.tables import TABLES, Table

KEPT_DAYS = 3
"""Sets that stay: whoever began a download yesterday can end it today."""
LOCK_SECONDS = 3 * 3600
_DESCRIPTION = re.compile(r"(\d{4}-\d{2}-\d{2})\.json")
_FORMATS = ("jsonl", "csv")


class FileEntry(TypedDict):
    """One file of a set. ``bytes`` and ``sha256`` are of the file as it is downloaded, compressed."""

    name: str
    table: str
    format: str
    schema: str
    records: int
    bytes: int
    sha256: str


class Description(TypedDict):
    """A set; ``made_at`` is the moment before the first record was read (ISO 8601): what changed since is in the API
    with ``updated_since``."""

    date: str
    made_at: str
    files: list[FileEntry]


class Stopped(Exception):
    """We were asked to stop; nothing of the set is offered."""


def store() -> Storage:
    return storages["dumps"]


def latest() -> Description | None:
    """The newest complete set."""
    days = _days()
    return description(days[0]) if days else None


def description(day: str) -> Description:
    """Of one day. Raises FileNotFoundError."""
    with store().open(f"{day}.json") as file:
        found: Description = orjson.loads(file.read())
    return found


def entry(name: str) -> FileEntry | None:
    """What is known of a file that is offered, of whatever day."""
    day = name[:10]
    if day not in _days():
        return None
    return next((one for one in description(day)["files"] if one["name"] == name), None)


def make(day: date, *, stopping: Callable[[], bool] = lambda: False) -> Description | None:
    """Make the set of a day; None where it is there, or where another process is making it. Raises Stopped.

    Whatever goes wrong, a full disk above all, earlier sets stay whole and nothing of this one is left behind.
    """
    if day.isoformat() in _days() or not cache.add("dumps.making", 1, LOCK_SECONDS):
        return None
    try:
        _discard(day)  # what a process left that was killed: a second file of that name would get another one
        made_at = timezone.now().isoformat()
        with translation.override("zh-hans"):
            files = [one for table in TABLES for one in _write(table, day, stopping)]
        made: Description = {"date": day.isoformat(), "made_at": made_at, "files": files}
        store().save(f"{day}.json", ContentFile(orjson.dumps(made, option=orjson.OPT_INDENT_2)))
    except BaseException:
        _discard(day)
        raise
    else:
        _prune()
        return made
    finally:
        cache.delete("dumps.making")


def _write(table: Table, day: date, stopping: Callable[[], bool]) -> list[FileEntry]:
    """Both forms of a table, in one pass over its records."""
    with ExitStack() as open_files:
        raw = {kind: open_files.enter_context(tempfile.TemporaryFile()) for kind in _FORMATS}
        # Without name and time the same records make the same bytes.
        packed = {
            kind: gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0)
            for kind, file in raw.items()
        }
        count, rows = 0, None
        with packed["jsonl"] as lines, io.TextIOWrapper(packed["csv"], encoding="utf-8-sig", newline="") as text:
            for chunk in table.chunks(day):
                if stopping():
                    raise Stopped
                for document in chunk:
                    lines.write(orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE))
                    row = flat(document)
                    if rows is None:
                        rows = csv.DictWriter(text, list(row))
                        rows.writeheader()
                    rows.writerow(row)
                count += len(chunk)
        return [_keep(raw[kind], f"{day}-{table.name}.{kind}.gz", table, kind, count) for kind in raw]


def _keep(file: IO[bytes], name: str, table: Table, kind: str, count: int) -> FileEntry:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # a TemporaryFile is one
    file.seek(0)
    return {
        "name": store().save(name, StorageFile(file)),
        "table": table.name,
        "format": kind,
        "schema": table.schema,
        "records": count,
        "bytes": size,
        "sha256": digest,
    }


def _days() -> list[str]:
    """Days of which there is a complete set, the newest first."""
    return sorted((found[1] for name in _names() if (found := _DESCRIPTION.fullmatch(name))), reverse=True)


def _names() -> list[str]:
    try:
        return store().listdir("")[1]
    except FileNotFoundError:  # nothing was ever made
        return []


def _discard(day: date) -> None:
    """Remove what there is of a set that is not complete; its description first, should that be half-written."""
    begun = [name for name in _names() if name.startswith(day.isoformat())]
    for name in sorted(begun, key=lambda one: not one.endswith(".json")):
        with suppress(OSError):  # the failure that is told of is the one that led here
            store().delete(name)


def age(now: datetime) -> timedelta | None:
    """How old the newest complete set is; None where there is none."""
    held = latest()
    return now - datetime.fromisoformat(held["made_at"]) if held else None


def _prune() -> None:
    """Older sets and what a stopped process left; descriptions first, so that nothing is offered that is gone."""
    kept = set(_days()[:KEPT_DAYS])
    gone = [name for name in _names() if name[:10] not in kept]
    for name in sorted(gone, key=lambda one: not one.endswith(".json")):
        store().delete(name)
