"""Publications of NIST and, until 1988, of the National Bureau of Standards.

Source: NIST Technical Series Publications, Publication Identifier Syntax (NIST SP 800-53r5, NIST SP 800-57pt1r5,
NIST AMS 300-8r1/upd). FIPS, SP and NISTIR are read without "NIST", as they are commonly cited.
"""

from __future__ import annotations

import re
from typing import Final

from search.designations.grammar import Match
from search.designations.model import Designation

_HEAD: Final = re.compile(
    r"(NIST|NBS)[ .-](?:(FIPS)[ .-]?(?:PUBS?[ .-])?"
    r"|(SPECIAL PUBLICATION(?: \(SP\))?|[A-Z]{1,6}(?:-[A-Z]{1,5}){0,2})[ .-]{1,2})"
    r"|(NIST)[ .-](?=(?:500|800|1800|1500)-\d)"
    r"|(FIPS)[ -]?(?:PUBS?[ .-]?)?|(NIST|NBS)-?(IR)[ -]|(SP)[ -]?(?=(?:500|800|1800|1500)-)"
)
# a letter of the number: 800-53A, also before a revision (800-53Ar4), but not the r of 1128r1995
_LETTER: Final = r"(?:[A-Z](?![A-Z0-9])|[A-Z](?=(?:R|E|V|PT|VER|UPD|SUP)\d))?"
_NUMBER: Final = re.compile(rf"(?:PUBLICATION )?(\d{{1,6}}{_LETTER}(?:-\d{{1,4}}{_LETTER}(?![0-9]))*)")
_PIECE: Final = re.compile(
    r"[ ,.-]{0,2}(?:(?P<vol>VOLUME|VOL|V)\.?[ -]?(?P<voln>\d{1,3}[A-Z]?)(?![.0-9])"
    r"|(?P<part>PART|PT)\.?[ -]?(?P<partn>\d{1,3})"
    r"|(?P<rev>REVISION|REV|R)\.?[ -]?(?P<revn>\d{1,4}[A-Z]?)?|(?P<ed>EDITION|ED|E)\.?[ -]?(?P<edn>\d{1,4})"
    r"|(?P<ver>VERSION|VER|V)\.?[ -]?(?P<vern>\d{1,3}(?:\.\d{1,3})*))(?![0-9])"
)
_UPDATE: Final = re.compile(r"(?:/|[ -])(?:INCLUDES )?UPD(?:ATE|T)?\.?[ -]?(\d{1,2})?(?:-(\d{6}))?(?![A-Z0-9])")
_STAGE: Final = re.compile(r"[ -]\(?(IPD|FPD|[2-9]PD|PRD|IPRD|WD|DRAFT)\)?(?![A-Z0-9])")
_LANGUAGE: Final = re.compile(
    r"[ -]\(?(SPA|POR|ARA|BUL|FRE|IND|JPN|POL|UKR|CHI|VIE|GER|ITA|KOR|RUS|ESP|VIET|CHN)\)?(?![A-Z0-9])"
)
_REST: Final = re.compile(r"[A-Z0-9/_.()+-]{1,40}(?![A-Z0-9])")
_SHORT: Final = {"vol": "v", "part": "pt", "rev": "r", "ed": "e", "ver": "ver"}


def match(text: str, pos: int) -> Match | None:
    head = _HEAD.match(text, pos)
    if head is None:
        return None
    publisher = head[1] or head[6] or "NIST"
    series = head[2] or head[3] or head[5] or head[7] or head[8] or "SP"
    if series.startswith("SPECIAL"):
        series = "SP"
    if series in {"NISTIR", "NBSIR"}:
        series = "IR"
    number = _NUMBER.match(text, head.end())
    if number is None:
        return None
    pos = number.end()
    part = edition = ""
    while pos < len(text) and (piece := _PIECE.match(text, pos)) is not None:
        kind = next(name for name in _SHORT if piece[name])
        mark = _SHORT[kind] + (piece[f"{kind}n"] or "").lower()
        if kind in {"vol", "part"}:
            part += mark
        else:
            edition += mark
        pos = piece.end()
    update = _UPDATE.match(text, pos)
    if update is not None:
        edition += f"/upd{update[1] or ''}" + (f"-{update[2]}" if update[2] else "")
        pos = update.end()
    stage = variant = ""
    if (drafted := _STAGE.match(text, pos)) is not None:
        stage, pos = drafted[1].lower(), drafted.end()
    if (tongue := _LANGUAGE.match(text, pos)) is not None:
        variant, pos = tongue[1].lower(), tongue.end()
    if not stage and not variant and (rest := _REST.match(text, pos)) is not None:
        edition += rest.group().lower()
        pos = rest.end()
    return Designation(publisher, number[1], series, part, edition=edition, stage=stage, variant=variant), pos
