"""What the families of designations have in common: labels, dates, supplements, and how they become a Designation.

A matcher takes folded text (see ``spelling``) and a position and answers the designation that begins there and where it
ends, or None. Patterns have no nested repetition over the same characters, so that matching is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from search.designations.model import Designation, Supplement

Match = tuple[Designation, int]
Matcher = Callable[[str, int], Match | None]


class Head(NamedTuple):
    """Publisher, type and stage of one layer of a designation: BS EN ISO/TS has three."""

    publisher: str
    doctype: str = ""
    stage: str = ""


class Label(NamedTuple):
    """Everything before the date.

    ``parts`` may still hold the year of a hyphenated spelling, unless ``worded`` (ISO 10303 Part 2001).
    """

    heads: tuple[Head, ...]
    number: str
    parts: tuple[str, ...]
    end: int
    worded: bool = False


_YEAR: Final = r"(?:18[89]|19\d|20[0-4])\d"
_YEAR_ONLY: Final = re.compile(_YEAR)
_MONTH_ONLY: Final = re.compile(r"0[1-9]|1[0-2]")
_DATE: Final = re.compile(rf"[: ]\(?({_YEAR})(?:[-/](0[1-9]|1[0-2]))?\)?(?![A-Z0-9])|:(\d\d)(?![A-Z0-9])")
_DATE_BEHIND_WORD: Final = re.compile(rf"-({_YEAR})(?:-(0[1-9]|1[0-2]))?(?![A-Z0-9-])")
_ITERATION: Final = re.compile(r"\.(\d{1,2})(?![A-Z0-9.])")
_ALL_PARTS: Final = re.compile(r"[ -]?\(?(?:ALL[ -]PARTS|SERIES|所有部分|全部部分|各部分|規格群)\)?(?![A-Z0-9])")
_LANGUAGE: Final = re.compile(r" ?\((?:E|F|R|C|S|A|D|J|EN|FR|E/F|F/E|E,F|EN,FR)\)")
_EDITION: Final = re.compile(r"[ ,-]{1,2}ED(?:\.|ITION)?[ -]?(\d{1,2}(?:\.\d{1,2})?)(?![A-Z0-9])")
_VARIANT: Final = re.compile(r"[ -](CSV|EXV|RLV|CMV|PRV|SER|PAC)(?![A-Z0-9])")
_REAFFIRMED: Final = re.compile(r"[ -]?\(?(?:R|REAFFIRMED )(\d{4})\)?(?![A-Z0-9])")
_SUPPLEMENT: Final = re.compile(
    r"(-PLUS-|[/+ -]|, ?|/-)"
    r"(?:(PWI|NP|AWI|WD|CD|PRF|DIS|FDIS)[ -])?"
    r"(TECHNICAL[ -]CORRIGENDUM|TECHNICAL[ -]COR|FPDAM|FDAMD|FDAM|DAMD|DAM|PDAM|AMENDMENT|AMDT|AMD|AM|A"
    r"|PDCOR|FDCOR|FCOR|DCOR|CORRIGENDUM|CORR|COR|TC|AC|BERICHTIGUNG|BER|ADDENDUM|ADD|SUPPLEMENT|SUPPL|SUP|EXT|ISH|ERRATUM|ERR|NA|CN)"
    rf"\.?[ -]?(?:NO\.? ?)?((?!{_YEAR}-(?:0[1-9]|1[0-2])(?![0-9]))\d{{1,4}}(?:\.\d{{1,2}})?)?"
    rf"(?:[:-]({_YEAR})(?:-(0[1-9]|1[0-2]))?|:(\d\d))?(?![A-Z0-9])"
)
_KINDS: Final[dict[str, tuple[str, str]]] = {
    **dict.fromkeys(("AMENDMENT", "AMDT", "AMD", "AM", "A"), ("Amd", "")),
    **dict.fromkeys(("DAM", "DAMD"), ("Amd", "DAM")),
    **dict.fromkeys(("FDAM", "FDAMD"), ("Amd", "FDAM")),
    "PDAM": ("Amd", "PDAM"),
    "FPDAM": ("Amd", "FPDAM"),
    **dict.fromkeys(
        ("TECHNICAL CORRIGENDUM", "TECHNICAL-CORRIGENDUM", "CORRIGENDUM", "CORR", "COR", "TC", "AC", "BERICHTIGUNG"),
        ("Cor", ""),
    ),
    **dict.fromkeys(("TECHNICAL COR", "TECHNICAL-COR", "BER"), ("Cor", "")),
    "PDCOR": ("Cor", "PDCOR"),
    "DCOR": ("Cor", "DCOR"),
    **dict.fromkeys(("FDCOR", "FCOR"), ("Cor", "FDCOR")),
    **dict.fromkeys(("ADDENDUM", "ADD"), ("Add", "")),
    **dict.fromkeys(("SUPPLEMENT", "SUPPL", "SUP"), ("Suppl", "")),
    "EXT": ("Ext", ""),
    "NA": ("NA", ""),
    "CN": ("CN", ""),
    "ISH": ("ISH", ""),
    **dict.fromkeys(("ERRATUM", "ERR"), ("Err", "")),
}


def full_year(digits: str) -> int:
    """Two digits are of the twentieth century from 50 on; nobody has numbered standards with two digits before 1950."""
    value = int(digits)
    if len(digits) == 4:
        return value
    return 1900 + value if value >= 50 else 2000 + value


def is_year(text: str) -> bool:
    return _YEAR_ONLY.fullmatch(text) is not None


def supplements(text: str, pos: int) -> tuple[tuple[Supplement, ...], int]:
    found: list[Supplement] = []
    while match := _SUPPLEMENT.match(text, pos):
        joint, stage, word, number, year, month, short = match.groups()
        if (word in {"A", "AM", "TC"} and not number) or (word in {"NA", "CN"} and joint.endswith(" ")):
            break
        kind, drafted = _KINDS[word]
        if number and not year and is_year(number):  # Suppl:1993 has no number of its own
            number, year = None, number
        when = year or short
        found.append(
            Supplement(
                kind,
                number or "",
                full_year(when) if when else None,
                stage or drafted,
                int(month) if month else None,
                joint in {"+", "-PLUS-"},
            )
        )
        pos = match.end()
    return tuple(found), pos


def finish(label: Label, text: str, *, months: bool = False, short: bool = False) -> Match:
    """The designation of a label and what follows it: date, iteration, edition, supplements, product form, all parts.

    ``months``: the publisher dates to the month (DIN EN ISO 9001:2015-11), so two last parts may be a date.
    ``short``: the publisher has no part of two digits last, so one is a year (GOST 2.105-95).
    """
    pos = label.end
    parts = label.parts
    year: int | None = None
    month: int | None = None
    iteration: int | None = None
    reaffirmed: int | None = None
    all_parts = False
    edition = variant = ""
    if (match := _ITERATION.match(text, pos)) is not None:
        iteration, pos = int(match[1]), match.end()
    if (match := _DATE.match(text, pos)) is not None:
        year = full_year(match[1] or match[3])
        month = int(match[2]) if match[2] else None
        pos = match.end()
    elif label.worded:
        if (match := _DATE_BEHIND_WORD.match(text, pos)) is not None:
            year, month, pos = int(match[1]), int(match[2]) if match[2] else None, match.end()
    elif months and len(parts) > 1 and is_year(parts[-2]) and _MONTH_ONLY.fullmatch(parts[-1]):
        year, month, parts = int(parts[-2]), int(parts[-1]), parts[:-2]
    elif parts and is_year(parts[-1]):
        year, parts = int(parts[-1]), parts[:-1]
    elif short and parts and len(parts[-1]) == 2 and parts[-1].isdecimal():
        year, parts = full_year(parts[-1]), parts[:-1]
    found: tuple[Supplement, ...] = ()
    if pos < len(text):
        if (match := _EDITION.match(text, pos)) is not None:
            edition, pos = match[1], match.end()
        found, pos = supplements(text, pos)
        if (match := _REAFFIRMED.match(text, pos)) is not None:
            reaffirmed, pos = int(match[1]), match.end()
        if (match := _VARIANT.match(text, pos)) is not None:
            variant, pos = match[1], match.end()
        elif (match := _ALL_PARTS.match(text, pos)) is not None:
            all_parts, pos = True, match.end()
        if (match := _LANGUAGE.match(text, pos)) is not None:
            pos = match.end()
    designation: Designation | None = None
    part = "-".join(parts)
    for depth in range(len(label.heads) - 1, -1, -1):
        publisher, doctype, stage = label.heads[depth]
        designation = Designation(
            publisher,
            label.number,
            doctype,
            part,
            year,
            month if depth == 0 else None,
            edition if depth == 0 else "",
            stage,
            iteration,
            reaffirmed if depth == 0 else None,
            variant if depth == 0 else "",
            found,
            all_parts,
            designation,
        )
    if designation is None:  # a label has at least one head
        raise ValueError("label without a head")
    return designation, pos
