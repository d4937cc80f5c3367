"""Running headers, footers and page numbers: lines that come back at the same height on other pages.

Pages stream by, so a line is compared with the pages seen just before and just after it. That covers headers which
alternate between odd and even pages and headers which change from chapter to chapter.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from crawlers.pdf.blocks import CELL, Line
from crawlers.pdf.records import Role
from crawlers.pdf.wire import RawPage

AHEAD, BEHIND = 8, 12
"""Pages looked at after and before a page. A page waits until so many after it have been read."""
ZONE = 0.16
"""Share of the page height, at the top and at the bottom, where running lines stand."""
DEPTH = 4
"""Lines of a zone that are looked at, from the edge inwards."""
MAX_LENGTH = 200
TOLERANCE = 0.012
"""How far (share of the page height) the same running line may shift between pages."""
DIGITS = re.compile(r"\d+|\b[ivxlcdm]{1,7}\b", re.IGNORECASE)
NUMBER_ONLY = re.compile(
    r"(?:第|page|стр\.?|seite|p\.)?[\s\-–—·|/]*#(?:[\s\-–—·|/]*(?:页|頁|ページ|쪽|共|of|von|de|из|第|#))*[\s\-–—·|/]*",
    re.I,
)
EXPLICIT_NUMBER = re.compile(
    r"[-–—·]\s*#\s*[-–—·]|第\s*#\s*[页頁]\D{0,4}#?.{0,2}|page\s*#(?:\s*(?:of|/)\s*#)?|#\s*ページ", re.IGNORECASE
)


@dataclass(slots=True)
class _Candidate:
    line: Line
    key: str
    height: float  # of its middle, as a share of the page's height
    role: Role


@dataclass(slots=True)
class _Waiting:
    page: RawPage
    top: list[_Candidate]
    bottom: list[_Candidate]
    running: list[_Candidate] = field(default_factory=list)


def mark_running_lines(pages: Iterable[RawPage]) -> Iterator[tuple[RawPage, dict[int, Role]]]:
    """Each page, in order, with the roles of its running lines by `id` of the Line."""
    behind: deque[_Waiting] = deque(maxlen=BEHIND)
    window: deque[_Waiting] = deque()
    for page in pages:
        window.append(_Waiting(page, _zone(page, top=True), _zone(page, top=False)))
        if len(window) > AHEAD:
            yield _decide(window, behind)
    while window:
        yield _decide(window, behind)


def _decide(window: deque[_Waiting], behind: deque[_Waiting]) -> tuple[RawPage, dict[int, Role]]:
    current = window.popleft()
    others = [*behind, *window]
    for zone, of in ((current.top, _top), (current.bottom, _bottom)):
        neighbours = [of(other) for other in others]
        for candidate in zone:
            if not _is_running(candidate, neighbours, others):
                break  # what lies further inwards is the page's own
            current.running.append(candidate)
    behind.append(current)
    return current.page, {id(candidate.line): candidate.role for candidate in current.running}


def _is_running(candidate: _Candidate, neighbours: list[list[_Candidate]], others: list[_Waiting]) -> bool:
    if EXPLICIT_NUMBER.fullmatch(candidate.key):
        return True
    level = [[c for c in zone if abs(c.height - candidate.height) <= TOLERANCE] for zone in neighbours]
    same = sum(1 for zone in level if any(c.key == candidate.key for c in zone))
    # Two pages in all: the other one must agree. Otherwise two others, and not just two far between.
    if same >= 2 or (same == 1 and (len(neighbours) == 1 or NUMBER_ONLY.fullmatch(candidate.key) is not None)):
        return True
    # A line of its own on this page, such as the title of a short chapter, where other pages have running lines.
    slots = sum(
        1 for other in others for c in other.running
        if c.role is candidate.role and abs(c.height - candidate.height) <= TOLERANCE / 4
        and abs(c.line.size - candidate.line.size) < 0.5
    )  # fmt: skip
    return slots >= 3 and slots * 2 >= min(len(others), BEHIND)


def _top(waiting: _Waiting) -> list[_Candidate]:
    return waiting.top


def _bottom(waiting: _Waiting) -> list[_Candidate]:
    return waiting.bottom


def _zone(page: RawPage, *, top: bool) -> list[_Candidate]:
    """The outermost lines at the top or bottom of a page, from the edge inwards; pieces of one height are all there."""
    if page.height <= 0:
        return []
    role = Role.HEADER if top else Role.FOOTER
    found = []
    for block in page.blocks:
        for line in block.lines:
            height = (line.y0 + line.y1) / 2 / page.height
            if (height > 1 - ZONE if top else height < ZONE) and len(line.text) <= MAX_LENGTH:
                found.append(_Candidate(line, _key(line.text), height, role))
    found.sort(key=lambda candidate: -candidate.height if top else candidate.height)
    return found[:DEPTH]


def _key(text: str) -> str:
    """What stays the same of a running line: its words without numbers, in any order of outer and inner edge."""
    cells = [" ".join(DIGITS.sub("#", cell).casefold().split()) for cell in text.split(CELL)]
    return " ".join(sorted(cell for cell in cells if cell))
