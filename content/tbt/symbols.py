"""Document symbols of WTO notifications, such as ``G/TBT/N/EU/1024/Add.1``. Pure: no Django.

Symbols are built as the WTO's document services write them (https://docs.wto.org, and G/TBT/35 for the notifications
of this agreement): series, member, running number, then what was issued to it, in order. Any spelling that people and
platforms use is read: lower case, spaces, dashes, full-width signs, a slug.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

MAX_LENGTH = 200
"""Characters of the longest text that ``read`` looks at."""
MAX_PARTS = 6
"""Parts after the running number; more is no symbol."""


class Agreement(Enum):
    """The series of a symbol: technical barriers, or sanitary and phytosanitary measures."""

    TBT = "TBT"
    SPS = "SPS"


class Part(Enum):
    """What was issued to a notification; the value is as a symbol has it."""

    ADDENDUM = "Add"
    CORRIGENDUM = "Corr"
    REVISION = "Rev"
    SUPPLEMENT = "Suppl"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol as read. ``member`` is the WTO's code of the notifying member (``CHN``, ``EU``, ``TPKM``)."""

    agreement: Agreement
    member: str
    number: int
    parts: tuple[tuple[Part, int], ...] = ()

    @property
    def is_tbt(self) -> bool:
        """Whether it belongs to the TBT Agreement: one of the SPS Agreement is none of our notifications."""
        return self.agreement is Agreement.TBT

    @property
    def canonical(self) -> str:
        """``G/TBT/N/EU/1024/Add.1``."""
        return "".join([self.base, *(f"/{part.value}.{number}" for part, number in self.parts)])

    @property
    def base(self) -> str:
        """The symbol of the notification that starts the thread."""
        return f"G/{self.agreement.value}/N/{self.member}/{self.number}"

    @property
    def slug(self) -> str:
        """``g-tbt-n-eu-1024-add-1``; ``read`` reads it back."""
        return re.sub(r"[/.]", "-", self.canonical).lower()

    def __str__(self) -> str:
        return self.canonical


_WORDS = {
    "add": Part.ADDENDUM,
    "addendum": Part.ADDENDUM,
    "corr": Part.CORRIGENDUM,
    "corrigendum": Part.CORRIGENDUM,
    "rev": Part.REVISION,
    "revision": Part.REVISION,
    "supp": Part.SUPPLEMENT,
    "suppl": Part.SUPPLEMENT,
    "supplement": Part.SUPPLEMENT,
}
_SIGNS = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("⁄∕╱", "/")
    | {"。": "."}
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad")
)
_BETWEEN = r"(?:\s{0,3}[/_-]\s{0,3}|\s{1,3})"
_PART = (
    rf"{_BETWEEN}({'|'.join(sorted(_WORDS, key=len, reverse=True))})(?:\s{{0,3}}[._-]\s{{0,3}}|\s{{0,3}})([0-9]{{1,3}})"
)
_SYMBOL = re.compile(
    rf"(?<![a-z0-9])g{_BETWEEN}(tbt|sps){_BETWEEN}n{_BETWEEN}([a-z]{{2,4}})(?:{_BETWEEN})?([0-9]{{1,6}})"
    rf"((?:{_PART}){{0,{MAX_PARTS}}})(?![a-z0-9])",
    re.ASCII | re.IGNORECASE,
)
_ONE_PART = re.compile(_PART, re.ASCII | re.IGNORECASE)
_MORE = re.compile(rf"{_PART}|/[a-z]{{2,12}}\.?[0-9]{{1,3}}", re.ASCII | re.IGNORECASE)
"""A part too many, or one of a kind that is not known: what stands before it is another document's symbol."""


def read(text: str) -> Symbol | None:
    """The symbol that ``text`` is, in any spelling; None if it is none, or says more than a symbol."""
    if len(text) > MAX_LENGTH:
        return None
    match = _SYMBOL.fullmatch(_plain(text).strip())
    return _symbol(match) if match else None


def symbol_of(canonical: str) -> Symbol:
    """The parts of a symbol that is known to be one. Raises ValueError."""
    symbol = read(canonical)
    if symbol is None:
        raise ValueError(canonical)
    return symbol


def find(text: str) -> Iterator[Symbol]:
    """The symbols that a text names, in order, each time it does; time grows with the length of the text."""
    plain = _plain(text)
    for match in _SYMBOL.finditer(plain):
        if _MORE.match(plain, match.end()):
            continue
        if symbol := _symbol(match):
            yield symbol


def take(text: str) -> tuple[list[Symbol], str]:
    """The symbols that a plain text names (see ``find``), and the text with a blank in place of each."""
    found: list[Symbol] = []

    def taken(match: re.Match[str]) -> str:
        symbol = None if _MORE.match(text, match.end()) else _symbol(match)
        if symbol is None:
            return match[0]
        found.append(symbol)
        return " "

    rest = _SYMBOL.sub(taken, text)
    return found, rest


def _plain(text: str) -> str:
    """Full-width signs, dashes of every kind and invisible characters as a symbol has them."""
    return unicodedata.normalize("NFKC", text).translate(_SIGNS)


def _symbol(match: re.Match[str]) -> Symbol | None:
    agreement, member, number, rest = match.group(1, 2, 3, 4)
    parts = tuple((_WORDS[word.lower()], int(count)) for word, count in _ONE_PART.findall(rest))
    if not int(number) or not all(count for _part, count in parts):
        return None
    return Symbol(Agreement(agreement.upper()), member.upper(), int(number), parts)
