"""From a drawing to raw blocks: rows in reading order, grouped into paragraphs, headings and tables.

Raw blocks still hold their lines apart, because running headers can only be told when other pages are known
(`furniture`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

from crawlers.pdf.canvas import Drawing, Run, to_page
from crawlers.pdf.columns import order_rows
from crawlers.pdf.rows import Row, group_rows

LEADER = re.compile(r"[ ]?(?:[.·…．‥⋯]|\. ){4,}\.?[ ]?")
"""Dots that lead from a title to its page number in a table of contents."""
SPACED_OUT = re.compile(r"[^\x00-\u2e7f](?: [^\x00-\u2e7f])+")
"""CJK characters set apart one by one, as on covers and in 前 言."""
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


@dataclass(slots=True)
class RawBlock:
    """Lines that belong together. `direction` of writing as in `canvas.Drawing.runs`."""

    direction: int
    table: bool
    lines: list[Line]


def lay_out(drawing: Drawing) -> list[RawBlock]:
    """The blocks of a page in reading order: the main direction of writing first, then the others."""
    layers = [(direction, _readable(runs)) for direction, runs in drawing.runs.items()]
    if not any(runs for _, runs in layers):
        layers.append((0, _readable(drawing.skewed)))
    layers.sort(key=lambda layer: -sum(len(run.text) for run in layer[1]))
    blocks: list[RawBlock] = []
    for direction, runs in layers:
        for region in order_rows(group_rows(runs)):
            blocks += [_block(direction, rows) for rows in _paragraphs(region)]
    return blocks


def _readable(runs: list[Run]) -> list[Run]:
    return [run for run in runs if run.text.strip()]


def _paragraphs(rows: list[Row]) -> list[list[Row]]:
    """Cut the rows of a column where the lines stand further apart or change size."""
    pitches = [above.v0 - below.v0 for above, below in zip(rows, rows[1:], strict=False)]
    usual = median(pitches) if pitches else 0.0
    blocks = [[rows[0]]]
    for above, below, pitch in zip(rows, rows[1:], pitches, strict=False):
        size = max(above.size, below.size)
        resized = not 0.85 < above.size / below.size < 1.18
        if resized or pitch > 2.4 * size or pitch > max(1.3 * usual, 1.2 * size):
            blocks.append([])
        blocks[-1].append(below)
    return blocks


def _block(direction: int, rows: list[Row]) -> RawBlock:
    lines = []
    for row in rows:
        x0, y0, x1, y1 = to_page(direction, row.u0, row.v0, row.u1, row.v1)
        lines.append(Line(x0, y0, x1, y1, row.size, _line_text(row)))
    tabular = sum(1 for row in rows if len(row.pieces) > 1)
    return RawBlock(direction, tabular >= 2 and tabular * 2 >= len(rows), lines)


def _line_text(row: Row) -> str:
    texts = [LEADER.sub(CELL, piece.text).strip() for piece in row.pieces]
    if len(texts) > 1 and all(len(text) == 1 for text in texts):
        text = " ".join(texts)
    else:
        text = CELL.join(text for text in texts if text)
    return SPACED_OUT.sub(lambda match: match[0].replace(" ", ""), text)
