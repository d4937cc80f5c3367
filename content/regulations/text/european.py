"""Acts of the European Union as they are named in texts, and what their closing articles say. Pure.

CELEX numbers: sector 3 (legislation), four digits of the year, R, L or D, four digits of the number; see
https://eur-lex.europa.eu/content/help/eurlex-content/celex-number.html. Up to 2014 regulations had number/year, and
directives and decisions year/number; since 2015 all have year/number (OJ C, numbering of acts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

_TYPES: Final = {"regulation": "R", "directive": "L", "decision": "D"}
_REFERENCE: Final = re.compile(
    r"\b(Regulation|Directive|Decision)s? "
    r"(?:\((?:EU|EC|EEC|Euratom|EU, Euratom|EC, Euratom)\) )?(No )?(\d{1,4})/(\d{1,4})(?:/(?:EU|EC|EEC|Euratom))?\b",
    re.IGNORECASE,
)
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        1,
    )
}
_DAY: Final = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_ORDINALS: Final = {
    **dict(
        zip(
            ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
            range(1, 11),
            strict=True,
        )
    ),
    "fifteenth": 15,
    "twentieth": 20,
    "thirtieth": 30,
    "sixtieth": 60,
    "ninetieth": 90,
}
_ENTERS: Final = re.compile(r"shall enter into force (?:on )?([^.]{1,160})", re.IGNORECASE)
_REPEALED: Final = re.compile(r"\b(?:is|are|shall be) (?:hereby )?repealed\b", re.IGNORECASE)
_FROM: Final = re.compile(
    r"with effect from ([^.;]{1,40})|(?:is|are) repealed (?:on|from) ([^.;]{1,40})", re.IGNORECASE
)
_IN_PART: Final = re.compile(r"\b(?:Articles?|Annex(?:es)?|points?|paragraphs?)\b[^.;]{0,80}$", re.IGNORECASE)
_BODIES: Final = (
    ("EUROPEAN PARLIAMENT AND OF THE COUNCIL", "European Parliament, Council of the European Union"),
    ("EUROPEAN CENTRAL BANK", "European Central Bank"),
    ("COMMISSION", "European Commission"),
    ("COUNCIL", "Council of the European Union"),
)


def celex_of(kind: str, first: str, second: str, *, numbered: bool) -> str:
    """CELEX number of an act named by its two numbers, or empty where they are none.

    ``numbered``: the name has ``No``, so that the number comes before the year.
    """
    number, year = (first, second) if numbered else (second, first)
    if not numbered and not _is_year(year) and _is_year(number):
        number, year = year, number
    if not _is_year(year) or not 1 <= int(number) <= 9_999:
        return ""
    full = int(year) + (1900 if len(year) == 2 else 0)
    return f"3{full:04d}{_TYPES[kind.lower()]}{int(number):04d}"


def _is_year(text: str) -> bool:
    return (len(text) == 4 and 1952 <= int(text) <= 2100) or (len(text) == 2 and int(text) >= 52)


def references(text: str) -> Iterator[tuple[int, int, str]]:
    """Acts that a text names: where the name stands, and its CELEX number."""
    for found in _REFERENCE.finditer(text):
        if celex := celex_of(found[1], found[3], found[4], numbered=bool(found[2])):
            yield found.start(), found.end(), celex


def day_in(text: str) -> str:
    """The first day written out in a text (27 April 2016) as ISO 8601, or empty."""
    for found in _DAY.finditer(text):
        try:
            return date(int(found[3]), _MONTHS[found[2].capitalize()], int(found[1])).isoformat()
        except (ValueError, KeyError):
            continue
    return ""


def enters_into_force(text: str, published: str) -> str:
    """The day of entry into force that a closing article states, or empty.

    Days are counted from the publication: ``on the twentieth day following that of its publication``.
    """
    found = _ENTERS.search(text)
    if found is None:
        return ""
    said = found[1]
    if day := day_in(said):
        return day
    if not published:
        return ""
    for word, days in _ORDINALS.items():
        if re.search(rf"\b{word} day (?:following|after)", said, re.IGNORECASE):
            return (date.fromisoformat(published) + timedelta(days=days)).isoformat()
    if re.search(r"\bday following (?:that of )?its publication|\bday after its publication", said, re.IGNORECASE):
        return (date.fromisoformat(published) + timedelta(days=1)).isoformat()
    if re.search(r"\b(?:date|day) of (?:its )?publication", said, re.IGNORECASE):
        return published
    return ""


def repealed_by(text: str) -> Iterator[tuple[str, str]]:
    """Acts that a text repeals as a whole: CELEX number, and the day from which, or empty."""
    for sentence in re.split(r"(?<=[.;])\s|\n", text):
        verb = _REPEALED.search(sentence)
        if verb is None:
            continue
        told = _FROM.search(sentence)
        since = day_in(told[1] or told[2]) if told else ""
        for start, _end, celex in references(sentence[: verb.start()]):
            if not _IN_PART.search(sentence[:start]):
                yield celex, since


def issuer(title: str) -> str:
    """Who adopted an act, as its title says, or empty."""
    upper = title.upper()
    return next((name for words, name in _BODIES if words in upper[:200]), "")
