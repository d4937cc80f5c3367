"""The text of a Word document (DOCX: ECMA-376, part 1, WordprocessingML) as pieces, in one pass without a tree. Pure.

A library that builds a tree needs a hundred times the size of a hostile file, and takes the spans that it claims at
their word; it also leaves out what stands in content controls, tracked insertions, text boxes, nested tables and
footnotes, all of which test reports and contracts are full of.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from content.sheets import UploadError
from content.sheets.errors import Fault
from content.sheets.pieces import Piece, Place, Unit, of_table

MAX_CELLS = 200_000
"""Cells of one document; a test report of 500 pages has 20,000."""
MAX_TABLE_TEXT = 5_000_000
"""Characters of one table."""
MAX_COLUMNS = 63
"""Columns that a table of Word can have."""
_CHUNK = 64 * 1024
_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""The transitional and the strict one."""
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_MAIN = re.compile(r"word/document\d*\.xml")
_NOTES = re.compile(r"word/(?:footnotes|endnotes)\d*\.xml")
_EDGES = re.compile(r"word/(?:header|footer)\d*\.xml")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LEFT_OUT = {"moveFrom", "tabs"}
"""What was moved away stands where it went to; deleted text has an element of its own, which is not read. ``tabs`` says
where tabulators lead, in elements of the same name as those in the text."""
EDGE = "0"
"""Number of a paragraph that stands at the head or foot of the pages."""


def of_document(data: bytes) -> Iterator[Piece]:
    """Body, then foot- and endnotes, then headers and footers. ``content.sheets`` has looked how much it unpacks
    to. Raises UploadError, also while it is iterated."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = sorted(archive.namelist())
            for part in (_MAIN, _NOTES, _EDGES):
                for name in filter(part.fullmatch, names):
                    reader = _Reader(edge=part is _EDGES)
                    with archive.open(name) as body:
                        while chunk := body.read(_CHUNK):
                            yield from reader.read(chunk)
                    yield from reader.close()
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError, NotImplementedError) as error:
        raise UploadError(Fault.DAMAGED, f"{type(error).__name__}: {error}"[:200]) from error


@dataclass(slots=True)
class _Table:
    """One that does not stand in another; ``spans`` is the columns that the cell being read takes."""

    number: int
    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    spans: int = 1
    size: int = 0


class _Reader:
    """One part of a document. Elements are told to it as they come; what is whole is in ``_ready``."""

    def __init__(self, *, edge: bool) -> None:
        self._edge = edge
        self._ready: deque[Piece] = deque()
        self._paragraphs = self._tables = self._notes = 0
        self._open: list[list[str]] = []
        """Texts of the paragraphs that are open: a text box has paragraphs within a paragraph."""
        self._table: _Table | None = None
        self._depth = self._hidden = self._cells = 0
        self._reading = self._noted = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._declared

    def read(self, chunk: bytes) -> Iterator[Piece]:
        self._parser.Parse(chunk, False)
        while self._ready:
            yield self._ready.popleft()

    def close(self) -> Iterator[Piece]:
        self._parser.Parse(b"", True)
        yield from self._ready

    def _declared(self, *_said: object) -> None:
        raise UploadError(Fault.BOMB, "a document type is declared")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        space, _separator, local = name.rpartition(" ")
        if space == _COMPATIBILITY:
            self._hidden += local == "Fallback"  # the same once more, for old readers
            return
        if space not in _NAMESPACES:
            return
        if local in _LEFT_OUT:
            self._hidden += 1
        elif local == "p":
            if self._table is None and not self._open:
                self._paragraphs += 1
            self._open.append([])
        elif local == "t":
            self._reading = True
        elif local in _SIGNS:
            self._write(_SIGNS[local])
        elif local in ("footnote", "endnote"):
            self._noted = not attributes.get(f"{space} type")  # those with a type are the lines above the notes
            self._notes += self._noted
        elif local == "tbl":
            self._begin_table()
        elif self._table is not None and self._depth == 1:
            self._begin_cell(self._table, local, attributes.get(f"{space} val", ""))

    def _end(self, name: str) -> None:
        space, _separator, local = name.rpartition(" ")
        if space == _COMPATIBILITY:
            self._hidden -= local == "Fallback"
            return
        if space not in _NAMESPACES:
            return
        if local in _LEFT_OUT:
            self._hidden -= 1
        elif local == "t":
            self._reading = False
        elif local == "p" and self._open:
            self._end_paragraph("".join(self._open.pop()))
        elif local == "tc" and self._table is not None and self._depth == 1:
            self._end_cell(self._table)
        elif local == "tbl" and self._table is not None:
            self._end_table(self._table)

    def _characters(self, text: str) -> None:
        if self._reading:
            self._write(text)

    def _write(self, text: str) -> None:
        if self._open and not self._hidden:
            self._open[-1].append(text)

    def _end_paragraph(self, text: str) -> None:
        if not text.strip():
            return
        if self._table is not None:
            self._table.cell.append(text)
            self._table.size += len(text)
            if self._table.size > MAX_TABLE_TEXT:
                raise UploadError(Fault.TOO_MANY_ROWS, "a table with too much text")
        else:
            self._ready.append(Piece(text, self._place()))

    def _place(self) -> Place:
        if self._notes:
            return Place(Unit.NOTE, str(self._notes))
        return Place(Unit.PARAGRAPH, EDGE if self._edge else str(self._paragraphs))

    def _begin_table(self) -> None:
        self._depth += 1
        if self._table is None:
            self._tables += 1
            self._table = _Table(self._tables)

    def _begin_cell(self, table: _Table, local: str, value: str) -> None:
        match local:
            case "tr":
                table.rows.append([])
            case "tc":
                table.cell, table.spans = [], 1
            case "gridSpan":
                table.spans = _columns(value, least=1)
            case "gridBefore" if table.rows and not table.rows[-1]:
                self._fill(table, [""] * _columns(value))

    def _end_cell(self, table: _Table) -> None:
        if not table.rows:  # a cell outside a row
            table.rows.append([])
        self._fill(table, ["\n".join(table.cell), *[""] * (table.spans - 1)])
        table.cell, table.spans = [], 1

    def _fill(self, table: _Table, cells: list[str]) -> None:
        table.rows[-1].extend(cells)
        self._cells += len(cells)
        if self._cells > MAX_CELLS:
            raise UploadError(Fault.TOO_MANY_ROWS, f"{MAX_CELLS} cells")

    def _end_table(self, table: _Table) -> None:
        self._depth -= 1
        if self._depth:
            return
        self._table = None
        if self._edge or self._notes:
            self._ready.extend(Piece(cell, self._place()) for row in table.rows for cell in row if cell)
        else:
            self._ready.extend(of_table(table.rows, str(table.number), unit=Unit.TABLE))


def _columns(value: str, *, least: int = 0) -> int:
    """How many columns an attribute says, as far as a table can have them."""
    return min(max(int(value), least), MAX_COLUMNS) if value.isdecimal() and len(value) < 10 else least
