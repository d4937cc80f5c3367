"""Reading tables: CSV in any usual encoding and with any usual separator, XLSX as shown, not as computed anew."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from lxml.etree import LxmlError
from openpyxl.utils.exceptions import InvalidFileException

from content.sheets.archives import kind
from content.sheets.errors import Fault, UploadError

MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 10_000
"""Characters of a cell that are read."""
MAX_CELLS = 400_000
"""Cells of a whole workbook: 20 columns of the most rows. A small file claims millions, each worth a string."""
MAX_TEXT = 20_000_000
"""Characters of a whole workbook. One long text that is shared by all cells takes a few bytes in the file."""
ENCODINGS = ("utf-8-sig", "gb18030")
SEPARATORS = ",;\t|"
"""Separators, the likelier first."""
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts as they stand, empty cells as empty texts; ``rows[0]`` is row 1. ``name`` is the sheet's."""

    name: str
    rows: list[list[str]]


def read_table_file(data: bytes) -> list[Table]:
    """The tables of a CSV or XLSX file, told apart by what is in it. Raises UploadError."""
    match kind(data):
        case "xlsx":
            return read_xlsx(data)
        case "docx":
            raise UploadError(Fault.UNKNOWN_TYPE, "a document")
    return [read_csv(decoded(data))]


def decoded(data: bytes) -> str:
    """Text of a plain file. Raises UploadError where it is none."""
    if not data.strip():
        raise UploadError(Fault.EMPTY)
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return _checked(data.decode(encoding))
            except UnicodeDecodeError as error:
                raise UploadError(Fault.DAMAGED, str(error)) from error
    for encoding in ENCODINGS:
        try:
            return _checked(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise UploadError(Fault.UNKNOWN_TYPE)


def _checked(text: str) -> str:
    """Binary files decode as GB 18030 at times, but no text has control characters."""
    strange = sum(1 for char in text[:100_000] if ord(char) < 32 and char not in "\t\r\n\f\v")
    if strange:
        raise UploadError(Fault.UNKNOWN_TYPE, "control characters")
    return text


def read_csv(text: str, name: str = "") -> Table:
    """RFC 4180, leniently. Raises UploadError for too many rows."""
    sample = text[:20_000].splitlines()[:50]
    separator = max(SEPARATORS, key=lambda one: (sum(one in line for line in sample), -SEPARATORS.index(one)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return Table(name, list(_Left().of(_bounded(reader))))
    except csv.Error as error:
        raise UploadError(Fault.DAMAGED, str(error)) from error


def read_xlsx(data: bytes) -> list[Table]:
    """All visible sheets. Formulas count as the value that was last shown. Raises UploadError."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            left = _Left()
            tables = [
                Table(sheet.title, list(left.of(_bounded([_shown(value) for value in row] for row in _rows(sheet)))))
                for sheet in book.worksheets
                if sheet.sheet_state == "visible"
            ]
        finally:
            book.close()
    except UploadError:
        raise
    except DefusedXmlException as error:
        raise UploadError(Fault.BOMB, type(error).__name__) from error
    except (InvalidFileException, zipfile.BadZipFile, ParseError, LxmlError, KeyError, OSError, EOFError) as error:
        raise UploadError(Fault.DAMAGED, str(error)[:200]) from error
    except (ValueError, TypeError, AttributeError, IndexError, NotImplementedError, OverflowError) as error:
        # What openpyxl stumbles over in files that are built otherwise than it expects.
        raise UploadError(Fault.DAMAGED, f"{type(error).__name__}: {error}"[:200]) from error
    if not any(table.rows for table in tables):
        raise UploadError(Fault.EMPTY)
    return tables


@dataclass(slots=True)
class _Left:
    """What may still be read of a file."""

    cells: int = MAX_CELLS
    text: int = MAX_TEXT

    def of(self, rows: Iterable[list[str]]) -> Iterator[list[str]]:
        """The rows as long as they fit. Raises UploadError at the first that does not."""
        for row in rows:
            self.cells -= len(row)
            self.text -= sum(map(len, row))
            if self.cells < 0 or self.text < 0:
                raise UploadError(Fault.TOO_MANY_ROWS, "too many cells" if self.cells < 0 else "too much text")
            yield row


def _rows(sheet: object) -> Iterator[Iterable[object]]:
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # a file may claim a million columns
    yield from sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)  # type: ignore[attr-defined]


def _bounded(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows up to the last one that holds something."""
    empty = 0
    for number, row in enumerate(rows, 1):
        cells = [cell[:MAX_CELL] for cell in row[:MAX_COLUMNS]]
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            empty += 1
            if empty > MAX_ROWS:
                return  # a sheet formatted to its last row
            continue
        if number > MAX_ROWS:
            raise UploadError(Fault.TOO_MANY_ROWS, str(MAX_ROWS))
        for _blank in range(empty):
            yield []
        empty = 0
        yield cells


def _shown(value: object) -> str:
    """A cell as a reader sees it."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(" ")
        case date():
            return value.isoformat()
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)
