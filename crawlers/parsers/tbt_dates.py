"""Days in the words of the WTO's languages: "12 September 2023", "1er août 2023", "12 de septiembre de 2023". Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from content.tbt.months import MONTH, MONTHS
from crawlers.parsers.tbt_text import fold

_DAY: Final = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:er|re|st|nd|rd|th|o)?[ \n](?:de[ \n]|of[ \n])?(?P<m>{MONTH})"
    r"\.?,?[ \n](?:del?[ \n])?(?P<y>\d{4})(?!\d)"
    rf"|(?<![^\W_])(?P<m2>{MONTH})\.?[ \n](?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?[ \n](?P<y2>\d{{4}})(?!\d)"
    r"|(?<![\d-])(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})(?![\d-])"
    rf"|(?<![^\W_])(?P<m4>{MONTH})\.?,?[ \n](?:del? |of )?(?P<y4>\d{{4}})(?!\d)"
)


def first_date(text: str) -> tuple[str, int, int]:
    """The first day or month that a text names, ISO 8601, and where it stands; empty where it names none."""
    for match in _DAY.finditer(fold(text)):
        found = match.groupdict()
        year = int(found["y"] or found["y2"] or found["y3"] or found["y4"])
        named = found["m"] or found["m2"] or found["m4"]
        month = MONTHS[named] if named else int(found["m3"])
        day = found["d"] or found["d2"] or found["d3"]
        try:
            whole = date(year, month, int(day) if day else 1).isoformat()
        except ValueError:
            continue
        return whole if day else whole[:7], match.start(), match.end()
    return "", 0, 0
