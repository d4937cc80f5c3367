"""From a drawing to raw blocks: rows in reading order, grouped into paragraphs, headings and tables.

Raw blocks still hold their lines apart, because running headers can only be told when other pages are known
(`furniture`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from crawlers.pdf.canvas import Drawing, to_page
from crawlers.pdf.columns import order_rows
from crawlers.pdf.glyphs import LOST
from crawlers.pdf.rows import Row, group_rows
from crawlers.pdf.scripts import logical_order

LEADER = re.compile(r"[ ]?(?:[.·…．‥⋯]|\. ){4,}\.?[ ]?")
STRAY_LEADER = re.compile(r"\t(?:[.·…] ?)+(?=[\t ]|$)")
"""Dots that lead from a title to its page number in a table of contents, and what a second string of them leaves."""
SPACED_OUT = re.compile(
    r"(?<!\S)[\u3005-\u30ff\u3400-\u9fff](?: [\u3005-\u30ff\u3400-\u9fff])+(?!\S)"
    r"|^[\uac00-\ud7a3](?: [\uac00-\ud7a3]){1,5}$"
)
"""Ideographs or kana set apart one by one, as on covers and in 前 言; Korean only where a whole line is so (목 차)."""
MARKER = re.compile(r"\W|[0-9A-Za-z]{1,3}[).、．]?|[（(]\w{1,3}[)）]|(?:[0-9A-Za-z]{1,3}\.){1,6}[0-9A-Za-z]{0,3}")
"""What stands before a list item or heading and is no cell of a table: a bullet, a number, a letter."""
CELL_GAP = 1.8
"""Pieces of a row further apart than this many ems are cells; nearer ones are words of a stretched line."""
SPACES = re.compile(r" {2,}")
RUN_OF_CELLS = re.compile(r" *\t[ \t]*")
CELL = "\t"


@dataclass(slots=True)
class Line:
    """One line of a block, its box in page coordinates; cells of a table row are kept apart by tabs."""

    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    text: str

    def start(self, direction: int) -> float:
        """Where the line begins, measured along a direction of writing."""
        return {0: self.x0, 90: self.y0, 180: -self.x1, 270: -self.y1}[direction]

    def end(self, direction: int) -> float:
        """Where the line ends, measured along a direction of writing."""
        return {0: self.x1, 90: self.y1, 180: -self.x0, 270: -self.y0}[direction]


@dataclass(slots=True)
class RawBlock:
    """Lines that belong together. `direction` of writing as in `canvas.Drawing.runs`; `far` is where lines of the
    column end, measured along the direction of writing (as `Line.end`).
    """

    direction: int
    table: bool
    far: float
    lines: list[Line]


def lay_out(drawing: Drawing) -> list[RawBlock]:
    """The blocks of a page in reading order: the main direction of writing first, then the others."""
    layers = [(direction, runs) for direction, runs in drawing.runs.items() if runs]
    if not layers and drawing.skewed:
        layers = [(0, drawing.skewed)]
    layers.sort(key=lambda layer: -sum(len(run.text) for run in layer[1]))
    blocks: list[RawBlock] = []
    for direction, runs in layers:
        for region in order_rows(group_rows(runs)):
            margins = _usual([row.u0 for row in region], 1), _usual([row.u1 for row in region], 3)
            blocks += [block for rows in _paragraphs(region) if (block := _block(direction, rows, *margins)).lines]
    return blocks


def _usual(places: list[float], quarter: int) -> float:
    """Where the lines of a column begin or end: their most frequent place, else the given quartile."""
    place, times = Counter(round(place / 4) for place in places).most_common(1)[0]
    return place * 4.0 if times >= 3 else sorted(places)[len(places) * quarter // 4]


def _paragraphs(rows: list[Row]) -> list[list[Row]]:
    """Cut the rows of a column where lines stand further apart than their neighbours do, or change size."""
    pitches = [above.v0 - below.v0 for above, below in zip(rows, rows[1:], strict=False)]
    blocks = [[rows[0]]]
    for i, pitch in enumerate(pitches):
        above, below = rows[i], rows[i + 1]
        size = max(above.size, below.size)
        near = min([*pitches[max(i - 1, 0) : i], *pitches[i + 1 : i + 2]], default=1.6 * size)
        if not 0.85 < above.size / below.size < 1.18 or pitch > 2.4 * size or pitch > max(1.3 * near, 1.2 * size):
            blocks.append([])
        blocks[-1].append(below)
    return blocks


def _block(direction: int, rows: list[Row], left: float, right: float) -> RawBlock:
    lines = []
    for row in rows:
        text = _line_text(row)
        if text:
            lines.append(Line(*to_page(direction, row.u0, row.v0, row.u1, row.v1), row.size, text))
    tabular = sum(1 for line in lines if CELL in line.text)
    # A block set in from the left margin is taken to be set in from the right one as far.
    indent = max(0.0, min(row.u0 for row in rows) - left)
    far = max(right - indent, *(row.u1 for row in rows))
    return RawBlock(direction, tabular >= 2 and tabular * 2 >= len(lines), far, lines)


def _line_text(row: Row) -> str:
    """The text of a row: words apart by spaces, cells by tabs, leaders and unknown glyphs left out."""
    first, *others = row.pieces
    text, end = first.text, first.u1
    marked = len(others) == 1 and MARKER.fullmatch(text) is not None
    for piece in others:
        cell = piece.u0 - end > CELL_GAP * piece.size and not marked
        text += (CELL if cell else " ") + piece.text
        end = max(end, piece.u1)
    text = STRAY_LEADER.sub(CELL, LEADER.sub(CELL, text.replace(LOST, " ")))
    text = logical_order(SPACES.sub(" ", RUN_OF_CELLS.sub(CELL, text)).strip())
    return SPACED_OUT.sub(lambda match: match[0].replace(" ", ""), text)
