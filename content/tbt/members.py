"""Members of the WTO (世界贸易组织成员) by the codes that document symbols have. Pure.

Codes are those of ISO 3166-1 alpha-3, but for the European Union and the Separate Customs Territory of Taiwan, Penghu,
Kinmen and Matsu; names are those of the WTO's list of its Members
(https://www.wto.org/english/thewto_e/whatis_e/tif_e/org6_e.htm).
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
MAX_NAME = 100
"""Characters of the longest name that is read."""


@dataclass(frozen=True, slots=True)
class Member:
    """A Member."""

    code: str
    name_en: str
    name_zh: str

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_zh


@cache
def all_members() -> Mapping[str, Member]:
    """The 166 Members by code."""
    with (DATA / "members.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Member(**row) for row in csv.DictReader(file)}


def name(code: str, language: str) -> str:
    """The name in ``en`` or ``zh``; what is no Member's code is its own name."""
    member = all_members().get(code)
    return member.name(language) if member else code


def read(text: str) -> str | None:
    """The code that a name means, in English, French, Spanish or Chinese, or that ``text`` is; None for another."""
    return _by_name().get(_fold(text)) if len(text) <= MAX_NAME else None


@cache
def _by_name() -> Mapping[str, str]:
    with (DATA / "aliases.csv").open(encoding="utf-8", newline="") as file:
        found = {_fold(row["name"]): row["code"] for row in csv.DictReader(file)}
    for code, one in all_members().items():
        found |= dict.fromkeys((_fold(code), _fold(one.name_en), _fold(one.name_zh)), code)
    return found


def _fold(text: str) -> str:
    """Without accents, signs and case: ``Türkiye`` and ``TURKIYE`` are the same."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = (char for char in decomposed if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())
