"""Real designations in the ways people type them: the whole text given to ``parse``, or pasted as a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.designations import find, split_list, try_parse

LINES = Path(__file__).with_name("as_typed.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(line.rsplit(" => ", 1)) for line in LINES if " => " in line]


def reading(text: str, members: int) -> list[str]:
    """As the portal reads it: one designation, one with its title, or the members of a list or range."""
    whole = try_parse(text)
    if whole is not None:
        return [half.canonical for half in (whole, whole.dual)[:members] if half]
    if members == 1:
        return [entry.designation.canonical if entry.designation else entry.error for entry in split_list(text)]
    return [found.designation.canonical for found in find(text)]


@pytest.mark.parametrize(("text", "meant"), CASES)
def test_it_is_what_was_meant(text: str, meant: str) -> None:
    expected = meant.split(" || ")
    assert reading(text, len(expected)) == expected


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 500
