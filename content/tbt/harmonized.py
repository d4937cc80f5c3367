"""The Harmonized System (协调制度, HS), edition of 2022, as a tree: sections, chapters, headings, subheadings. Pure.

Codes are written without a point: ``95``, ``9503``, ``950300``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter, heading or subheading; ``title_zh`` is empty below the chapters."""

    code: str
    title_en: str
    title_zh: str

    def title(self, language: str) -> tuple[str, str]:
        """Title and the language that it is in: Chinese where it is wanted and there is one."""
        return (self.title_zh, "zh") if language != "en" and self.title_zh else (self.title_en, "en")


@dataclass(frozen=True, slots=True)
class Section:
    """A section (类); its chapters (章) from ``first`` to ``last``."""

    number: str
    first: str
    last: str
    title_en: str
    title_zh: str

    def title(self, language: str) -> str:
        return self.title_en if language == "en" else self.title_zh


@cache
def table() -> Mapping[str, Heading]:
    """All codes, rising."""
    with (DATA / "hs.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Heading(**row) for row in csv.DictReader(file)}


@cache
def sections() -> tuple[Section, ...]:
    """The 21 sections."""
    with (DATA / "hs_sections.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Section(**row) for row in csv.DictReader(file))


def get(code: str) -> Heading | None:
    """The entry of a code, None for one that this edition does not have."""
    return table().get(code)


@cache
def _children() -> Mapping[str, tuple[Heading, ...]]:
    found: dict[str, list[Heading]] = {}
    for one in table().values():
        found.setdefault(one.code[:-2], []).append(one)
    return {code: tuple(below) for code, below in found.items()}


def children(code: str) -> tuple[Heading, ...]:
    """What lies right below a code; below the empty one, all chapters."""
    return _children().get(code, ())


def section_of(code: str) -> Section | None:
    """The section that a code lies in."""
    return next((one for one in sections() if one.first <= code[:2] <= one.last), None)
