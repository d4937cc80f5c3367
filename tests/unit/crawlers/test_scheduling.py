"""When sources are due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.scheduling import NIGHT, Slot, latest, slot_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("frequency", "line"),
    [("daily", "9 2 * * *"), ("weekly", "9 2 * * 1"), ("monthly", "9 2 9 * *")],
)
def test_a_source_has_a_slot_of_its_own_that_never_moves(frequency: str, line: str) -> None:
    assert str(slot_of("iso", frequency)) == line


def test_what_is_read_once_has_none() -> None:
    assert slot_of("iso", "once") is None


def test_sources_do_not_all_start_at_once() -> None:
    slots = [slot_of(f"source_{number}", "daily") for number in range(50)]
    assert len({str(slot) for slot in slots}) > 40
    assert {slot.hour for slot in slots if slot} == set(range(*NIGHT))


@pytest.mark.parametrize(
    ("slot", "now", "came"),
    [
        (Slot(9, 2), "2026-05-06T02:09", "2026-05-06T02:09"),
        (Slot(9, 2), "2026-05-06T02:08:59", "2026-05-05T02:09"),
        (Slot(30, 4, weekday=0), "2026-05-06T12:00", "2026-05-03T04:30"),
        (Slot(30, 4, weekday=3), "2026-05-06T04:29", "2026-04-29T04:30"),
        (Slot(0, 1, day=28), "2026-03-01T00:00", "2026-02-28T01:00"),
        (Slot(0, 1, day=1), "2026-01-01T00:59", "2025-12-01T01:00"),
    ],
)
def test_when_a_slot_came_last(slot: Slot, now: str, came: str) -> None:
    assert latest(slot, at(now)) == at(came)


@pytest.mark.parametrize("frequency", ["daily", "weekly", "monthly"])
@pytest.mark.parametrize("name", ["iso", "xorg", "openstd", "ttbz"])
@given(hours=st.integers(min_value=0, max_value=20 * 366 * 24))
def test_a_slot_came_within_its_period(name: str, frequency: str, hours: int) -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    slot = slot_of(name, frequency)
    assert slot is not None
    came = latest(slot, now)
    assert timedelta(0) <= now - came <= timedelta(days={"daily": 1, "weekly": 7, "monthly": 31}[frequency])
    assert latest(slot, came) == came
