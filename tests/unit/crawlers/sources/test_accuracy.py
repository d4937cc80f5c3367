"""The parsers are as accurate as ``crawlers/ACCURACY.md`` says, and the bundles as complete as their publishers say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.accuracy import measuring
from tests.accuracy.__main__ import of_recordings
from tests.accuracy.tally import Tally, table

PUBLISHED = (measuring.BUNDLES.parent / "ACCURACY.md").read_text(encoding="utf-8").splitlines()


def holds(tallies: list[Tally]) -> None:
    lines = [line for line in table(tallies).splitlines() if line]
    assert len(lines) > len(tallies)
    assert [line for line in lines if line not in PUBLISHED] == []


def test_what_is_bundled() -> None:
    holds(measuring.of_bundles())


def test_what_is_recorded(recorded: Path) -> None:
    holds(of_recordings(recorded))


@pytest.mark.parametrize(
    ("source", "count"), [("echa_candidate", 253), ("echa_authorisation", 59), ("echa_restriction", 78)]
)
def test_lists_are_complete(source: str, count: int) -> None:
    assert sum(1 for _line in measuring.bundled(source).lines()) == count
