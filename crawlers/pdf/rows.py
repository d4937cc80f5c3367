"""From runs of text to rows of pieces: what stands on one height of the page, cut where there is a gap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crawlers.pdf.canvas import PIECE_GAP, WORD_GAP, Run
from crawlers.pdf.scripts import is_cjk

MAX_OVERLAP = 200
DESCENT, ASCENT = 0.2, 0.8
"""Share of the font size below and above the baseline. Font descriptors are wrong too often to be asked."""


@dataclass(slots=True)
class Piece:
    """Text without a gap of an em or more. `order` is its place in the drawing order of the page."""

    u0: float
    u1: float
    v: float
    size: float
    text: str
    order: int


@dataclass(slots=True)
class Row:
    """Pieces on one height, from left to right; never empty. `v0`, `v1`: lower and upper edge."""

    v0: float
    v1: float
    pieces: list[Piece]

    @property
    def u0(self) -> float:
        return self.pieces[0].u0

    @property
    def u1(self) -> float:
        return max(piece.u1 for piece in self.pieces)

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)


def group_rows(runs: Iterable[Run]) -> list[Row]:
    """The rows of runs, from top to bottom.

    A run belongs to a row when half of the smaller one's height overlaps the row's largest run, which takes
    superscripts in and keeps tight lines apart.
    """
    indexed = sorted(enumerate(runs), key=lambda pair: -pair[1].v)
    rows: list[Row] = []
    members: list[tuple[int, Run]] = []
    widest: Run | None = None
    for order, run in indexed:
        if widest is not None and _same_height(widest, run):
            members.append((order, run))
            if run.size > widest.size:
                widest = run
            continue
        if members:
            rows.append(_row(members))
        members, widest = [(order, run)], run
    if members:
        rows.append(_row(members))
    return rows


def _same_height(a: Run, b: Run) -> bool:
    overlap = min(a.v + ASCENT * a.size, b.v + ASCENT * b.size) - max(a.v - DESCENT * a.size, b.v - DESCENT * b.size)
    return overlap >= 0.5 * min(a.size, b.size)


def _row(members: list[tuple[int, Run]]) -> Row:
    members.sort(key=lambda pair: (pair[1].u0, pair[0]))
    pieces: list[Piece] = []
    for order, run in members:
        last = pieces[-1] if pieces else None
        if last is None:
            pieces.append(Piece(run.u0, run.u1, run.v, run.size, run.text, order))
            continue
        text = run.text
        if run.u0 < last.u1 - 0.25 * run.size:
            text = _not_yet_there(last.text, text, run.u1 <= last.u1 + 0.3 * run.size)
        if not text:
            continue
        gap = (run.u0 - last.u1) / max(run.size, last.size)
        if gap >= PIECE_GAP:
            pieces.append(Piece(run.u0, run.u1, run.v, run.size, run.text, order))
            continue
        last.text += _joint(last.text[-1], text[0], gap) + text
        last.u1 = max(last.u1, run.u1)
        last.size = max(last.size, run.size)
        last.order = min(last.order, order)
    v0 = min(run.v - DESCENT * run.size for _, run in members)
    v1 = max(run.v + ASCENT * run.size for _, run in members)
    return Row(v0, v1, pieces)


def _not_yet_there(there: str, text: str, within: bool) -> str:
    """What is new of a text drawn over another one: bold and shadow effects draw the same characters twice."""
    if within and text in there:
        return ""
    shared = next((n for n in range(min(len(text), len(there), MAX_OVERLAP), 0, -1) if there.endswith(text[:n])), 0)
    return text[shared:]


def _joint(before: str, after: str, gap: float) -> str:
    if gap <= WORD_GAP:
        return ""
    return " " if gap > 0.5 or not (is_cjk(before) or is_cjk(after)) else ""
