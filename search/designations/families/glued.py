"""First words written together that are two: BSEN 1090, DINENISO 9001, TCECS 24, QGDW 1799, JTGD60.

Only words that nothing else begins with; each is read as if the space were there.
"""

from __future__ import annotations

import re
from typing import Final

from search.designations import registry
from search.designations.families import china, national
from search.designations.grammar import Match, Matcher

_ADOPTED: Final = {"EN": "EN ", "ENISO": "EN ISO ", "ENIEC": "EN IEC ", "ENISOIEC": "EN ISO/IEC "}
_INTERNATIONAL: Final = {"ISO": "ISO ", "IEC": "IEC ", "ISOIEC": "ISO/IEC "}
# Series of Chinese codes whose numbers begin with a letter: JTG D60, TSG D0001, TSG ZF001
_SERIES: Final = {
    "JTG": ("A", "B", "C", "D", "E", "F", "G", "H"),
    "TSG": ("D", "G", "N", "Q", "R", "S", "ZB", "ZC", "ZF"),
}
_LETTERS: Final = re.compile("[A-Z]+")


def _table() -> dict[str, tuple[str, Matcher]]:
    table: dict[str, tuple[str, Matcher]] = {
        f"EN{word}": (f"EN {spaced}", national.european) for word, spaced in _INTERNATIONAL.items()
    }
    for code in national.plain_codes():
        for word, spaced in (_ADOPTED | _INTERNATIONAL).items():
            table[f"{code}{word}"] = (f"{code} {spaced}", national.match)
    for issuer in registry.known_issuers():
        kind, _, code = issuer.partition("/")
        if len(code) > 1 and code.isalpha():
            table[f"{kind}{code}"] = (f"{issuer} ", china.association if kind == "T" else china.enterprise)
    for code, letters in _SERIES.items():
        table |= {f"{code}{letter}": (f"{code} {letter}", china.match) for letter in letters}
    return table


_SPACED: Final = _table()


def words(taken: frozenset[str]) -> list[str]:
    """First words of what ``match`` reads, without those in ``taken``."""
    return sorted(_SPACED.keys() - taken)


def match(text: str, pos: int) -> Match | None:
    word = _LETTERS.match(text, pos)
    if word is None or word.group() not in _SPACED:
        return None
    spaced, matcher = _SPACED[word.group()]
    rest = text[word.end() :]
    found = matcher(spaced + (rest[1:] if rest[:1] in {" ", "-", "/"} else rest), 0)
    if found is None:
        return None
    designation, end = found
    skipped = 1 if rest[:1] in {" ", "-", "/"} else 0
    return designation, word.end() + skipped + end - len(spaced)
