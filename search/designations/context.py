"""Words around what is spelled like a designation and is something else: the size of a disk, the speed of a film. Pure.

Only designations without year, part and weight are looked at; each rule names what must stand beside them, so that a
citation is not lost for words that only happen to be near.
"""

from __future__ import annotations

import re
from typing import Final

from search.designations.model import Designation

_AROUND: Final = 40
"""Characters looked at on each side."""
_MEDIUM: Final = (
    r"RPM|R/MIN|转|MHZ|GHZ|[KMGT]?B/S|MBPS|GBPS|SSD|HDD|RAM|SDRAM|SATA|SAS\b|NVME|PCIE|DDR\d|EMMC|UFS\b"
    r"|内存|硬盘|固态|闪存|显存|存储"
)
_AMOUNT: Final = re.compile(r"(?<![A-Z0-9./-])\d{1,5}(?:\.\d{1,2})? ?$")
_OF_MEDIUM: Final = re.compile(rf"[ ,，、]{{0,2}}(?:{_MEDIUM})")
_SPEEDS: Final = frozenset(
    str(step << doubling) for step in (25, 32, 40, 50, 64, 80, 100, 125) for doubling in range(13)
)
"""Arithmetic speeds of ISO 5800 and ISO 12232, in thirds of a stop."""
_MORE_SPEEDS: Final = re.compile(r"(?:[ ,/、~和到至或-]|\d|AND\b|TO\b|OR\b){0,24}")
_PHOTO_BEHIND: Final = re.compile(
    r"(?:COLOU?R |B&W |SLIDE |NEGATIVE |[彩黑负]\S{0,2})?FILM\b|胶片|胶卷|感光|曝光|快门|光圈|SPEED\b"
)
_EXPOSURE_BEHIND: Final = re.compile(r"[ ,，;；/@|]{0,3}(?:1/\d{1,5}(?: ?(?:S|SEC|秒))?(?![\w.])|F ?/ ?\d|F\d{1,2}\b)")
_PHOTO_BEFORE: Final = re.compile(
    r"(?:FILM|胶片|胶卷|感光度|光圈|快门|曝光|F ?/ ?\d{1,2}(?:\.\d)?|F\d{1,2}(?:\.\d)?|1/\d{1,5}(?: ?(?:S|SEC|秒))?)"
    r"[ ,，;；:：为是|]{0,3}$"
)


def says_otherwise(text: str, start: int, end: int, found: Designation) -> bool:
    """Whether the folded ``text`` around ``[start:end]`` makes ``found`` something else than a standard."""
    if found.year or found.part or found.doctype or found.adopted or found.supplements or found.stage:
        return False
    before, behind = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if found.publisher == "GB":
        return _is_capacity(before, behind)
    return found.publisher == "ISO" and found.number in _SPEEDS and _is_speed(before, behind)


def _is_capacity(before: str, behind: str) -> bool:
    """As in "500 GB 7200 rpm": an amount before the unit, and what it is an amount of behind the number.

    A serial number may stand before a designation as well ("3 GB 2760").
    """
    return _AMOUNT.search(before) is not None and _OF_MEDIUM.match(behind) is not None


def _is_speed(before: str, behind: str) -> bool:
    """As in "ISO 400 film", "ISO 100/200/400 film", "ISO 400, 1/250 s", "f/8, ISO 400"."""
    if _PHOTO_BEFORE.search(before) or _EXPOSURE_BEHIND.match(behind):
        return True
    more = _MORE_SPEEDS.match(behind)
    return more is not None and _PHOTO_BEHIND.match(behind, more.end()) is not None
