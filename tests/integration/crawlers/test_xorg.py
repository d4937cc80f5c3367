"""X Consortium Standards from the bundle to stored files and searchable pages, in processes of their own."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tests import portal_process

ROOT = Path(__file__).resolve().parents[3]


def manage(data: Path, *words: str) -> str:
    return portal_process.manage({**os.environ, "DATA_DIR": str(data)}, *words)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("var")
    manage(data, "migrate", "-v0")
    return data


def test_from_the_bundle_to_pages(data: Path) -> None:
    assert "succeeded, items 4, created 4" in manage(data, "crawl", "xorg", "--recorded")
    assert "4 files: 4 read" in manage(data, "read_files")
    with sqlite3.connect(data / "portal.sqlite3") as database:
        rows = database.execute(
            "SELECT s.designation, s.access, f.name, f.pages, count(p.id) FROM standards_standard s"
            " JOIN standards_file f ON f.standard_id = s.id JOIN standards_filepage p ON p.file_id = f.id"
            " GROUP BY f.id ORDER BY s.designation"
        ).fetchall()
    assert rows == [
        ("X.Org CTEXT 1.1", "full_text", "x.org-ctext-1.1-en.pdf", 8, 8),
        ("X.Org ICCCM 2.0", "full_text", "x.org-icccm-2.0-en.pdf", 75, 75),
        ("X.Org SECINT 3.0", "full_text", "x.org-secint-3.0-en.pdf", 8, 8),
        ("X.Org XLFD 1.5", "full_text", "x.org-xlfd-1.5-en.pdf", 40, 40),
    ]
    # Again: nothing is written, nothing is read anew.
    assert "created 0, updated 0, unchanged 4" in manage(data, "crawl", "xorg", "--recorded")
    assert "No file is waiting" in manage(data, "read_files")
