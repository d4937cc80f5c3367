"""Which version of an act holds on a day, and what validity each version has (时效性). Pure.

A version holds from the day on which it enters into force, or, where nobody states that day, from the day of its
publication, until a later version holds or the act is repealed. 有效, 已修改, 尚未生效 and 已废止 are the words of
国家法律法规数据库, which calls a version 已修改 once a later one is in force.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

State = Literal["in_force", "amended", "upcoming", "repealed"]
IN_FORCE: Final = "in_force"
AMENDED: Final = "amended"
UPCOMING: Final = "upcoming"
REPEALED: Final = "repealed"
_WORDS: Final[dict[str, State]] = {
    "in_force": "in_force",
    "amended": "amended",
    "upcoming": "upcoming",
    "repealed": "repealed",
}


@dataclass(frozen=True, slots=True)
class Span:
    """What is known of a version: days as ISO 8601 or empty, ``stated`` the validity in its source's word."""

    date: str
    start: str
    expired: str = ""
    stated: str = ""


def in_force_on(versions: Sequence[Span], day: str, repealed_from: str = "") -> int | None:
    """Which of the versions holds on ``day``; None before the first and after the repeal.

    Of two that begin on one day the one made later holds. A version without any day is older than all others.
    """
    if repealed_from and repealed_from <= day:
        return None
    held = [at for at, one in enumerate(versions) if one.start <= day]
    if not held:
        return None
    last = max(held, key=lambda at: (versions[at].start, versions[at].date, at))
    return None if versions[last].expired and versions[last].expired <= day else last


def shown(versions: Sequence[Span], today: str) -> int | None:
    """Which version stands for the act: the one that holds, or held last, else the first that will."""
    if not versions:
        return None
    begun = [at for at, one in enumerate(versions) if one.start <= today]
    if begun:
        return max(begun, key=lambda at: (versions[at].start, versions[at].date, at))
    return min(range(len(versions)), key=lambda at: (versions[at].start, versions[at].date, at))


def validity(versions: Sequence[Span], today: str, repealed_from: str = "") -> list[State]:
    """The validity of each version on ``today``."""
    present = shown(versions, today)
    gone = bool(repealed_from) and repealed_from <= today
    found: list[State] = []
    for at, one in enumerate(versions):
        if one.start > today:
            found.append(UPCOMING)
        elif at != present:
            found.append(AMENDED)
        elif gone or (one.expired and one.expired <= today):
            found.append(REPEALED)
        else:
            # What the source calls upcoming has begun meanwhile.
            stated = _WORDS.get(one.stated, IN_FORCE)
            found.append(IN_FORCE if stated == UPCOMING else stated)
    return found
