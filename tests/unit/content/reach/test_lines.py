"""Bills of materials as people write them, and the duties of an entry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.reach.check.lines import MAX_LINES, TooManyLines, lines_of, per_cent, split
from content.reach.duties import Duty, of_article, of_entry, six_months_after


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.2", 0.2),
        ("0,2 %", 0.2),
        ("1 000", None),
        ("1000 ppm", 0.1),
        ("1000mg/kg", 0.1),
        ("１０００ｐｐｍ", 0.1),
        ("2 g/kg", 0.2),
        ("5‰", 0.5),
        ("<0.1%", 0.1),
        ("≤ 0.1 %", 0.1),
        ("50 ppb", 0.000005),
        ("1e-3", 0.001),
        ("150", None),
        ("trace", None),
        ("", None),
    ],
)
def test_concentrations(text: str, value: float | None) -> None:
    found = per_cent(text)
    assert found == (None if value is None else pytest.approx(value))


def test_columns_by_their_headings_in_any_order() -> None:
    rows = [["报告"], ["含量（%）", "物质名称", "CAS 号", "物品"], ["0.3", "铅", "7439-92-1", "插头"]]
    (line,) = lines_of(rows)
    assert (line.row, line.article, line.cas, line.name, line.per_cent) == (3, "插头", "7439-92-1", "铅", 0.3)


def test_without_headings_a_number_and_a_concentration() -> None:
    first, second = lines_of(list(split("80-05-7, 0.2 %\n\n2,4-dinitrotoluene")))
    assert (first.cas, first.per_cent, second.row, second.cas) == ("80-05-7", 0.2, 3, "2,4-dinitrotoluene")


def test_too_many_lines() -> None:
    assert len(lines_of([["80-05-7"]] * MAX_LINES)) == MAX_LINES
    with pytest.raises(TooManyLines):
        lines_of([["80-05-7"]] * (MAX_LINES + 1))


@given(st.text(max_size=200))
def test_any_text_becomes_lines(text: str) -> None:
    for line in lines_of(list(split(text))):
        assert 1 <= line.row <= len(text.splitlines())


def test_duties() -> None:
    assert [one.duty for one in of_entry("candidate", "2026-02-04", "")] == [
        Duty.INFORM, Duty.SCIP, Duty.NOTIFY, Duty.SAFETY_DATA,
    ]  # fmt: skip
    assert of_entry("authorisation", "2011-02-17", "2014-08-21")[0].since == "2014-08-21"
    assert of_article("candidate", "2026-02-04", 0.1) == ()
    assert {one.duty for one in of_article("candidate", "2026-02-04", 0.11)} == {Duty.INFORM, Duty.SCIP, Duty.NOTIFY}
    assert of_article("candidate", "2026-02-04", None)
    assert of_article("authorisation", "2011-02-17", 5.0) == ()


@pytest.mark.parametrize(
    ("day", "later"),
    [("2026-02-04", "2026-08-04"), ("2025-08-31", "2026-02-28"), ("2025-11-05", "2026-05-05"), ("2019", "")],
)
def test_half_a_year_later(day: str, later: str) -> None:
    assert six_months_after(day) == later
