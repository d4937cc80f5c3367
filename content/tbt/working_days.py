"""How many working days are left. Pure.

Working days of mainland China (工作日), with the days off and the days worked instead that the State Council announces
for each year (国务院办公厅关于节假日安排的通知). They are known up to the year that is announced; later years are
counted from Monday to Friday, and the answer says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

MAX_DAYS = 3_650
"""Days counted at most."""


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """``certain``: all years in question have been announced."""

    days: int
    certain: bool


def left(today: date, until: date) -> WorkingDays:
    """Working days after ``today`` up to and with ``until``; none if that is over."""
    days, certain = 0, True
    for ahead in range(1, min((until - today).days, MAX_DAYS) + 1):
        working, known = _is_working(today + timedelta(ahead))
        days += working
        certain = certain and known
    return WorkingDays(days, certain)


def _is_working(day: date) -> tuple[bool, bool]:
    try:
        return bool(chinese_calendar.is_workday(day)), True  # type: ignore[no-untyped-call]
    except NotImplementedError:
        return day.isoweekday() <= 5, False
