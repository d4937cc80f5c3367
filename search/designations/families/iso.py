"""ISO, IEC and the bodies that publish with them.

Sources: ISO/IEC Directives, Part 1, Annex SK (numbering of documents and stages) and Part 2, clause 8 (references);
ISO 690; IEC Supplement SL (AMD, COR, ISH, consolidated versions CSV); the deliverables of ISO Open Data.
"""

from __future__ import annotations

import re
from typing import Final

from search.designations.grammar import Head, Label, Match, finish

_FIRST: Final = "ISO|IECEE|IECEX|IECQ|IECRE|IEC|CISPR|IWA"
PARTNERS: Final = "IEC|IEEE|ASTM|ASME|CIE|SAE|HL7|OECD|UNDP|CISPR|ISO|ITU|IDF|OIML|CEN|IUPAC|IULTCS|IWA|OGC"
STAGES: Final = (
    *("PWI", "PNW", "NWIP", "NP", "AWI", "ADIS", "AFDIS", "WD", "CDV", "CD", "FCD", "DISP", "FDISP", "PDISP"),
    *("DIS", "FDIS", "PRF", "DTS", "FDTS", "PDTS", "DTR", "FDTR", "PDTR", "DPAS", "DGUIDE", "FDGUIDE", "DIWA"),
)
_STAGES: Final = "|".join(STAGES)
_TYPES: Final = "TS|TR|PAS|GUIDE|R|ISP|TTA|DATA|IWA|SRD|ACEE|DIR|TEC|CA|OD|WP"
_LABEL: Final = re.compile(
    rf"(?:({_STAGES})[ /-])?"
    rf"((?:{_FIRST})(?:[/ |-](?:{PARTNERS})(?![A-Z])){{0,3}})"
    rf"(?:[/ -]({_STAGES})(?=[/ -]?(?:{_TYPES})?[/ -]?\d))?"
    rf"(?:[/ -]?({_TYPES})(?=[/ -]?\d))?"
    r"[/ -]?(?:NO\.? ?|STANDARD )?"
    r"(\d{1,7}[A-Z]?)(?![A-Z0-9])"
    r"(-[A-Z](?:\d\d)?(?![A-Z0-9])|-(?!PART|ALL|AMD|COR|ADD|SUP|EXT|ISH|DAM|FDAM|PDAM|DCOR|PLUS)[A-Z]{2,6}(?=[:-]\d{4}))?"
    r"(?:,?[ -]PART[ -](\d{1,5}(?:-\d{1,5}){0,3})(?![A-Z0-9])|((?:-\d{1,5}[A-Z]{0,2}(?![A-Z0-9]))*))"
    r"(/\d(?=:\d{4}))?"
)
_STAGED_TYPE: Final = {
    **dict.fromkeys(("DTS", "FDTS", "PDTS"), "TS"),
    **dict.fromkeys(("DTR", "FDTR", "PDTR"), "TR"),
    **dict.fromkeys(("DISP", "FDISP", "PDISP"), "ISP"),
    **dict.fromkeys(("DGUIDE", "FDGUIDE"), "Guide"),
    "DPAS": "PAS",
    "DIWA": "IWA",
}
_NAMES: Final = {"GUIDE": "Guide", "DGUIDE": "DGuide", "FDGUIDE": "FDGuide"}
_SEPARATOR: Final = re.compile(r"[ |-]")


def label(text: str, pos: int) -> Label | None:
    match = _LABEL.match(text, pos)
    if match is None:
        return None
    early, publisher, late, doctype, number, letter, worded, parts, sheet = match.groups()
    stage = late or early or ""
    if "/" in publisher or " " in publisher or "-" in publisher or "|" in publisher:
        publisher = _SEPARATOR.sub("/", publisher)
    if publisher in {"IWA", "ISO/IWA"}:
        publisher, doctype = "ISO", "IWA"
    elif publisher == "IEC/CISPR":
        publisher = "CISPR"
    elif publisher == "IECEX":
        publisher = "IECEx"
    if doctype is None:
        doctype = _STAGED_TYPE.get(stage, "")
    elif doctype == "GUIDE":
        doctype = "Guide"
    pieces: list[str] = [letter[1:]] if letter else []
    if worded:
        pieces += worded.split("-")
    elif parts:
        pieces += parts[1:].split("-")
    if sheet and pieces:
        pieces[-1] += sheet
    return Label(
        (Head(publisher, doctype, _NAMES.get(stage, stage)),), number, tuple(pieces), match.end(), worded is not None
    )


def match(text: str, pos: int) -> Match | None:
    found = label(text, pos)
    return finish(found, text) if found else None
