"""Regulations from recordings to the database, in processes of their own."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from pathlib import Path

import pytest

from crawlers import config
from tests import portal_process

ACT = Path(__file__).parents[2] / "unit" / "crawlers" / "sources" / "eurlex" / "journal.html"


def record(folder: Path) -> Path:
    """One made-up act under every number that the source asks for."""
    source = config.load("eurlex")
    (folder / "eurlex").mkdir(parents=True)
    documents = []
    for celex in source.settings["celex"]:
        body = ACT.read_text(encoding="utf-8").format("oj-").replace("kites", f"kites {celex}").encode()
        (folder / "eurlex" / f"{celex}.html").write_bytes(body)
        documents.append(
            {
                "url": f"{source.data_url}/{celex}",
                "file": f"{celex}.html",
                "media_type": "application/xhtml+xml",
                "recorded": "2030-03-01",
                "sha256": hashlib.sha256(body).hexdigest(),
            }
        )
    (folder / "eurlex" / "manifest.json").write_text(json.dumps({"documents": documents}))
    return folder


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    environment = {**os.environ, "DATA_DIR": str(tmp_path_factory.mktemp("var"))}
    portal_process.manage(environment, "migrate", "-v0")
    return environment


def rows(environment: dict[str, str], sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(Path(environment["DATA_DIR"]) / "portal.sqlite3") as database:
        return database.execute(sql).fetchall()


def test_acts_by_their_celex_numbers(environment: dict[str, str], tmp_path: Path) -> None:
    asked = len(config.load("eurlex").settings["celex"])
    there = environment | {"CRAWL_BUNDLE_DIR": str(record(tmp_path))}
    assert f"succeeded, items {asked}, created {asked}" in portal_process.manage(there, "crawl", "eurlex", "--recorded")
    (reach,) = rows(environment, "select kind, number, language, articles, url from regulations_regulation"
                    " where slug = 'celex-32006r1907'")  # fmt: skip
    assert reach == (
        "foreign",
        "32006R1907",
        "en",
        3,
        "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32006R1907",
    )
    assert f"unchanged {asked}" in portal_process.manage(there, "crawl", "eurlex", "--recorded")


def test_the_bundle_of_chinese_laws(environment: dict[str, str]) -> None:
    assert "succeeded, items 457, created 444" in portal_process.manage(environment, "crawl", "flk", "--recorded")
    held = rows(environment, "select count(*) from regulations_version where has_text and by <> ''")
    assert held == [(0,)]
    assert "created 0, updated 0, unchanged 457" in portal_process.manage(environment, "crawl", "flk", "--recorded")
