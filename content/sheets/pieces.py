"""Where something stands in what was handed in or fetched: a line, a page, a cell. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MAX_TEXT = 5_000_000
"""Characters read of one upload; a report of 500 pages has 1.5 million."""


class Unit(StrEnum):
    """What a place is counted in."""

    LINE = "line"
    PAGE = "page"
    CELL = "cell"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    NOTE = "note"
    """A footnote or endnote."""


@dataclass(frozen=True, slots=True)
class Place:
    """``within`` is the sheet or table, ``at`` the line, page, paragraph, note or cell (``B12``), counted from 1."""

    unit: Unit
    at: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is searched as one.

    ``place`` is that of all of it; where ``lines`` is set, each line has a place of its own and the text may be a list
    with a designation and its title in each line. ``title`` is the title that a table gives beside it.
    """

    text: str
    place: Place
    lines: bool = False
    title: str = ""
    starts: list[int] = field(default_factory=list)

    def place_of(self, offset: int) -> Place:
        """The place of a character."""
        if not self.lines:
            return self.place
        if not self.starts:
            self.starts.append(0)
            self.starts.extend(at + 1 for at, char in enumerate(self.text) if char == "\n")
        return Place(Unit.LINE, str(bisect_right(self.starts, offset)))


def of_text(text: str) -> Iterator[Piece]:
    """A pasted text or a list."""
    yield Piece(text.replace("\r\n", "\n").replace("\r", "\n"), Place(Unit.LINE, "1"), lines=True)


TITLE_HEADINGS = ("标准名称", "名称", "题名", "标题", "title", "name", "标准中文名称", "中文名称", "standard name")


def of_table(rows: Sequence[Sequence[str]], name: str, *, unit: Unit = Unit.CELL) -> Iterator[Piece]:
    """The cells of a table. Where a heading says which column has the titles, a cell knows the title of its row."""
    column, heading = _title_column(rows)
    for number, row in enumerate(rows, 1):
        title = row[column] if column is not None and number > heading and column < len(row) else ""
        for at, cell in enumerate(row):
            if cell.strip():
                place = Place(unit, f"{letters(at)}{number}", name)
                yield Piece(cell, place, title="" if at == column else " ".join(title.split()))


def _title_column(rows: Sequence[Sequence[str]]) -> tuple[int | None, int]:
    """The column of titles and the number of the row that says so, which is one of the first ten."""
    for number, row in enumerate(rows[:10], 1):
        for at, cell in enumerate(row):
            if "".join(cell.split()).casefold() in {"".join(one.split()) for one in TITLE_HEADINGS}:
                return at, number
    return None, 0


def letters(column: int) -> str:
    """Column 0 → A, 25 → Z, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def bounded(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces until ``MAX_TEXT`` characters are read."""
    left = MAX_TEXT
    for piece in pieces:
        if len(piece.text) > left:
            yield Piece(piece.text[:left], piece.place, piece.lines, piece.title)
            return
        left -= len(piece.text)
        yield piece
