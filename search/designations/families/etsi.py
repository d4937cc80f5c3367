"""ETSI and 3GPP.

Sources: ETSI Drafting Rules (ETSI EN 300 328 V2.2.2 (2019-07): number in groups of three, part, version, month of
publication); 3GPP TR 21.900 (3GPP TS 38.331 V15.3.0).
"""

from __future__ import annotations

import re
from typing import Final

from search.designations.grammar import Match, supplements
from search.designations.model import Designation, Supplement

_TYPES: Final = "EN|ES|EG|TS|TR|GS|GR|SR|ETS|I-ETS|ETR|TBR|TCRTR|TCTR|TCR-TR|CTR|NET|GTS|MI|DTS|DTR|DEN"
_ETSI: Final = re.compile(rf"ETSI[ /-](?:({_TYPES})[ /-]?)?(?:(GSM|[A-Z0-9]{{2,6}}(?:-[A-Z]{{2,5}})?)[ -](?=\d))?")
_NUMBER: Final = re.compile(
    r"(\d{1,3}(?:[ -]?\d{3})?(?:\.\d{2}){0,2}(?:-[A-Z]{1,3}(?![A-Z0-9]))?)(?![A-Z0-9])((?:-\d{1,3}[A-Z]?(?![A-Z0-9]))*)"
)
_BARE: Final = re.compile(
    r"(EN|ES|EG|TS|TR|TBR|ETS)[ -]?([123]\d\d)([ -]?)(\d{3})(?![A-Z0-9])((?:-\d{1,3}[A-Z]?(?![A-Z0-9]))*)"
)
# Numbers of EN that CEN and CENELEC leave to ETSI; in groups of three digits nobody else writes them
_EUROPEAN_NORMS: Final = {"300", "301", "302", "303", "319"}
_THREE_GPP: Final = re.compile(
    r"3GPP[ /-](TS|TR)[ -]?(\d{2}\.[0-9A-Z]{2,6})(?![A-Z0-9])((?:-\d{1,3}[A-Z]?(?![A-Z0-9]))*)"
)
_RELEASE: Final = re.compile(r"[:-]((?:REL-?\d{1,2}|UMTS|PH\d[A-Z]?|R\d{2,4}[A-Z]?))(?![A-Z0-9])")
_VERSION: Final = re.compile(
    r"[ /-](?:V?(\d{1,3}\.\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)(?![A-Z0-9])|ED\.?[ -]?(\d{1,2})(?![A-Z0-9]))"
)
_DATE: Final = re.compile(r"[ -]?\(?((?:19|20)\d\d)(?:[-/](0[1-9]|1[0-2]))?\)?(?![A-Z0-9])")
_SUPPLEMENT: Final = re.compile(r"[/-](A|C|AC)(\d{1,2})(?![A-Z0-9])")
_CASE: Final = {"MWT": "mWT"}  # the one industry group written otherwise than in capitals


def match(text: str, pos: int) -> Match | None:
    head = _ETSI.match(text, pos)
    if head is None:
        return None
    number = _NUMBER.match(text, head.end())
    if number is None:
        return None
    digits = number[1].replace("-", " ") if not head[2] else number[1]
    if len(digits) > 3 and digits.isdecimal():
        digits = f"{digits[:-3]} {digits[-3:]}"
    group = _CASE.get(head[2], head[2]) if head[2] else ""
    parts = number[2][1:]
    return _finish("ETSI", head[1] or "", f"{group} {digits}".strip(), parts, text, number.end())


def bare(text: str, pos: int) -> Match | None:
    """A deliverable that leaves its publisher out: EN 301 489-1, and, where a version follows, TS 102 221 V16.4.0."""
    found = _BARE.match(text, pos)
    if found is None:
        return None
    read = _finish("ETSI", found[1], f"{found[2]} {found[4]}", found[5][1:], text, found.end())
    if found[1] == "EN" and (found[3] == " " or found[2] in _EUROPEAN_NORMS):
        return read
    return read if read[0].edition.startswith("V") else None


def three_gpp(text: str, pos: int) -> Match | None:
    found = _THREE_GPP.match(text, pos)
    return _finish("3GPP", found[1], found[2], found[3][1:], text, found.end()) if found else None


def _finish(publisher: str, doctype: str, number: str, part: str, text: str, pos: int) -> Match:
    changes: list[Supplement] = []
    while (change := _SUPPLEMENT.match(text, pos)) is not None:
        changes.append(Supplement("Amd" if change[1] == "A" else "Cor", change[2]))
        pos = change.end()
    edition = release = ""
    year = month = None
    if (released := _RELEASE.match(text, pos)) is not None and publisher == "3GPP":
        release, pos = released[1], released.end()
    if (version := _VERSION.match(text, pos)) is not None:
        edition = f"V{version[1]}" if version[1] else f"ed.{version[2]}"
        pos = version.end()
    if (date := _DATE.match(text, pos)) is not None:
        year, month = int(date[1]), int(date[2]) if date[2] else None
        pos = date.end()
    more, pos = supplements(text, pos)
    return (
        Designation(
            publisher,
            number,
            doctype,
            part,
            year,
            month,
            edition,
            variant=release,
            supplements=(*changes, *more),
        ),
        pos,
    )
