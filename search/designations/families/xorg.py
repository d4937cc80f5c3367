"""Standards of the X Consortium, kept by the X.Org Foundation: known by a short name and a version.

Their title pages say "X Consortium Standard … Version 2.0"; the short names are those of the documents themselves
(https://www.x.org/releases/X11R7.7/doc/).
"""

from __future__ import annotations

import re

from search.designations.grammar import Match
from search.designations.model import Designation

PUBLISHER = "X.Org"
KNOWN_ALONE = ("ICCCM", "XLFD")
"""Short names that nobody else uses: they need no publisher before them."""

_PATTERN = re.compile(
    r"(?:(?:X[. ]?ORG(?: FOUNDATION)?|X[ -]?CONSORTIUM(?: STANDARD)?)[ :,-]{1,2}(?P<name>[A-Z][A-Z0-9]{1,15})"
    rf"|(?P<alone>{'|'.join(KNOWN_ALONE)}))(?![A-Z0-9])"
    r"(?:,? ?(?:VERSION |V ?)|[ -])?(?P<version>(?<=[ V-])\d{1,2}(?:\.\d{1,2}){1,2}(?![A-Z0-9.]))?"
)


def match(text: str, pos: int) -> Match | None:
    found = _PATTERN.match(text, pos)
    if found is None:
        return None
    name = found["name"] or found["alone"]
    end = found.end() if found["version"] else found.end("name") if found["name"] else found.end("alone")
    return Designation(PUBLISHER, name, edition=found["version"] or ""), end
