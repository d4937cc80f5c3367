"""Which grammars read what, by the first word of a folded text."""

from __future__ import annotations

import re
from typing import Final

from search.designations import registry
from search.designations.families import (
    american,
    china,
    etsi,
    glued,
    international,
    internet,
    iso,
    itu,
    national,
    nist,
    xorg,
)
from search.designations.grammar import Matcher

_WORD: Final = re.compile(r"[A-Z]+|3GPP|建标")
_FIRST_WORDS: Final[dict[str, tuple[Matcher, ...]]] = {}


def _register(matcher: Matcher, *words: str) -> None:
    for word in words:
        _FIRST_WORDS[word] = (*_FIRST_WORDS.get(word, ()), matcher)


_register(iso.match, "ISO", "IECEE", "IECEX", "IECQ", "IECRE", "IEC", "CISPR", "IWA", *iso.STAGES)
_register(china.local, "DB", "DBS", "DBJ", "DG", "DGJ", "SZDB")  # before the DB of earthquakes: DB44 is a province
_register(china.certification, "CNCA", "CNAS")
_register(china.projects, "建标", "JIANBIAO")
_register(china.match, *registry.chinese_words())
_register(china.metrology, "JJG", "JJF")
_register(china.association, "T")
_register(china.enterprise, "Q")
_register(itu.match, "ITU", "CCITT", "CCIR", *itu.KINDS)
_register(itu.bare, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "BO", "BR", "BS", "BT", "RA", "RS", "SA", "SF", "SM", "TF")
_register(etsi.match, "ETSI")
_register(etsi.bare, "EN", "ES", "EG", "TS", "TR", "TBR", "ETS")
_register(etsi.three_gpp, "3GPP")
_register(internet.series, "IETF", "RFC", "BCP", "STD", "FYI", "IEN")
_register(internet.draft, "IETF", "I", "DRAFT", "INTERNET")
_register(nist.match, "NIST", "NISTIR", "NBS", "NBSIR", "FIPS", "SP")
_register(american.astm, "ASTM", "ANSI")
_register(american.ieee, "IEEE", "AIEE", "IRE", "ANSI")
_register(american.society, *american.words())
_register(international.codex, "CODEX", "CAC", "CXS", "CXC", "CXG", "CXM", "CXA")
_register(international.plain, "OIML", "CIE", "IDF", "JCGM", "ECMA", "JAS")
_register(national.european, *national.EUROPEAN_WORDS)
_register(national.match, *sorted(national.words()))
_register(xorg.match, "X", "XORG", "XCONSORTIUM", *xorg.KNOWN_ALONE)
_register(glued.match, *glued.words(frozenset(_FIRST_WORDS)))


def matchers_for(folded: str, pos: int) -> tuple[Matcher, ...]:
    """The grammars that might read what begins at ``pos``; none where no publisher's code begins there."""
    match = _WORD.match(folded, pos)
    if match is None:
        return ()
    return _FIRST_WORDS.get(match.group(), ())
