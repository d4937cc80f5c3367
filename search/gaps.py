"""Stretches of time that a date facet counts by; cut here, so that every engine counts alike."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TypeAlias

from search.clauses import DateFacet, Gap

Moment: TypeAlias = date | datetime

MOST = 10_000
"""Stretches of one facet; a day facet of 27 years. Engines refuse more, and no reader looks at them."""

_SPANS = {
    Gap.DAY: timedelta(days=1),
    Gap.HOUR: timedelta(hours=1),
    Gap.MINUTE: timedelta(minutes=1),
    Gap.SECOND: timedelta(seconds=1),
}
_MONTHS = {Gap.YEAR: 12, Gap.MONTH: 1}


def gaps(facet: DateFacet) -> tuple[tuple[Moment, Moment], ...]:
    """(first moment in, first moment out) of each stretch; the last one ends with the facet. Raises ValueError."""
    if facet.gap_amount < 1:
        raise ValueError(f"A gap of {facet.gap_amount}")
    if isinstance(facet.start, datetime) != isinstance(facet.end, datetime):
        raise ValueError("A day and a time can't be compared")
    if facet.gap_by not in (Gap.YEAR, Gap.MONTH, Gap.DAY) and not isinstance(facet.start, datetime):
        raise ValueError(f"Days have no stretches of a {facet.gap_by}")
    found: list[tuple[Moment, Moment]] = []
    starts = _starts(facet)
    low = next(starts)
    while low < facet.end:
        if len(found) == MOST:
            raise ValueError(f"More than {MOST} stretches")
        high = min(next(starts, facet.end), facet.end)
        found.append((low, high))
        low = high
    return tuple(found)


def _starts(facet: DateFacet) -> Iterator[Moment]:
    """Counted from the first one each time: three months after 30 November is 28 February, and then 30 May."""
    step = 0
    try:
        while True:
            if facet.gap_by in _MONTHS:
                yield _months_later(facet.start, step * facet.gap_amount * _MONTHS[facet.gap_by])
            else:
                yield facet.start + step * facet.gap_amount * _SPANS[facet.gap_by]
            step += 1
    except (OverflowError, ValueError):  # past the year 9999
        return


def _months_later(start: Moment, months: int) -> Moment:
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return start.replace(year=year, month=month + 1, day=min(start.day, monthrange(year, month + 1)[1]))
