"""Designations in what was handed in, with their places and the titles that stand beside them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from content.sheets.pieces import Piece, Place, bounded
from search.designations import Designation, Found, find

MAX_DESIGNATIONS = 5_000
"""Different ones in one check."""
MAX_PLACES = 30
"""Places kept of one designation; how many there are is counted on."""
_BESIDE = 200
_QUOTED_AFTER = re.compile(r"[\s）)\]】]{0,3}《([^《》]{2,150})》")
_QUOTED_BEFORE = re.compile(r"《([^《》]{2,150})》[ \t\u3000（(\[【]{0,3}$")
_BULLET = re.compile(r"[\s\d.、,，()（）\[\]【】*•·\-—–]*$")
_JOINT = re.compile(r"(?!-\w)[\s:：,，;；\-—–|]+")
"""Between a designation and its title; ISO-2022-JP goes on after its hyphen."""
_SERIAL = re.compile(r"\d{7,}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST_TITLE = 150
_LISTED_ON_PAGE = 3
"""Designations from which the lines of a page or cell can be a list; where fewer begin a line, the text was broken."""
_SENTENCE = re.compile(r"[。；;！？!?]|\.\s")


@dataclass(slots=True)
class Mention:
    """One designation, all places together. ``written`` and ``title`` are as they stand where they stand first."""

    designation: Designation
    written: str
    title: str = ""
    places: list[Place] = field(default_factory=list)
    count: int = 0


@dataclass(frozen=True, slots=True)
class Mentions:
    """``cut``: there were more than ``MAX_DESIGNATIONS``."""

    found: tuple[Mention, ...]
    cut: bool = False


def mentions(pieces: Iterable[Piece]) -> Mentions:
    """The designations in order of their first place, each once."""
    held: dict[str, Mention] = {}
    for piece in bounded(pieces):
        hits = [hit for hit in find(piece.text) if _can_be(hit.designation)]
        listed = (piece.lines or len(hits) >= _LISTED_ON_PAGE) and _is_list(piece.text, hits)
        past = 0
        for at, hit in enumerate(hits):
            key = hit.designation.canonical
            if key not in held:
                if len(held) == MAX_DESIGNATIONS:
                    return Mentions(tuple(held.values()), cut=True)
                held[key] = Mention(hit.designation, " ".join(hit.text.split()))
            mention = held[key]
            mention.count += 1
            place = piece.place_of(hit.start)
            if len(mention.places) < MAX_PLACES and place not in mention.places:
                mention.places.append(place)
            if not mention.title:
                following = hits[at + 1].start if at + 1 < len(hits) else len(piece.text)
                mention.title = piece.title or _title(piece.text, hit, (past, following), listed)
            quoted = _QUOTED_AFTER.match(piece.text, hit.end, hit.end + _BESIDE)
            past = quoted.end() if quoted else hit.end
    return Mentions(tuple(held.values()))


def _can_be(designation: Designation) -> bool:
    """Whether a standard can have that number: SN 20231234 is that of a sample, GB ST380021A the size of a disk and its
    model. No publisher is known to have come to a million; national standards of China are numbered by digits alone."""
    if designation.publisher == "GB" and not designation.number[:1].isdecimal():
        return False
    return designation.year is not None or _SERIAL.fullmatch(designation.number) is None


def _is_list(text: str, hits: list[Found]) -> bool:
    """Whether most lines with a designation begin with it."""
    first = sum(1 for hit in hits if _begins_line(text, hit.start))
    return bool(hits) and 2 * first >= len({text.count("\n", 0, hit.start) for hit in hits[:500]})


def _begins_line(text: str, start: int) -> bool:
    return _BULLET.match(text, text.rfind("\n", 0, start) + 1, start) is not None


def _title(text: str, hit: Found, room: tuple[int, int], listed: bool) -> str:
    """The title beside a designation: in 《》, or in a list the rest of its line. ``room`` is what neighbours leave."""
    past, following = room
    if quoted := _QUOTED_AFTER.match(text, hit.end, min(following, hit.end + _BESIDE)):
        return quoted[1].strip()
    if quoted := _QUOTED_BEFORE.search(text, max(past, hit.start - _BESIDE), hit.start):
        return quoted[1].strip()
    if not listed or not _begins_line(text, hit.start):
        return ""
    end = text.find("\n", hit.end)
    rest = text[hit.end : min(following, len(text) if end < 0 else end)]
    if not _JOINT.match(rest):
        return ""
    return title_like(_JOINT.sub("", rest, count=1).strip(" \t|,，;；(（"))


def title_like(text: str) -> str:
    """The text if it can be a title, else nothing: neither a sentence, nor a date or a number."""
    text = " ".join(text.split())
    if len(text) > _LONGEST_TITLE or _SENTENCE.search(text):
        return ""
    if len(_HAN.findall(text)) >= 4:
        return text
    words = re.findall(r"[^\W\d_]{2,}", text)
    return text if len(words) >= 2 and text[:1].isupper() else ""
