"""A source from its recording to the database, through Scrapy: once, again, broken off, and with a wrong document."""

from __future__ import annotations

import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.integration.crawlers.conftest import Place, deliverable, lines, record

ROWS = [row for n in range(1000, 1040) for row in (deliverable(n), deliverable(n + 500_000, reference=f"ISO {n}:2010"))]


def test_first_unchanged_changed_and_shorter(place: Place, tmp_path: Path) -> None:
    bundle = record(tmp_path / "bundle", lines(ROWS) + b'{"id": 77, "reference": broken\n')
    assert place.crawl(records=80, bundle=bundle) == {"state": "succeeded", "reason": ""}
    counts = (
        "select created, updated, unchanged, removed, rejected, fetched, not_modified from provenance_run order by id"
    )
    assert place.ask(counts) == [(80, 0, 0, 0, 1, 1, 0)]
    assert place.ask("select key, reason from provenance_rejecteditem") == [("77", "not_json")]
    assert place.one("select count(*) from standards_relation where target_id is not null") == 40
    assert place.one("select count(*) from provenance_snapshot") == 1

    before = place.facts()
    assert place.crawl(records=80, bundle=bundle)["state"] == "succeeded"
    assert place.ask(counts)[1] == (0, 0, 80, 0, 0, 0, 1)
    assert place.facts() == before

    changed = [deliverable(1000, currentStage=9599), *ROWS[1:-2], ROWS[-1]]
    bundle = record(tmp_path / "bundle", lines(changed))
    assert place.crawl(records=79, bundle=bundle)["state"] == "succeeded"
    assert place.ask(counts)[2] == (0, 1, 78, 1, 0, 1, 0)
    assert place.ask("select label, field, old, new from provenance_change where kind != 'created' order by id") == [
        ("ISO 1000:2020", "status", '"in_force"', '"withdrawn"'),
        ("ISO 1000:2020", "stage", '"60.60"', '"95.99"'),
    ]
    assert place.ask("select key from provenance_claim where missing_since is not null") == [("1039",)]
    assert place.one("select count(*) from standards_standard") == 80

    assert place.crawl("snapshot", records=79, options={"force": True, "resume": False})["state"] == "succeeded"
    assert place.ask(counts)[3] == (0, 0, 79, 0, 0, 1, 0)


def test_a_record_that_can_no_longer_be_read_is_still_listed(place: Place, tmp_path: Path) -> None:
    bundle = record(tmp_path / "bundle", lines(ROWS))
    place.crawl(records=80, bundle=bundle)
    record(tmp_path / "bundle", lines(ROWS[1:]) + b'{"id": 1000, "reference": broken\n')
    for rejected in (1, 0):  # read, then covered by what was remembered of the reading
        assert place.crawl(records=79, bundle=bundle) == {"state": "succeeded", "reason": ""}
        assert place.ask("select items, rejected, removed from provenance_run order by id desc")[0] == (79, rejected, 0)
        assert place.ask("select key from provenance_claim where missing_since is not null") == []


def test_killed_in_the_middle_and_resumed_is_as_if_unbroken(place: Place, tmp_path: Path) -> None:
    rows = [deliverable(number, replaces=[number + 1]) for number in range(10_000, 13_000)]
    bundle = record(tmp_path / "bundle", lines(rows))
    child = place.start(records=3000, bundle=bundle)
    stored = "select count(*) from standards_standard"
    deadline = time.monotonic() + 100
    while place.one(stored) == 0:
        assert child.poll() is None, child.communicate()
        assert time.monotonic() < deadline
    child.send_signal(signal.SIGKILL)
    child.communicate()
    half = place.one(stored)
    assert 0 < half < 3000
    assert half % 500 == 0
    assert place.ask("select state from provenance_run") == [("running",)]

    assert place.crawl(records=3000, bundle=bundle)["state"] == "succeeded"
    assert place.ask("select state, created, unchanged, removed from provenance_run order by id")[1:] == [
        ("succeeded", 3000 - half, half, 0)
    ]
    assert place.ask("select state from provenance_run order by id")[0] == ("interrupted",)
    # The document was not read from the bundle a second time, and still is a document of the second run.
    assert place.ask("select run_id from provenance_snapshot order by id") == [(1,), (2,)]
    resumed = place.facts()

    with_one = Place(tmp_path / "unbroken")
    with_one.folder.mkdir()
    with_one.folder.joinpath("portal.sqlite3").write_bytes(empty_copy(place))
    assert with_one.crawl(records=3000, bundle=bundle)["state"] == "succeeded"
    assert with_one.facts() == resumed


def empty_copy(place: Place) -> bytes:
    """The database of a place without what was crawled."""
    path = place.folder / "empty.sqlite3"
    with closing(sqlite3.connect(place.folder / "portal.sqlite3")) as full, closing(sqlite3.connect(path)) as copy:
        full.backup(copy)
        names = [name for (name,) in copy.execute("select name from sqlite_master where type = 'table'")]
        for name in names:
            if name.startswith(("standards_", "provenance_", "search_")):
                copy.execute(f'delete from "{name}"')  # noqa: S608
        copy.commit()
    return path.read_bytes()


def test_a_run_that_is_not_as_expected_fails_and_marks_nothing(place: Place, tmp_path: Path) -> None:
    bundle = record(tmp_path / "bundle", lines(ROWS))
    place.crawl(records=80, bundle=bundle)
    before = place.facts()
    for body, reason in (
        (lines(ROWS[:30]), "30 records, expected 80"),
        (lines(ROWS[:60]) + b"{}\n" * 30, "60 of 90 lines are deliverables"),
        (lines(ROWS) + b'{"id": 1, "reference": "no standard"}\n' * 40, "40 records rejected"),
        (b"<html>We have moved</html>", "0 of 1 lines are deliverables"),
    ):
        record(tmp_path / "bundle", body)
        ended = place.crawl(records=80, bundle=bundle)
        assert ended["state"] == "failed"
        assert reason in ended["reason"]
        assert place.facts() == before


def test_a_damaged_recording_is_named(place: Place, tmp_path: Path) -> None:
    bundle = record(tmp_path / "bundle", lines(ROWS))
    (tmp_path / "bundle" / "iso" / "list.jsonl").write_bytes(lines(ROWS[:10]))
    ended = place.crawl(records=80, bundle=bundle)
    assert ended["state"] == "failed"
    assert "is not what its manifest says" in ended["reason"]
