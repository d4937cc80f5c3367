"""Which grammar reads what, by the first letters of a folded text."""

from __future__ import annotations

import re
from typing import Final

from search.designations import registry
from search.designations.families import china, iso, xorg
from search.designations.grammar import Matcher

_WORD: Final = re.compile(r"[A-Z]+")

_FIRST_WORDS: Final[dict[str, tuple[Matcher, ...]]] = {}


def _register(matcher: Matcher, *words: str) -> None:
    for word in words:
        _FIRST_WORDS[word] = (*_FIRST_WORDS.get(word, ()), matcher)


_register(iso.match, "ISO", "IEC", "CISPR", "IWA", *iso.STAGES)
_register(china.match, *registry.chinese_words())
_register(china.local, "DB", "DBS", "DBJ", "DGJ", "SZDB")
_register(china.association, "T")
_register(china.enterprise, "Q")
_register(xorg.match, "X", "XORG", "XCONSORTIUM", *xorg.KNOWN_ALONE)


def matchers_for(folded: str, pos: int) -> tuple[Matcher, ...]:
    match = _WORD.match(folded, pos)
    if match is None:
        return ()
    return _FIRST_WORDS.get(match.group(), ())
