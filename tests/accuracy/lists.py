"""ECHA's lists: what the parsers read of one export against the cells of another, read without them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl

from content.reach import names
from content.reach.items import EntryItem, ListName
from crawlers.documents import Document
from crawlers.parsers import echa
from tests.accuracy.tally import Tally

FILES: dict[ListName, str] = {
    "candidate": "candidate_list_full.xlsx",
    "authorisation": "authorisation_list_full.xlsx",
    "restriction": "restriction_list_full.xlsx",
}
ANNEXES: tuple[ListName, ...] = ("authorisation", "restriction")
_COLUMNS = {"included": "date of inclusion", "latest_application": "latest application date", "sunset": "sunset date"}


def of_recordings(folder: Path) -> list[Tally]:
    """The Candidate List as text against the same list as XLSX; the annexes as XLSX against their own cells."""
    text = (folder / "echa" / "candidate-list-of-svhc-for-authorisation-export.csv").read_bytes()
    parsed = echa.parse_candidate_export(Document.of("https://echa.europa.eu/", text))
    tallies = [_compare("echa_candidate, text against XLSX", "candidate", parsed, folder)]
    for list_name in ANNEXES:
        body = (folder / "echa" / FILES[list_name]).read_bytes()
        read = echa.parse_xlsx(list_name, Document.of("https://echa.europa.eu/", body))
        tallies.append(_compare(f"echa_{list_name}, XLSX against its cells", list_name, read, folder))
    return tallies


def _compare(label: str, list_name: ListName, parsed: Iterator[Any], folder: Path) -> Tally:
    tally = Tally(label)
    truth = _cells(folder / "echa" / FILES[list_name])
    for item in parsed:
        if not isinstance(item, EntryItem):
            tally.reject(item.reason)
            continue
        rows = truth.get(names.key(item.substance.name), [])
        rows = [row for row in rows if row["name"] == item.substance.name] or rows
        for wanted in rows[:1]:
            tally.compare(wanted, _flat(item, wanted))
    return tally


def _flat(item: EntryItem, wanted: dict[str, Any]) -> SimpleNamespace:
    """The item's values by the names of the truth."""
    flat = {name: getattr(item, name) for name in _COLUMNS}
    for kind, numbers in (("cas", item.substance.cas), ("ec", item.substance.ec)):
        flat[kind] = wanted[kind] if wanted.get(kind) in numbers else " ".join(numbers)
    return SimpleNamespace(**flat, name=item.substance.name)


def _cells(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Rows by the key of their name, with the columns that have one value."""
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    heads = [str(head or "").strip().casefold() for head in next(rows)]
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        cells = {head: _said(cell) for head, cell in zip(heads, row, strict=False)}
        wanted: dict[str, Any] = {"name": " ".join(cells["substance name"].split())}
        for kind in ("cas", "ec"):
            if not re.search(r"[,;\n]", value := cells[f"{kind} number"]):
                wanted[kind] = value
        wanted |= {name: cells[head] for name, head in _COLUMNS.items() if head in cells}
        found[names.key(wanted["name"])].append(wanted)
    return found


def _said(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    text = str(cell if cell is not None else "").strip()
    if re.fullmatch(r"\d{2}-[A-Z][a-z]{2}-\d{4}", text):
        return datetime.strptime(text, "%d-%b-%Y").date().isoformat()
    return "" if text in ("-", "N/A") else text
