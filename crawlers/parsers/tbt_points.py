"""The text of a form cut at its labels, in whatever order they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from content.tbt.items import Language
from crawlers.parsers.tbt_boxes import first_box
from crawlers.parsers.tbt_labels import GROUPS, HEADS, MARKS, NUMBERS, REPEATED, WITHOUT_COLON, WORDS, Head, Point
from crawlers.parsers.tbt_text import fold, label_end

MAX_HEADER_LINES: Final = 40

_BEFORE: Final = re.compile(r"\(?(?:1[01]|[1-9])? ?[.):\-–•*]? ?")
"""What may stand before a label in its line: the number of the point."""
_NUMBER_LEFT: Final = re.compile(r"\n(?P<number>1[01]|[1-9])(?P<dot> ?\.)?$")
"""What may be the number of the next point, in a line or cell of its own."""
_NUMBER_BEFORE: Final = re.compile(r" \(?(?:1[01]|[1-9])[.)] ?$")
"""The number of a point that begins within a line."""


@dataclass(frozen=True, slots=True)
class Form:
    """``header`` is what stands before the first label."""

    header: list[str]
    values: dict[Point, str] = field(default_factory=dict)
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class _Cut:
    point: Point
    start: int
    end: int
    languages: frozenset[Language] = frozenset()


def read(lines: list[str]) -> Form:
    """The values of all labels that the lines have."""
    text = "\n".join(lines)
    folded = fold(text)
    cuts = _with_boxes(list(_cuts(text, folded)), folded)
    kept: list[_Cut] = []
    values: dict[Point, str] = {}
    for cut in cuts:
        # A label that comes again once its point is known is quoted in another.
        if kept:
            _keep(values, kept[-1].point, _without_number(text[kept[-1].end : cut.start], cut.point))
        if cut.point in REPEATED or not values.get(cut.point):
            kept.append(cut)
        else:
            kept.append(_Cut(kept[-1].point, cut.start, cut.start))
    if kept:
        _keep(values, kept[-1].point, text[kept[-1].end :])
    header = _without_number(text[: kept[0].start], kept[0].point) if kept else text
    votes = Counter(language for cut in cuts for language in cut.languages)
    return Form(header.split("\n")[:MAX_HEADER_LINES], values, _language(votes, folded))


def _cuts(text: str, folded: str) -> Iterator[_Cut]:
    past = 0
    for match in HEADS.finditer(folded):
        if match.start() < past:
            continue
        head = GROUPS[match.lastgroup or ""]
        line = folded.rfind("\n", max(0, match.start() - 8), match.start()) + 1
        begins = (line > 0 or match.start() < 8) and _BEFORE.fullmatch(folded, line, match.start()) is not None
        if end := _accepted(text, folded, match, head, begins=begins):
            past = end
            yield _Cut(head.point, line if begins else _numbered(folded, match.start()), end, head.languages)


def _numbered(folded: str, at: int) -> int:
    """The start of a point that begins within a line, its number included."""
    ahead = folded[max(0, at - 6) : at]
    number = _NUMBER_BEFORE.search(ahead)
    return at - len(ahead) + number.start() if number else at


def _accepted(text: str, folded: str, match: re.Match[str], head: Head, *, begins: bool) -> int:
    """The end of the label; 0 where the words are part of a sentence."""
    if not begins and not (head.anywhere and text[match.start()].isupper()):
        return 0
    if head.point in WITHOUT_COLON:
        return match.end()
    end, colon = label_end(folded, match.end(), WORDS[head.point])
    alone = begins and (end >= len(folded) or folded[end - 1] == "\n")
    return end if colon or alone else 0


def _with_boxes(cuts: list[_Cut], folded: str) -> list[_Cut]:
    """The cuts with one before the boxes of an addendum where no label announces them."""
    at = first_box(folded)
    if at is None or any(cut.point is Point.REASON for cut in cuts):
        return cuts
    return sorted([*cuts, _Cut(Point.REASON, at, at)], key=lambda cut: cut.start)


def _keep(values: dict[Point, str], point: Point, text: str) -> None:
    if value := text.strip(" \n"):
        values[point] = f"{values[point]}\n{value}" if point in values else value


def _without_number(text: str, following: Point) -> str:
    """A value without the number of the point that follows it."""
    stripped = text.rstrip(" \n")
    found = _NUMBER_LEFT.search(f"\n{stripped}"[-6:])
    if found is None or not (found["dot"] or found["number"] == NUMBERS.get(following)):
        return stripped
    return stripped[: max(0, len(stripped) - len(found[0]))]


def _language(votes: Counter[Language], folded: str) -> Language | None:
    """The language of most labels, else the one in which the first lines speak."""
    for language, mark in MARKS.items():
        votes[language] += len(mark.findall(folded[:4_000]))
    ((first, count), *rest) = votes.most_common()
    return first if count and (not rest or rest[0][1] < count) else None
