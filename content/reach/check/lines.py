"""A bill of materials as lines, from a table or a pasted text. Pure.

One line: article, component (both may be empty), a CAS or EC number or a name, a concentration. Columns are told by
their headings, in Chinese or English; without headings they are: article, component, number, name, concentration.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

MAX_LINES: Final = 5_000
COLUMNS: Final = ("article", "component", "cas", "ec", "name", "concentration")
_HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "article": ("article", "product", "物品", "产品", "物品名称", "产品名称", "部件"),
    "component": ("component", "material", "组件", "材料", "零件", "均质材料", "物料"),
    "cas": ("cas", "casno", "casnumber", "cas号", "casrn", "cas编号"),
    "ec": ("ec", "ecno", "ecnumber", "ec号", "einecs", "einecsno", "ec编号"),
    "name": ("name", "substance", "substancename", "物质", "物质名称", "名称", "化学名称"),
    "concentration": (
        "concentration",
        "content",
        "浓度",
        "含量",
        "weight%",
        "wt%",
        "%",
        "concentration%",
        "含量%",
        "浓度%",
    ),
}
_NUMBER: Final = re.compile(
    r"[<>≤≥~≈<>=]*\s*(\d+(?:[.,]\d+)?(?:e-?\d+)?)\s*(%|‰|ppm|ppb|mg/kg|g/kg|μg/kg|ug/kg|w/w)?", re.IGNORECASE
)
_PER_CENT: Final = {
    **dict.fromkeys(("%", "w/w", ""), 1.0), "‰": 0.1, "g/kg": 0.1,
    **dict.fromkeys(("ppm", "mg/kg"), 1e-4), **dict.fromkeys(("ppb", "μg/kg", "ug/kg"), 1e-7),
}  # fmt: skip


class TooManyLines(ValueError):
    """More than ``MAX_LINES``."""


@dataclass(frozen=True, slots=True)
class Line:
    """``row`` counts from 1 as the sheet does. ``per_cent`` by weight; None where nothing, or nothing readable, is
    given (``concentration`` then says which)."""

    row: int
    article: str
    component: str
    cas: str
    ec: str
    name: str
    concentration: str
    per_cent: float | None


def lines_of(rows: Sequence[Sequence[str]]) -> list[Line]:
    """The lines of a table. Raises TooManyLines."""
    columns, first = _columns(rows)
    found: list[Line] = []
    for number, row in enumerate(rows[first:], first + 1):
        if not any(cell.strip() for cell in row):
            continue
        if len(found) == MAX_LINES:
            raise TooManyLines(str(MAX_LINES))
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
        article, component, cas, ec, name, said = (cells.get(column, "")[:500] for column in COLUMNS)
        found.append(Line(number, article, component, cas, ec, name, said[:50], per_cent(said)))
    return found


def _columns(rows: Sequence[Sequence[str]]) -> tuple[dict[str, int], int]:
    """Which column holds what, and the first row below the headings."""
    for number, row in enumerate(rows[:20]):
        heads = [_plain(cell) for cell in row]
        found: dict[str, int] = {}
        for name, known in _HEADINGS.items():
            at = next((at for at, head in enumerate(heads) if head in known and at not in found.values()), None)
            if at is not None:
                found[name] = at
        if found.keys() & {"cas", "ec", "name"}:
            return found, number + 1
    width = max((len(row) for row in rows), default=0)
    if width <= 2:
        return {"cas": 0, "concentration": 1}, 0
    return {"article": 0, "component": 1, "cas": 2, "name": 3, "concentration": 4}, 0


def _plain(text: str) -> str:
    return re.sub(r"[\s.()（）_:：-]+", "", unicodedata.normalize("NFKC", text)).casefold()


def per_cent(text: str) -> float | None:
    """A concentration as per cent by weight; a bare number is per cent."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    value = float(found[1].replace(",", ".")) * _PER_CENT[(found[2] or "").casefold()]
    return value if value <= 100 else None


def split(text: str) -> Iterator[list[str]]:
    """A pasted text as rows: tabs, semicolons or commas between cells; else each line is one number or name."""
    listed = text.splitlines()
    separator = next((one for one in ("\t", ";", "；") if any(one in line for line in listed)), None)
    for line in listed:
        yield line.split(separator) if separator else _by_comma(line)


def _by_comma(line: str) -> list[str]:
    """Names have commas of their own (2,4-dinitrotoluene): only one before a space or a number with a unit parts."""
    return [part.strip() for part in re.split(r",\s+|，|,(?=[<>≤≥]?\d+(?:\.\d+)?\s*(?:%|ppm|mg/kg))", line)]
