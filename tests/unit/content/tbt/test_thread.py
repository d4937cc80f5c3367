"""A thread's documents, in any order, as one history."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.tbt.merging import kind_of
from content.tbt.models import Notification
from content.tbt.symbols import symbol_of
from content.tbt.thread import Stage, last_day, thread

BASE = "G/TBT/N/EU/7"


def document(part: str = "", **values: Any) -> Notification:
    symbol = symbol_of(f"{BASE}{part}")
    return Notification(symbol=symbol.canonical, base=symbol.base, kind=kind_of(symbol), **values)


def event(kind: str, day: str = "") -> dict[str, str]:
    return {"kind": kind, "date": day} if day else {"kind": kind}


@pytest.mark.parametrize(
    ("documents", "stage"),
    [
        ([document(comments="2030-05-10")], Stage.OPEN),
        ([document(comments="2030-05-09")], Stage.CLOSED),
        ([document(comments="2030-05")], Stage.OPEN),
        ([document(comments="2030-04")], Stage.CLOSED),
        ([document()], Stage.UNDATED),
        ([document(comments="2030-01-01"), document("/Add.1", events=[event("adopted")])], Stage.ADOPTED),
        ([document(comments="2030-01-01"), document("/Add.1", events=[event("published")])], Stage.ADOPTED),
        ([document("/Add.1", events=[event("in_force", "2030-05-10")])], Stage.IN_FORCE),
        ([document("/Add.1", events=[event("adopted"), event("in_force", "2030-05-11")])], Stage.ADOPTED),
        ([document(comments="2031-01-01"), document("/Add.1", events=[event("withdrawn")])], Stage.WITHDRAWN),
        (
            [
                document("/Add.1", circulated="2029-01-01", events=[event("adopted")]),
                document("/Rev.1", circulated="2030-04-01", comments="2030-06-01"),
            ],
            Stage.OPEN,  # a revision is a new draft
        ),
    ],
)
def test_stages(documents: list[Notification], stage: Stage) -> None:
    assert thread(documents).stage(date(2030, 5, 10)) == stage


def test_the_day_stated_last_counts() -> None:
    found = thread(
        [
            document("/Add.2", circulated="2030-03-01", events=[event("comments_changed", "2030-08-01")]),
            document(circulated="2030-01-01", comments="2030-03-02"),
            document("/Add.1", circulated="2030-02-01", comments="2030-05-02"),
        ]
    )
    assert found.deadline is not None
    assert (found.deadline.day, found.deadline.symbol) == ("2030-08-01", f"{BASE}/Add.2")
    assert [one.symbol for one in found.documents] == [BASE, f"{BASE}/Add.1", f"{BASE}/Add.2"]


@given(st.permutations(["", "/Add.1", "/Add.2", "/Corr.1", "/Rev.1", "/Rev.1/Add.1"]))
def test_the_order_of_reading_does_not_matter(parts: list[str]) -> None:
    days = {"": "2030-01-01", "/Add.1": "2030-02-01", "/Rev.1": "2030-03-01"}
    documents = [document(part, circulated=days.get(part, ""), comments=days.get(part, "")) for part in parts]
    found = thread(documents)
    assert found.deadline is not None
    assert found.deadline.day == "2030-03-01"
    assert found.documents[0].symbol == BASE


def test_last_days_compare_with_days() -> None:
    assert last_day("2030") > "2030-12-30"
    assert "2030-02-28" < last_day("2030-02") < "2030-03-01"
    assert last_day("2030-02-03") == "2030-02-03"
