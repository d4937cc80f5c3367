"""Crawls in child processes, each test with a database file of its own."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import connection

from crawlers import config
from tests.integration.crawlers.site import site

__all__ = ["site"]

ROOT = Path(__file__).resolve().parents[3]
URL = str(config.load("iso").data_url)


@dataclass
class Place:
    """A data folder with a migrated database, and crawls over it."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, backend: str = "recorded", *, records: int, **order: Any) -> subprocess.Popen[str]:
        """Start a crawl of the ISO source that expects about ``records`` records."""
        changes = {"expected": {"items": [records, records + 5], "rejected_share": 0.2}, **order.pop("changes", {})}
        text = json.dumps({"name": "iso", "backend": backend, "changes": changes, **order})
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        return subprocess.Popen(
            [sys.executable, "-m", "tests.integration.crawlers.child", text],
            cwd=ROOT,
            env=environment
            | {"DATA_DIR": str(self.folder), "DJANGO_SETTINGS_MODULE": "portal.settings"}
            | self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def crawl(self, backend: str = "recorded", *, records: int, **order: Any) -> dict[str, str]:
        """Run a crawl to its end; ``state`` and ``reason`` of the run."""
        child = self.start(backend, records=records, **order)
        output, errors = child.communicate(timeout=120)
        assert child.returncode == 0, errors
        result: dict[str, str] = json.loads(output.splitlines()[-1])
        return result

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the database."""
        with closing(sqlite3.connect(self.folder / "portal.sqlite3", timeout=30)) as database:
            return database.execute(sql).fetchall()

    def one(self, sql: str) -> Any:
        """The only value of the only row."""
        ((value,),) = self.ask(sql)
        return value

    def facts(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that was stored, without keys and times."""
        return {name: sorted(self.ask(sql), key=repr) for name, sql in FACTS.items()}


FACTS = {
    "standards": """select designation, designation_published, slug, undated_slug, family_slug, sort_key, body_id,
        number, part, year, edition, kind, title_en, title_fr, status, status_since, stage, published, committee, url
        from standards_standard""",
    "classes": """select s.slug, c.icsclass_id from standards_standard_ics c
        join standards_standard s on s.id = c.standard_id""",
    "relations": """select s.slug, r.kind, r.target_designation, r.target_slug, t.slug, r.source_id
        from standards_relation r join standards_standard s on s.id = r.standard_id
        left join standards_standard t on t.id = r.target_id""",
    "claims": """select c.source_id, c.key, c.url, c.item_hash, c."values", c.missing_since is null, s.slug
        from provenance_claim c join standards_standard s on s.id = c.record_id""",
    "changes": "select label, kind, field, old, new from provenance_change",
}


@pytest.fixture
def place(tmp_path: Path, db: None) -> Iterator[Place]:
    """An empty portal."""
    folder = tmp_path / "data"
    folder.mkdir()
    if connection.vendor != "sqlite":
        pytest.skip("copies the schema of the embedded database")
    with closing(sqlite3.connect(folder / "portal.sqlite3")) as copy:
        # Not backup(): that waits for the end of the transaction in which every test runs.
        copy.executescript("".join(connection.connection.iterdump()))
    yield Place(folder)


def deliverable(number: int, **changes: Any) -> dict[str, Any]:
    """A line of ISO Open Data about ISO ``number``:2020, which replaces what the line ``number`` + 500,000 is about."""
    return {
        "id": number,
        "deliverableType": "IS",
        "supplementType": None,
        "reference": f"ISO {number}:2020",
        "title": {"en": f"Paper — Part {number}", "fr": f"Papier {number}"},
        "publicationDate": "2020-03",
        "edition": 2,
        "icsCode": ["85.060"],
        "ownerCommittee": "ISO/TC 6",
        "currentStage": 6060,
        "replaces": [number + 500_000],
        "replacedBy": None,
    } | changes


def lines(rows: Sequence[dict[str, Any]]) -> bytes:
    """The file of ISO Open Data."""
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)


def record(folder: Path, body: bytes) -> str:
    """Lay a recording of the ISO source under ``folder``; answers the folder of recordings."""
    (folder / "iso").mkdir(parents=True, exist_ok=True)
    (folder / "iso" / "list.jsonl").write_bytes(body)
    document = {
        "url": URL,
        "file": "list.jsonl",
        "media_type": "application/jsonl",
        "recorded": "2025-07",
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    (folder / "iso" / "manifest.json").write_text(json.dumps({"documents": [document]}))
    return str(folder)
