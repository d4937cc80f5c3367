"""Which statements mean the same act, and the address of an act.

A Chinese act is known by its title: 中华人民共和国 before it does not count, since sources leave it out. Its address
is its kind, the day of its first known version and six hexadecimal digits of the hash of its title,
``law-1982-08-23-758b33``; pinyin would need a dictionary and is ambiguous, and several acts share one order number
(文号). An act of the European Union is known by its CELEX number, consolidated versions under that of the act; its
address is that number. An address once given stays, whatever is learned later.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container

from content.regulations.items import RegulationItem
from content.regulations.text.titles import match_key

CELEX = "celex:"
_CELEX_NUMBER = re.compile(r"[0-9CE][0-9]{4}[A-Z]{1,2}[0-9]{4}(?:\([0-9]{2}\))?")


def match_of(item: RegulationItem) -> str:
    """What all versions of the act have in common; unique among acts."""
    return item.match or match_key(item.title)


def celex_match(celex: str) -> str:
    """The ``match`` of an act by its own CELEX number, or by that of a consolidated version of it.

    A consolidated version has 0 for the sector and a date behind: 02006R1907-20231201 is a version of 32006R1907.
    """
    number = celex.partition("-")[0].upper()
    number = f"3{number[1:]}" if number.startswith("0") else number
    if not _CELEX_NUMBER.fullmatch(number):
        raise ValueError(celex)
    return f"{CELEX}{number}"


def slug_of(match: str, kind: str, first: str, taken: Container[str]) -> str:
    """The address of a new act; longer by a digit of its hash while another act has it."""
    if match.startswith(CELEX):
        return f"celex-{match.removeprefix(CELEX).lower().replace('(', '-').replace(')', '')}"
    digest = hashlib.sha256(match.encode()).hexdigest()
    stem = f"{kind}-{first}" if first else kind
    for digits in range(6, len(digest)):
        if (slug := f"{stem}-{digest[:digits]}") not in taken:
            return slug
    raise ValueError(match)
