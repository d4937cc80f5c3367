"""Stretches of time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import schema
from search.clauses import DateFacet, Gap
from search.gaps import MOST, gaps

SHORTEST = {Gap.DAY: 1, Gap.MONTH: 28}
"""Days."""


def starts(start: Any, end: Any, gap: Gap, amount: int = 1) -> list[Any]:
    return [low for low, _high in gaps(DateFacet(schema.PUBLISHED, start, end, gap, amount))]


@pytest.mark.parametrize(
    ("start", "end", "gap", "amount", "expected"),
    [
        (date(2000, 1, 1), date(2003, 1, 1), Gap.YEAR, 1, [date(year, 1, 1) for year in (2000, 2001, 2002)]),
        (date(2000, 2, 29), date(2002, 1, 1), Gap.YEAR, 1, [date(2000, 2, 29), date(2001, 2, 28)]),
        (
            date(2013, 11, 30),
            date(2014, 6, 1),
            Gap.MONTH,
            3,
            [date(2013, 11, 30), date(2014, 2, 28), date(2014, 5, 30)],
        ),
        (date(2014, 2, 27), date(2014, 3, 2), Gap.DAY, 2, [date(2014, 2, 27), date(2014, 3, 1)]),
        (datetime(2014, 1, 1), datetime(2014, 1, 1, 12), Gap.HOUR, 5, [datetime(2014, 1, 1, at) for at in (0, 5, 10)]),
        (
            datetime(2014, 1, 1),
            datetime(2014, 1, 1, 0, 0, 2),
            Gap.SECOND,
            1,
            [datetime(2014, 1, 1, 0, 0, at) for at in (0, 1)],
        ),
        (date(9998, 6, 1), date(9999, 12, 31), Gap.YEAR, 1, [date(9998, 6, 1), date(9999, 6, 1)]),
        (date(2014, 1, 1), date(2014, 1, 1), Gap.DAY, 1, []),
        (date(2014, 1, 1), date(2013, 1, 1), Gap.DAY, 1, []),
    ],
)
def test_stretches(start: Any, end: Any, gap: Gap, amount: int, expected: list[Any]) -> None:
    assert starts(start, end, gap, amount) == expected


@pytest.mark.parametrize(
    ("start", "end", "gap", "amount"),
    [
        (date(2000, 1, 1), date(2001, 1, 1), Gap.DAY, 0),
        (date(2000, 1, 1), date(2001, 1, 1), Gap.HOUR, 1),
        (date(2000, 1, 1), datetime(2001, 1, 1), Gap.DAY, 1),
        (date(1, 1, 1), date(9999, 1, 1), Gap.DAY, 1),
    ],
)
def test_stretches_that_can_not_be(start: Any, end: Any, gap: Gap, amount: int) -> None:
    with pytest.raises(ValueError):
        starts(start, end, gap, amount)


@given(st.dates(), st.dates(), st.sampled_from([Gap.YEAR, Gap.MONTH, Gap.DAY]), st.integers(1, 400))
def test_stretches_cover_all_and_do_not_overlap(start: date, end: date, gap: Gap, amount: int) -> None:
    try:
        found = gaps(DateFacet(schema.PUBLISHED, start, end, gap, amount))
    except ValueError:
        assert gap is not Gap.YEAR  # there are only 9,999
        assert (end - start).days > MOST * amount * SHORTEST[gap]
        return
    assert bool(found) == (start < end)
    if found:
        assert (found[0][0], found[-1][1]) == (start, end)
        assert all(low < high for low, high in found)
        assert all(found[at][1] == found[at + 1][0] for at in range(len(found) - 1))
