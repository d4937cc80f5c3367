"""Which version holds on a day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.regulations.standing import Span, in_force_on, shown, validity

FIRST = Span("1999-12-25", "2000-04-01")
SECOND = Span("2017-11-04", "2017-11-04")
THIRD = Span("2023-10-24", "2024-01-01")
LAW = [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("day", "version"),
    [
        *[("2000-03-31", None), ("2000-04-01", 0), ("2017-11-03", 0), ("2017-11-04", 1)],
        *[("2023-12-31", 1), ("2024-01-01", 2), ("2030-01-01", 2)],
    ],
)
def test_the_version_in_force_on_a_day(day: str, version: int | None) -> None:
    assert in_force_on(LAW, day) == version


def test_after_its_repeal_nothing_is_in_force() -> None:
    assert in_force_on(LAW, "2025-06-30", "2025-07-01") == 2
    assert in_force_on(LAW, "2025-07-01", "2025-07-01") is None
    assert validity(LAW, "2025-07-01", "2025-07-01") == ["amended", "amended", "repealed"]


def test_validities() -> None:
    assert validity(LAW, "2023-11-01") == ["amended", "in_force", "upcoming"]
    assert validity(LAW, "2024-01-01") == ["amended", "amended", "in_force"]
    assert validity([Span("2030-01-01", "2030-02-01")], "2026-01-01") == ["upcoming"]
    assert validity([Span("2020-01-01", "2020-01-01", stated="repealed")], "2026-01-01") == ["repealed"]
    assert validity([Span("2020-01-01", "2020-01-01", stated="upcoming")], "2026-01-01") == ["in_force"]
    assert validity([Span("2020-01-01", "2020-01-01", expired="2025-01-01")], "2026-01-01") == ["repealed"]


spans = st.lists(
    st.builds(Span, st.sampled_from(["", "2001-01-01", "2005-05-05", "2010-10-10"]), st.sampled_from(
        ["", "2001-01-01", "2006-01-01", "2011-01-01"])), max_size=6,
)  # fmt: skip
days = st.dates().map(lambda day: day.isoformat())


@given(spans, days)
def test_at_most_one_version_is_in_force_and_it_is_the_one_shown(versions: list[Span], today: str) -> None:
    states = validity(versions, today)
    held = [at for at, state in enumerate(states) if state == "in_force"]
    assert len(held) <= 1
    if held:
        assert held == [shown(versions, today)] == [in_force_on(versions, today)]
    assert (shown(versions, today) is None) == (not versions)
