"""Dates as notifications state them: a day, a month, a year, or a number of days after the circulation. Pure.

The notification format (G/TBT/35) asks for a date; members also write "April 2016", "abril de 2016", "2014/04", "60
days from notification", "60 jours à compter de la notification" or "to be determined". What is stated is read, never
completed: a month stays a month.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from content.tbt.months import MONTH, MONTHS

MAX_LENGTH = 300
"""Characters of the longest statement that is read."""
MAX_DAYS = 3_650

_NUMBERS = re.compile(
    r"(?<!\d)(\d{4})(?:\s?[-/.年]\s?(\d{1,2})(?:\s?[-/.月]\s?(\d{1,2}))?)?(?!\d)\s?[年月日]?\s*(?:\([^()]*\))?",
    re.ASCII,
)
_NAMED = re.compile(
    r"(?:in |on |en |le |el )?"
    rf"(?:(?P<d>\d{{1,2}})(?:er|re|st|nd|rd|th|o)? (?:de |of )?(?P<m>{MONTH})\.?,? (?:del? )?(?P<y>\d{{4}})"
    rf"|(?P<m2>{MONTH})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>\d{{4}})"
    rf"|(?P<m3>{MONTH})\.?,? (?:del? |of )?(?P<y3>\d{{4}}))"
    r"(?: \([^()]*\))?",
    re.ASCII,
)
_AFTER = re.compile(
    r"(?:(?:within )?(\d{1,4}) days (?:from|after|of|following) (?:the )?(?:date of )?(?:the )?"
    r"(?:notification|circulation|distribution)(?: by the wto secretariat)?"
    r"|(\d{1,4}) jours (?:a compter de|a partir de|apres|suivant) la (?:date de )?(?:la )?(?:notification|distribution)"
    r"|(\d{1,4}) dias (?:contados )?(?:a partir de|despues de|desde|tras) la (?:fecha de )?(?:la )?"
    r"(?:notificacion|distribucion)"
    r"|自(?:通报|分发)(?:wto秘书处)?之?(?:日期|日)起(\d{1,4})[天日])(?: \([^()]*\))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a statement says: ``on`` an ISO 8601 date, month or year, or ``days`` after the circulation, or neither."""

    on: str = ""
    days: int | None = None

    def counted_from(self, circulated: str) -> str:
        """The date stated or, for a number of days, the one that follows from the day of circulation, if known."""
        if self.on or self.days is None or len(circulated) != 10:
            return self.on
        try:
            return (date.fromisoformat(circulated) + timedelta(self.days)).isoformat()
        except (ValueError, OverflowError):
            return ""


def read(text: str) -> Stated:
    """What ``text`` states; an empty answer for anything else, such as "to be determined", and for no real date."""
    if len(text) > MAX_LENGTH:
        return Stated()
    plain = unicodedata.normalize("NFKC", text).strip().rstrip(".。")
    if match := _NUMBERS.fullmatch(plain):
        return Stated(on=_partial(*(int(part) if part else None for part in match.groups())))
    words = _folded(plain)
    if match := _NAMED.fullmatch(words):
        found = match.groupdict()
        year, day = (found["y"] or found["y2"] or found["y3"]), (found["d"] or found["d2"])
        month = MONTHS[found["m"] or found["m2"] or found["m3"]]
        return Stated(on=_partial(int(year), month, int(day) if day else None))
    if match := _AFTER.fullmatch(words):
        days = int(next(filter(None, match.groups())))
        return Stated(days=days) if days <= MAX_DAYS else Stated()
    return Stated()


def _folded(text: str) -> str:
    """Small letters without accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())


def _partial(year: int | None, month: int | None, day: int | None) -> str:
    """The ISO form of a date that the calendar has, else empty."""
    try:
        full = date(year or 0, 1 if month is None else month, 1 if day is None else day).isoformat()
    except ValueError:
        return ""
    return full[: 4 if month is None else 7 if day is None else 10]
