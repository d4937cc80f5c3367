"""Codex Alimentarius, OIML, CIE, IDF, JCGM, Ecma: international bodies with a plain number; and JAS, which has one too.

Sources: Codex Alimentarius Procedural Manual (CXS, CXC, CXG, which replaced CODEX STAN, CAC/RCP, CAC/GL in 2016);
OIML B 6 (OIML R 76-1:2006).
"""

from __future__ import annotations

import re
from typing import Final

from search.designations.grammar import Head, Label, Match, finish

_CODEX: Final = re.compile(
    r"(?:CODEX[ -]?(?:ALIMENTARIUS[ -])?)?(CXS|CXC|CXG|CXM|CXA|STAN(?:DARD)?|CAC[/-](?:STAN|RCP|GL|MRL|MISC))[ -]{0,2}"
    r"(\d{1,4}[A-Z]?)(?![A-Z0-9])((?:-\d{4})?)"
)
_CODES: Final = {
    "STAN": "CXS",
    "STANDARD": "CXS",
    "CAC/STAN": "CXS",
    "CAC/RCP": "CXC",
    "CAC/GL": "CXG",
    "CAC/MRL": "CXM",
    "CAC/MISC": "CXA",
}
_PLAIN: Final = re.compile(
    r"(OIML|CIE|IDF|JCGM|ECMA|JAS)[ -/]?(?:(RM|R|D|G|B|E|S|TR|ISO|DS|GUM)[ -]?(?=\d))?"
    r"(\d{1,5}[A-Z]?)(?![A-Z0-9])((?:-\d{1,4}[A-Z]?(?![A-Z0-9]))*)"
)


def codex(text: str, pos: int) -> Match | None:
    found = _CODEX.match(text, pos)
    if found is None:
        return None
    code = found[1].replace("-", "/")
    if code in {"STAN", "STANDARD"} and not found.group().startswith("CODEX"):
        return None
    parts = (found[3][1:],) if found[3] else ()
    return finish(Label((Head(_CODES.get(code, code)),), found[2], parts, found.end()), text)


def plain(text: str, pos: int) -> Match | None:
    found = _PLAIN.match(text, pos)
    if found is None:
        return None
    parts = tuple(found[4][1:].split("-")) if found[4] else ()
    return finish(Label((Head(found[1], found[2] or ""),), found[3], parts, found.end()), text)
