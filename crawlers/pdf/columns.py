"""Reading order: rows into regions of one column each, columns left to right, tables left in row order.

A cut in the manner of X-Y trees, with bands: a gutter is looked for that many lines face each other across; rows
which cross it (titles, figures, footnotes of full width) are bands of their own, the rows between them are read
column by column. What lies on both sides must look like running text: a table has gutters too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from statistics import median

from crawlers.pdf.rows import Piece, Row

BINS = 400
MIN_FACING = 4
"""Fewer lines than this on a side are not a column."""
MIN_COLUMN_EMS = 8.0
COLUMNWISE_FILL, ROWWISE_FILL = 0.35, 0.72
"""How much of its column the median line must fill: drawn column after column, or row after row as tables are."""
MOST_LEVEL = 0.25
"""Share of rows that may happen to stand on one height on both sides of a gutter between a figure and a text."""
MAX_DEPTH, MAX_GUTTERS, MAX_CUTS = 4, 6, 2


@dataclass(slots=True)
class _Band:
    """Rows between two heights: of full width in `left`, or two columns."""

    left: list[Row]
    right: list[Row] = field(default_factory=list)


def order_rows(rows: list[Row], depth: int = 0) -> list[list[Row]]:
    """Regions in reading order, each a list of rows of one column from top to bottom."""
    if not rows:
        return []
    best: list[_Band] = []
    gained = 0
    for gutter in _gutters(rows) if depth < MAX_DEPTH else ():
        bands = _bands(rows, gutter)
        if (in_columns := sum(len(band.left) for band in bands if band.right)) > gained:
            best, gained = bands, in_columns
    if not gained:
        return [rows]
    regions: list[list[Row]] = []
    for band in best:
        if band.right or depth + 1 < MAX_DEPTH:
            regions += order_rows(band.left, depth + 1) + order_rows(band.right, depth + 1)
        else:
            regions.append(band.left)
    return regions


def _bands(rows: list[Row], gutter: float) -> list[_Band]:
    """The page cut into bands along a gutter; rows of full width that follow each other are one band."""
    bands: list[_Band] = []
    for crosses, group in groupby(rows, key=lambda row: _crosses(row, gutter)):
        members = list(group)
        for band in [_Band(members)] if crosses else _columns(members, gutter, MAX_CUTS):
            if bands and not band.right and not bands[-1].right:
                bands[-1].left += band.left
            else:
                bands.append(band)
    return bands


def _columns(rows: list[Row], gutter: float, cuts: int) -> list[_Band]:
    """Two columns, or, where only the upper or lower part of the rows is set so, the parts apart."""
    left, right = _split(rows, gutter)
    if _are_columns(left, right) or _is_beside(left, right, _level(rows, gutter)):
        return [_Band(left, right)]
    if cuts == 0 or len(rows) < 4 * MIN_FACING:
        return [_Band(rows)]
    gaps = [above.v0 - below.v1 for above, below in zip(rows, rows[1:], strict=False)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    if gaps[widest] < 0.8 * median(row.size for row in rows):
        return [_Band(rows)]
    return _columns(rows[: widest + 1], gutter, cuts - 1) + _columns(rows[widest + 1 :], gutter, cuts - 1)


def _gutters(rows: list[Row]) -> list[float]:
    """The places which the most lines face each other across, best first."""
    pieces = [piece for row in rows for piece in row.pieces]
    if len(pieces) < 2 * MIN_FACING:
        return []
    x0, x1 = min(p.u0 for p in pieces), max(p.u1 for p in pieces)
    if x1 - x0 < 2 * MIN_COLUMN_EMS * median(p.size for p in pieces):
        return []
    scale = BINS / (x1 - x0)
    starts, ends = [0] * (BINS + 1), [0] * (BINS + 1)
    for piece in pieces:
        starts[int((piece.u0 - x0) * scale)] += 1
        ends[int((piece.u1 - x0) * scale)] += 1
    scores: list[int] = []
    begun = ended = 0
    for x in range(BINS):
        left = ended
        begun += starts[x]
        ended += ends[x]
        facing, crossing = min(left, len(pieces) - begun), begun - left
        # Columns may be the smaller part of a page, but not a stray few lines of it.
        scores.append(4 * facing - crossing if facing >= MIN_FACING and crossing <= 3 * facing else 0)
    peaks = [(score, (first + last + 1) / 2) for score, first, last in _plateaus(scores)]
    peaks.sort(reverse=True)
    return [x0 + place / scale for _, place in peaks[:MAX_GUTTERS]]


def _plateaus(scores: list[int]) -> Iterator[tuple[int, int, int]]:
    """(score, first, last) of the stretches of equal score that are higher than what is beside them."""
    first = 0
    for x in range(1, len(scores) + 1):
        if x < len(scores) and scores[x] == scores[first]:
            continue
        before = scores[first - 1] if first else 0
        after = scores[x] if x < len(scores) else 0
        if scores[first] > max(before, after):
            yield scores[first], first, x - 1
        first = x


def _crosses(row: Row, gutter: float) -> bool:
    return any(piece.u0 < gutter < piece.u1 for piece in row.pieces)


def _split(rows: list[Row], gutter: float) -> tuple[list[Row], list[Row]]:
    left, right = [], []
    for row in rows:
        near = [p for p in row.pieces if (p.u0 + p.u1) / 2 < gutter]
        far = [p for p in row.pieces if (p.u0 + p.u1) / 2 >= gutter]
        left += [Row(row.v0, row.v1, near)] if near else []
        right += [Row(row.v0, row.v1, far)] if far else []
    return left, right


def _are_columns(left: list[Row], right: list[Row]) -> bool:
    if min(len(left), len(right)) < MIN_FACING:
        return False
    fill = min(_fill(left), _fill(right))
    return fill >= (COLUMNWISE_FILL if _drawn_columnwise(left, right) else ROWWISE_FILL)


def _is_beside(left: list[Row], right: list[Row], level: float) -> bool:
    """Whether one side is a column of text and the other one a figure with its labels.

    A table may have a column of running text too; but its cells stand on the heights of that, or near enough.
    """
    if min(len(left), len(right)) < MIN_FACING or level > MOST_LEVEL:
        return False
    return max(_fill(left), _fill(right)) >= ROWWISE_FILL and _drawn_columnwise(left, right)


def _level(rows: list[Row], gutter: float) -> float:
    """Share of the rows with text on both sides of the gutter in which that stands on one height."""
    both = level = 0
    for row in rows:
        near = [p.v for p in row.pieces if (p.u0 + p.u1) / 2 < gutter]
        far = [p.v for p in row.pieces if (p.u0 + p.u1) / 2 >= gutter]
        if near and far:
            both += 1
            level += min(abs(a - b) for a in near for b in far) < 0.05 * row.size
    return level / both if both else 0.0


def _fill(rows: list[Row]) -> float:
    """Share of the column's width which its median line covers with text; 0 for a column too narrow to be prose."""
    x0, x1 = min(row.u0 for row in rows), max(row.u1 for row in rows)
    if x1 - x0 < MIN_COLUMN_EMS * median(row.size for row in rows):
        return 0.0
    return median(sum(piece.u1 - piece.u0 for piece in row.pieces) for row in rows) / (x1 - x0)


def _drawn_columnwise(left: list[Row], right: list[Row]) -> bool:
    """Whether the file draws one column before the other, as text flows and tables mostly do not."""
    sides: list[tuple[int, bool]] = [(piece.order, False) for piece in _pieces(left)]
    sides += [(piece.order, True) for piece in _pieces(right)]
    sides.sort()
    switches = sum(1 for a, b in zip(sides, sides[1:], strict=False) if a[1] != b[1])
    return switches <= 1 + min(len(left), len(right)) / 4


def _pieces(rows: list[Row]) -> list[Piece]:
    return [piece for row in rows for piece in row.pieces]
