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


@dataclass(slots=True)
class _Waiting:
    """A page with the lines of its zones (HEADER at the top, FOOTER at the bottom), of which some are `running`."""

    page: RawPage
    zones: dict[Role, list[_Candidate]]
    running: dict[Role, list[_Candidate]] = field(default_factory=lambda: {Role.HEADER: [], Role.FOOTER: []})


def mark_running_lines(pages: Iterable[RawPage]) -> Iterator[tuple[RawPage, dict[int, Role]]]:
    """Each page, in order, with the roles of its running lines by `id` of the Line."""
    behind: deque[_Waiting] = deque(maxlen=BEHIND)
    window: deque[_Waiting] = deque()
    for page in pages:
        window.append(_Waiting(page, {role: _zone(page, role) for role in (Role.HEADER, Role.FOOTER)}))
        if len(window) > AHEAD:
            yield _decide(window, behind)
    while window:
        yield _decide(window, behind)


def _decide(window: deque[_Waiting], behind: deque[_Waiting]) -> tuple[RawPage, dict[int, Role]]:
    current = window.popleft()
    others = [*behind, *window]
    for role, zone in current.zones.items():
        for candidate in zone:
            if not _is_running(candidate, role, others):
                break  # what lies further inwards is the page's own
            current.running[role].append(candidate)
    behind.append(current)
    return current.page, {id(it.line): role for role, found in current.running.items() for it in found}


def _is_running(candidate: _Candidate, role: Role, others: list[_Waiting]) -> bool:
    if EXPLICIT_NUMBER.fullmatch(candidate.key):
        return True
    same = sum(
        1 for other in others if any(it.key == candidate.key and _alike(it, candidate) for it in other.zones[role])
    )
    # Of two pages in all the other one must agree, of more two others, except about a bare number.
    if same >= 2 or (same == 1 and (len(others) == 1 or NUMBER_ONLY.fullmatch(candidate.key) is not None)):
        return True
    # A line of its own on this page, such as the title of a short chapter, where other pages have running lines.
    in_place = sum(1 for other in others for it in other.running[role] if _in_place(it, candidate))
    return in_place >= 3 and in_place * 2 >= min(len(others), BEHIND)


def _alike(a: _Candidate, b: _Candidate) -> bool:
    """Whether two lines are set alike: the title of a first page is larger than the running title of the others."""
    return abs(a.height - b.height) <= TOLERANCE and 0.87 < a.line.size / b.line.size < 1.15


def _in_place(a: _Candidate, b: _Candidate) -> bool:
    return abs(a.height - b.height) <= TOLERANCE / 4 and abs(a.line.size - b.line.size) < 0.5


def _zone(page: RawPage, role: Role) -> list[_Candidate]:
    """The outermost lines at the top or bottom of a page, from the edge inwards."""
    if page.height <= 0:
        return []
    found = []
    for block in page.blocks:
        for line in block.lines:
            height = (line.y0 + line.y1) / 2 / page.height
            inside = height > 1 - ZONE if role is Role.HEADER else height < ZONE
            if inside and len(line.text) <= MAX_LENGTH:
                found.append(_Candidate(line, _key(line.text), height))
    found.sort(key=lambda candidate: candidate.height, reverse=role is Role.HEADER)
    return found[:DEPTH]


def _key(text: str) -> str:
    """What stays the same of a running line: its words without numbers, in any order of outer and inner edge."""
    cells = [" ".join(DIGITS.sub("#", cell).casefold().split()) for cell in text.split(CELL)]
    return " ".join(sorted(cell for cell in cells if cell))
