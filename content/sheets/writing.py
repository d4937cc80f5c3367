"""Writing workbooks that hold nothing but what they show: a text never becomes a formula, wherever it came from."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Value = str | int | float | date | None
"""What a cell may hold."""

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
"""First characters at which some program takes a text for a formula (OWASP, CSV injection)."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONG = 60
"""Characters from which a text is broken into lines."""
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_BOLD = Font(bold=True)
MAX_CELL = 32_767
"""Characters that a cell can hold (Excel's limit)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """``widths`` in characters, by column; the rest are as wide as their heading."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int] = field(default_factory=tuple)


def workbook(sheets: Iterable[Sheet], *, title: str = "") -> bytes:
    """An XLSX file; headings stay in view."""
    book = openpyxl.Workbook(write_only=True)
    book.properties.title = title
    for one in sheets:
        page = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", one.name)[:31] or None)
        page.freeze_panes = "A2"
        for at in range(len(one.headings)):
            width = one.widths[at] if at < len(one.widths) else max(10, len(one.headings[at]) + 4)
            page.column_dimensions[get_column_letter(at + 1)].width = width
        page.append([_cell(page, heading, bold=True) for heading in one.headings])
        for row in one.rows:
            page.append([_cell(page, value) for value in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def neutral(text: str) -> str:
    """A text that no program reads as a formula: an apostrophe before what might begin one."""
    return f"'{text}" if text.startswith(_RISKY) else text


def _cell(page: object, value: Value, *, bold: bool = False) -> object:
    """A plain value where it needs no style of its own: a styled cell takes twenty times as long to write."""
    if isinstance(value, str):
        value = neutral(_UNWRITABLE.sub("", value))[:MAX_CELL]
        long = len(value) > _LONG or "\n" in value
        if not (long or bold or value in ERROR_CODES):
            return value
    elif not bold:
        return value
    cell = WriteOnlyCell(page, value)  # type: ignore[arg-type]
    if isinstance(value, str):
        cell.data_type = "s"
        if len(value) > _LONG or "\n" in value:
            cell.alignment = _WRAPPED
    if bold:
        cell.font = _BOLD
    return cell
