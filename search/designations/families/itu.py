"""ITU Recommendations, supplements, Reports, Questions and handbooks of ITU-T and ITU-R (and CCITT, CCIR).

Sources: ITU-T A.1 and the ITU-T author's guide (ITU-T G.957 (1999) Amd. 1 (12/2003)); ITU-R Resolution 1 and its
guidelines (ITU-R BT.601-7, the figure after the hyphen being the revision).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from search.designations.grammar import Match
from search.designations.model import Designation, Supplement

_HEAD: Final = re.compile(
    r"(?:REC(?:OMMENDATION|\.)? ?(?=ITU|CCI)|(REPORT|HANDBOOK|OPINION|RESOLUTION|QUESTION) (?=ITU|CCI))?"
    r"(?:ITU[ -]?(T|R)|CCI(TT|R))[ /-]?"
    r"(?:(?:REC(?:OMMENDATION|\.)?|(REPORT|REP|HANDBOOK|OPINION|RESOLUTION|QUESTION))[ -.]{1,2})?"
)
KINDS: Final = ("REC", "RECOMMENDATION", "REPORT", "HANDBOOK", "OPINION", "RESOLUTION", "QUESTION")
"""Words that may stand before the publisher: Rec. ITU-T X.680, Report ITU-R M.2135."""
_SERIES_T: Final = r"[A-Z]"
_SERIES_R: Final = r"BO|BR|BS|BT|F|IS|M|PN|P|RA|RS|R|SA|SF|SM|SNG|S|TF|V|TP"
_NUMBER_T: Final = re.compile(
    r"([A-Z])([.-])(\d{1,4}[A-Z]?(?:\.\d{1,4}[A-Z]?){0,4})(?:(?![A-Z0-9])|(?=(?:BIS|TER|QUATER)(?![A-Z0-9])))"
    r"((?:[/-][A-Z]\.\d{1,4}(?:\.\d{1,4}){0,3}(?![A-Z0-9.])){0,3})"
    r"(?:(?:[ -]?(BIS|TER|QUATER)|[ -]([A-Z]))(?![A-Z0-9.]))?"
)
_SERIES_SUPPLEMENT: Final = re.compile(r"([A-Z])[ -]SUPPL(?:EMENT)?[. -]{1,2}(\d{1,3}(?:\.\d{1,3})?)(?![A-Z0-9])")
_NAMED: Final = re.compile(r"([A-Z]{2,8}(?:-[A-Z0-9]{1,8}){1,3}?)(?=[ -]\(?(?:\d\d[/-])?(?:19|20)\d\d|(?![A-Z0-9-]))")
_NUMBER_R: Final = re.compile(
    rf"(?:({_SERIES_R})\.(\d{{1,5}}[A-Z]?)|(\d{{1,4}}))(?![A-Z0-9])"
    rf"(?:-(\d{{1,2}})(?![A-Z0-9]))?((?:[/-](?:{_SERIES_R})\.\d{{1,4}}(?![A-Z0-9]))?)"
    r"(?:[/-](\d)(?!\d):?|(\.HDB)|(/[A-Z]{2}/\d{1,3}))?"
)
_BARE_SERIES_R: Final = re.compile(rf"({_SERIES_R})(?![A-Z0-9.])")
_VERSION: Final = re.compile(r"[ -](?:\(V(\d{1,2})\)|V(\d{1,2})(?![A-Z0-9])|V\.(\d{1,2}))")
_DATE: Final = re.compile(r"[ -]?\(?(?:(0[1-9]|1[0-2])[/-])?((?:19|20)\d\d)(?:[/-](0[1-9]|1[0-2]))?\)?(?![A-Z0-9])")
_TAIL: Final = re.compile(
    r"[ /-]{1,2}(?:(ANNEX|APPENDIX|APP)\.?[ -]([A-Z]{1,3}(?:\+|-PLUS)?|\d{1,2})(?:\.(\d{1,2}))?|(ATTACHMENT)"
    r"|(TECHNICAL[ -]COR|TECH[ -]COR|CORRIGENDUM|COR|AMENDMENT|AMD|ERRATUM|ERR|ADDENDUM|ADD|SUPPLEMENT|SUPPL)"
    r"\.?[ -]?(\d{1,3}(?:\.\d{1,2})?))(?![A-Z0-9])"
)
_KINDS: Final = {
    "ANNEX": "Annex",
    "APPENDIX": "App",
    "APP": "App",
    "TECHNICAL COR": "TCor",
    "TECHNICAL-COR": "TCor",
    "TECH COR": "TCor",
    "TECH-COR": "TCor",
    "CORRIGENDUM": "Cor",
    "COR": "Cor",
    "AMENDMENT": "Amd",
    "AMD": "Amd",
    "ERRATUM": "Err",
    "ERR": "Err",
    "ADDENDUM": "Add",
    "ADD": "Add",
    "SUPPLEMENT": "Suppl",
    "SUPPL": "Suppl",
}
_REPORTS: Final = {"REP": "Report"}


@dataclass(slots=True)
class _Reading:
    """A Recommendation while its tail is being read."""

    number: str
    part: str = ""
    year: int | None = None
    month: int | None = None
    edition: str = ""
    supplements: tuple[Supplement, ...] = ()


def match(text: str, pos: int) -> Match | None:
    head = _HEAD.match(text, pos)
    if head is None:
        return None
    sector = head[2] or ("T" if head[3] == "TT" else "R")
    word = head[1] or head[4] or ""
    doctype = _REPORTS.get(word, word.capitalize())
    if sector == "R":
        return _radio(text, head.end(), doctype)
    return _telecom(text, head.end(), doctype)


def bare(text: str, pos: int) -> Match | None:
    """A Recommendation that leaves its publisher out, as those of ITU-T and ITU-R do among themselves: G.957 (1999)."""
    radio = _NUMBER_R.match(text, pos)
    if radio is not None and radio[1] and (len(radio[1]) > 1 or radio[4]):
        return _radio(text, pos, "")
    number = _NUMBER_T.match(text, pos)
    return _telecom(text, pos, "") if number is not None and number[2] == "." else None


def _telecom(text: str, pos: int, doctype: str) -> Match | None:
    if (series := _SERIES_SUPPLEMENT.match(text, pos)) is not None:
        reading = _Reading(f"{series[1]} Suppl. {series[2]}")
        pos = series.end()
    elif (number := _NUMBER_T.match(text, pos)) is not None:
        letter, _, digits, twins, again, variant = number.groups()
        suffix = f" {again.lower()}" if again else f" {variant}" if variant else ""
        # Q.120-Q.139 is a range of one series, G.8040/Y.1340 one text in two
        twins = twins if twins[1:2] == letter else twins.replace("-", "/")
        reading = _Reading(f"{letter}.{digits}{twins}{suffix}")
        pos = number.end()
    elif (named := _NAMED.match(text, pos)) is not None:
        reading, pos = _Reading(named[1]), named.end()
    else:
        return None
    pos = _tail(text, pos, reading)
    return _designation("ITU-T", doctype, reading), pos


def _radio(text: str, pos: int, doctype: str) -> Match | None:
    match = _NUMBER_R.match(text, pos)
    if match is None:
        series = _BARE_SERIES_R.match(text, pos)
        return (Designation("ITU-R", series[1]), series.end()) if series else None
    letters, digits, alone, revision, twin, group, handbook, bulletin = match.groups()
    number = f"{letters}.{digits}{twin.replace('-', '/')}" if letters else f"{alone}{handbook or ''}"
    reading = _Reading(number + (bulletin or ""), part=group or "", edition=revision or "")
    end = _tail(text, match.end(), reading)
    return _designation("ITU-R", doctype, reading), end


def _tail(text: str, pos: int, reading: _Reading) -> int:
    """Versions, annexes, dates and supplements; a date belongs to what it follows."""
    supplements = list(reading.supplements)
    while pos < len(text):
        if (version := _VERSION.match(text, pos)) is not None and not reading.edition:
            reading.edition = f"V{version[1] or version[2] or version[3]}"
            pos = version.end()
        elif (date := _DATE.match(text, pos)) is not None:
            year, month = int(date[2]), date[1] or date[3]
            if supplements and supplements[-1].year is None:
                last = supplements.pop()
                supplements.append(Supplement(last.kind, last.number, year, month=int(month) if month else None))
            elif reading.year is None and not supplements:
                reading.year, reading.month = year, int(month) if month else None
            else:
                break
            pos = date.end()
        elif (tail := _TAIL.match(text, pos)) is not None:
            annex, letter, section, attachment, word, number = tail.groups()
            if attachment or (annex and not supplements and reading.year is None):
                letter = letter.replace("-PLUS", "+") if letter else ""
                name = "attachment" if attachment else f"{_KINDS[annex]}{'.' if annex != 'ANNEX' else ''} {letter}"
                reading.part = f"{reading.part} {name}{'.' + section if section else ''}".strip()
            elif annex:
                supplements.append(Supplement(_KINDS[annex], letter + (f".{section}" if section else "")))
            else:
                supplements.append(Supplement(_KINDS[word], number))
            pos = tail.end()
        else:
            break
    reading.supplements = tuple(supplements)
    return pos


def _designation(publisher: str, doctype: str, r: _Reading) -> Designation:
    return Designation(publisher, r.number, doctype, r.part, r.year, r.month, r.edition, supplements=r.supplements)
