"""What the published formats of EUR-Lex have in common: an act as a run of lines with their roles, and what it makes.

The readers of XHTML and Formex turn a document into ``Line``; here these become an item. Roles:
``recital``, ``division`` (PART, TITLE, CHAPTER, SECTION), ``article``, ``annex``, ``subheading`` (the heading of the
division, article or annex before it), ``text``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError

from content.regulations.identity import CELEX, celex_match
from content.regulations.items import CitationItem, RegulationItem, StageItem, StageKind, UnitItem
from content.regulations.text import european
from crawlers.errors import RecordError
from search.designations import find

MAX_LINES: Final = 200_000
MAX_PLACES: Final = 20
ADDRESS: Final = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:"

_DIVISIONS: Final = {"PART": "part", "TITLE": "subpart", "CHAPTER": "chapter", "SECTION": "section"}
_DIVISION: Final = re.compile(
    r"(PART|TITLE|CHAPTER|SECTION|SUB-?SECTION) ([IVXLC]+|[0-9]+[A-Z]?|[A-Z])\b", re.IGNORECASE
)
_ARTICLE: Final = re.compile(r"Article ([0-9]{1,4}[a-z]{0,3})\b", re.IGNORECASE)
_SOLE_ARTICLE: Final = re.compile(r"(?:Sole|Single) Article", re.IGNORECASE)
_ANNEX: Final = re.compile(r"(?:ANNEX|APPENDIX)(?: ([IVXLC]+[a-z]?|[0-9]{1,3}[a-z]?|[A-Z]))?\b", re.IGNORECASE)
_RECITAL: Final = re.compile(r"\(([0-9]{1,4})\)")
_DATED: Final = re.compile(r"-([0-9]{4})([0-9]{2})([0-9]{2})$")
_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LEVELS: Final = ("part", "subpart", "chapter", "section")
_CLOSING: Final = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an act; ``label`` is the number that stands before it (Article 5, ANNEX II, (12))."""

    role: str
    text: str
    label: str = ""


@dataclass(slots=True)
class Act:
    """What a reader found. ``published`` is the day of the Official Journal, ISO 8601."""

    title: str = ""
    published: str = ""
    eli: str = ""
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Unit:
    kind: str
    anchor: str
    number: str = ""
    label: str = ""
    heading: str = ""
    lines: list[str] = field(default_factory=list)


def item_of(act: Act, celex: str) -> RegulationItem:
    """The version that was read. ``celex`` is the number by which it was asked; of a consolidated version with its day.

    Raises RecordError where it is no act that can be stored.
    """
    try:
        match = celex_match(celex)
    except ValueError as problem:
        raise RecordError("invalid", f"CELEX {celex}") from problem
    if not act.title:
        raise RecordError("missing_value", "title")
    if len(act.lines) > MAX_LINES:
        raise RecordError("too_long", f"{len(act.lines)} lines")
    units = _units(act.lines)
    if not any(unit.kind == "article" for unit in units):
        raise RecordError("missing_value", "articles")
    dated = _DATED.search(celex)
    consolidated = f"{dated[1]}-{dated[2]}-{dated[3]}" if dated else ""
    made = consolidated or act.published or european.day_in(act.title)
    closing = "\n".join(
        line for unit in [one for one in units if one.kind == "article"][-_CLOSING:] for line in unit.lines
    )
    repeals = dict(european.repealed_by(closing))
    effective = consolidated or european.enters_into_force(closing, act.published)
    kind: StageKind = "amended" if consolidated else "promulgated"
    days = {day for day in (made, european.day_in(act.title) if not consolidated else "") if day}
    try:
        return RegulationItem(
            key=celex,
            url=f"{ADDRESS}{celex}",
            match=match,
            kind="foreign",
            title=act.title[:500],
            language="en",
            number=match.removeprefix(CELEX),
            eli=act.eli,
            body=european.issuer(act.title),
            published=made,
            effective=effective,
            stages=(StageItem(kind=kind, date=made, dates=tuple(sorted(days)), effective=effective),) if made else (),
            articles=sum(unit.kind == "article" for unit in units),
            cites=tuple(_cited(units, match)),
            repeals=tuple(f"{CELEX}{one}" for one in repeals if f"{CELEX}{one}" != match),
            repeals_from=next((day for day in repeals.values() if day), "") or effective,
            units=tuple(
                UnitItem(
                    kind=unit.kind,  # type: ignore[arg-type]  # one of those that _units makes
                    anchor=unit.anchor,
                    number=unit.number,
                    label=unit.label[:100],
                    heading=unit.heading[:2000],
                    text="\n".join(unit.lines),
                )
                for unit in units
            ),
        )
    except ValidationError as problem:
        first = problem.errors()[0]
        raise RecordError("invalid", f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from problem


def is_article(text: str) -> bool:
    """Whether a line is the number of an article and nothing else."""
    return bool(_ARTICLE.fullmatch(text) or _SOLE_ARTICLE.fullmatch(text))


def is_annex(text: str) -> bool:
    """Whether a line begins an annex: ANNEX, ANNEX II, ANNEX II Safety objectives."""
    return bool(_ANNEX.match(text)) and len(text) <= 200


def _units(lines: Sequence[Line]) -> list[_Unit]:
    units: list[_Unit] = []
    within: dict[str, str] = {}
    annex = ""
    used: dict[str, int] = {}

    def begin(kind: str, name: str, number: str = "", label: str = "", heading: str = "") -> None:
        scoped = f"{annex}-{name}" if annex and kind != "annex" else name
        count = used[scoped] = used.get(scoped, 0) + 1
        single = count == 1 and name not in ("text", "heading")
        joint = "-" if name in ("text", "heading") else "_"
        units.append(_Unit(kind, scoped if single else f"{scoped}{joint}{count}", number, label, heading))

    for line in lines:
        if line.role == "division":
            kind, number = _division(line.label or line.text)
            level = _LEVELS.index(kind) if kind in _LEVELS else len(_LEVELS)
            within = {name: it for name, it in within.items() if _LEVELS.index(name) < level}
            name = "-".join([*(within[one] for one in _LEVELS if one in within), f"{kind}-{number or 'x'}"])
            if kind in _LEVELS:
                within[kind] = f"{kind}-{number or 'x'}"
            begin(kind, name if kind in _LEVELS else "heading", number=number, label=line.label or line.text)
            if line.label and line.text:
                units[-1].heading = line.text
        elif line.role == "article":
            found = _ARTICLE.match(line.label)
            number = found[1].lower() if found else "1"
            begin("article", f"article-{number}", number=number, label=line.label, heading=line.text)
        elif line.role == "annex":
            annex, within = "", {}
            found = _ANNEX.match(line.label)
            number = (found[1] or "") if found else ""
            begin("annex", f"annex-{_slug(number) or '1'}", number=number, label=line.label, heading=line.text)
            annex = units[-1].anchor
        elif line.role == "recital":
            found = _RECITAL.fullmatch(line.label)
            number = found[1] if found else ""
            begin("text", f"recital-{number}" if number else "recital", number, line.label)
            units[-1].lines.append(line.text)
        elif line.role == "subheading" and units and not units[-1].lines:
            units[-1].heading = f"{units[-1].heading} {line.text}".strip()
        else:
            if not units or units[-1].kind in (*_LEVELS, "heading") or units[-1].anchor.startswith("recital"):
                begin("text", "text")
            units[-1].lines.append(line.text)
    return units


def _division(text: str) -> tuple[str, str]:
    found = _DIVISION.match(text)
    if found is None:
        return "heading", ""
    return _DIVISIONS.get(found[1].upper(), "heading"), _slug(found[2])


def _slug(number: str) -> str:
    """A number as an anchor has it: Roman numerals as digits."""
    roman = re.fullmatch(r"([IVXLC]+)([a-z]?)", number)
    if roman is None:
        return number.lower()
    values = [_ROMAN[char] for char in roman[1]]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return f"{sum(-one if one < following else one for one, following in pairs)}{roman[2]}"


def _cited(units: Iterable[_Unit], own: str) -> list[CitationItem]:
    places: dict[tuple[str, str], list[str]] = {}
    names: dict[tuple[str, str], str] = {}
    for unit in units:
        text = "\n".join([unit.heading, *unit.lines])
        found = [("regulation", text[start:end], f"{CELEX}{celex}") for start, end, celex in european.references(text)]
        found += [("standard", one.designation.canonical, one.designation.slug) for one in find(text)]
        for kind, name, key in found:
            if key == own:
                continue
            names.setdefault((kind, key), name)
            held = places.setdefault((kind, key), [])
            if len(held) < MAX_PLACES and unit.anchor not in held:
                held.append(unit.anchor)
    return [
        CitationItem(
            kind="standard" if kind == "standard" else "regulation",
            name=" ".join(names[kind, key].split())[:500],
            key=key,
            places=tuple(held),
        )
        for (kind, key), held in list(places.items())[:2_000]
    ]
