"""Reading order: rows into regions of one column each, columns left to right, tables left in row order.

A cut in the manner of X-Y trees, with bands: a gutter is looked for that many lines face each other across; rows
which cross it (titles, figures, footnotes of full width) are bands of their own, the rows between them are read
column by column. What lies on both sides must look like running text: a table has gutters too.
"""

from __future__ import annotations

from itertools import groupby
from statistics import median

from crawlers.pdf.rows import Piece, Row

BINS = 400
MIN_FACING = 4
"""Fewer lines than this on a side are not a column."""
MIN_COLUMN_EMS = 8.0
COLUMNWISE_FILL, ROWWISE_FILL = 0.35, 0.72
"""How much of its column the median line must fill: drawn column after column, or row after row as tables are."""
MAX_DEPTH = 4


def order_rows(rows: list[Row], depth: int = 0) -> list[list[Row]]:
    """Regions in reading order, each a list of rows of one column from top to bottom."""
    if not rows:
        return []
    gutter = _gutter(rows) if depth < MAX_DEPTH else None
    if gutter is None:
        return [rows]
    regions: list[list[Row]] = []
    whole: list[Row] = []  # rows of full width since the last columns
    for crosses, group in groupby(rows, key=lambda row: _crosses(row, gutter)):
        band = list(group)
        left, right = _split(band, gutter)
        if crosses or not _are_columns(left, right):
            whole += band
            continue
        if whole:
            regions.append(whole)
            whole = []
        regions += order_rows(left, depth + 1) + order_rows(right, depth + 1)
    return [*regions, whole] if whole else regions


def _gutter(rows: list[Row]) -> float | None:
    """The x which the most lines face each other across, or None."""
    pieces = [piece for row in rows for piece in row.pieces]
    if len(pieces) < 2 * MIN_FACING:
        return None
    x0, x1 = min(p.u0 for p in pieces), max(p.u1 for p in pieces)
    if x1 - x0 < 2 * MIN_COLUMN_EMS * median(p.size for p in pieces):
        return None
    scale = BINS / (x1 - x0)
    starts, ends = [0] * (BINS + 1), [0] * (BINS + 1)
    for piece in pieces:
        starts[int((piece.u0 - x0) * scale)] += 1
        ends[int((piece.u1 - x0) * scale)] += 1
    best, best_score, begun, ended = (0, -1), 0, 0, 0
    for x in range(BINS):
        begun += starts[x]
        left = ended
        ended += ends[x]
        right, crossing = len(pieces) - begun, begun - left
        facing = min(left, right)
        # Columns may be the smaller part of a page, but not a stray few lines of it.
        if facing < MIN_FACING or crossing > 3 * facing:
            continue
        score = 4 * facing - crossing
        if score > best_score:
            best, best_score = (x, x), score
        elif score == best_score and best[1] == x - 1:
            best = (best[0], x)
    return x0 + (best[0] + best[1] + 1) / 2 / scale if best_score else None


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
