"""RFCs and the series made of them, and Internet-Drafts.

Sources: RFC 7322 (RFC Style Guide), section 4.8.6 (references); RFC 1818 (BCP), RFC 1311 (STD), RFC 1150 (FYI).
"""

from __future__ import annotations

import re
from typing import Final

from search.designations.grammar import Match
from search.designations.model import Designation

_SERIES: Final = re.compile(
    r"(?:IETF[ /-]?)?(RFC|BCP|STD|FYI|IEN|RTR)[ :-]?(?:NO\.? ?)?0{0,5}([1-9]\d{0,4})(?![A-Z0-9])"
)
_DRAFT: Final = re.compile(
    r"(?:IETF[ /-])?(?:I-D[ .-]?(?:DRAFT-)?|DRAFT-|INTERNET-DRAFT[ -](?:DRAFT-)?)"
    r"([A-Z][A-Z0-9]*(?:[-_.+]{1,3}[A-Z0-9]+){1,24}?)(?:-(\d\d))?(?![A-Z0-9]|[-_.+]{1,3}[A-Z0-9])"
)


def series(text: str, pos: int) -> Match | None:
    found = _SERIES.match(text, pos)
    return (Designation("IETF", found[2], found[1]), found.end()) if found else None


def draft(text: str, pos: int) -> Match | None:
    found = _DRAFT.match(text, pos)
    if found is None:
        return None
    return Designation("IETF", found[1].lower(), "I-D", edition=found[2] or ""), found.end()
