"""Status from a publisher's word and the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.standards.status import STAGES, first_day, of_stage, on

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("said", "effective", "withdrawn", "replaced", "status"),
    [
        ("upcoming", "2026-03-02", "", False, "upcoming"),
        ("upcoming", "2026-03-01", "", False, "in_force"),
        ("upcoming", "2026-03", "", False, "in_force"),
        ("upcoming", "2027", "", False, "upcoming"),
        ("upcoming", "", "", False, "upcoming"),
        ("in_force", "2026-03-02", "", False, "upcoming"),
        ("in_force", "", "", False, "in_force"),
        ("in_force", "2010-01-01", "2026-03-01", False, "withdrawn"),
        ("in_force", "2010-01-01", "2026-03-01", True, "superseded"),
        ("in_force", "2010-01-01", "2026-03-02", True, "in_force"),
        ("in_force", "2010-01-01", "2026-02", True, "in_force"),
        ("superseded", "2010-01-01", "2026-09-01", True, "in_force"),
        ("superseded", "", "", False, "superseded"),
        ("withdrawn", "", "", True, "superseded"),
        ("withdrawn", "", "", False, "withdrawn"),
        ("draft", "2010-01-01", "", False, "draft"),
        ("unknown", "2010-01-01", "2011-01-01", False, "unknown"),
    ],
)
def test_on(said: str, effective: str, withdrawn: str, replaced: bool, status: str) -> None:
    assert on(DAY, said=said, effective=effective, withdrawn=withdrawn, replaced=replaced) == status


def test_every_stage_of_the_harmonized_codes_is_decided() -> None:
    assert {stage[:2] for stage in STAGES} == {"00", "10", "20", "30", "40", "50", "60", "90", "95"}
    assert of_stage("90.92") == "in_force"
    assert of_stage("60.60", replaced=True) == "in_force"
    with pytest.raises(KeyError):
        of_stage("61.00")


@given(st.dates(), st.dates(), st.sampled_from(["upcoming", "in_force", "superseded", "withdrawn", "draft"]))
def test_time_only_moves_forward(effective: date, day: date, said: str) -> None:
    """Once in force, a later day never makes it upcoming again."""
    now = on(day, said=said, effective=effective.isoformat())
    later = on(date.max, said=said, effective=effective.isoformat())
    assert now != "upcoming" or effective > day
    assert later != "upcoming" or effective == date.max


def test_first_day() -> None:
    assert [first_day(one) for one in ("2015", "2015-09", "2015-09-15")] == ["2015-01-01", "2015-09-01", "2015-09-15"]
