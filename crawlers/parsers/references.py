"""Which other standards a page names in free text: 备注, 代替标准, 采标情况."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from crawlers.parsers.statement import Adoption
from crawlers.parsers.vocabulary import NOTHING
from search.designations import find

MAX_TEXT = 4000
"""Longer free text is cut: the longest seen has 300 characters."""

_RANGE = re.compile(r"\d\s*(?:[~〜至到])\s*[A-Z\d.]")
_SEPARATOR = re.compile(r"[,，、;；。\n\r]+|\s+(?=[A-Z]{1,5}[/\s]?[A-Z]?\s?\d)|\s*(?:和|及|以及)\s*(?=[A-Z])")
_DESIGNATION = re.compile(r"[A-Z][A-Za-z/]{0,14}[ \-]?[A-Z]{0,8}\s?\d[\w./:()+\-—–―－ ]{0,60}", re.ASCII)
_BARE_NUMBER = re.compile(r"\d[\d.]{0,12}\s?[-—–―－]\s?\d{2,4}")
_PREFIX = re.compile(r"([A-Z][A-Za-z/]*(?:\s?/\s?[A-Z])?)\s*\d")
_LEADS = re.compile(
    r"^(?:本(?:标准|文件|部分))?(?P<part>部分)?(?:全部)?(?:已)?(?P<passive>被)?(?:以下标准)?(?P<partly>部分)?"
    r"(?P<verb>代替|替代|取代)?(?:了)?(?:标准)?(?:为)?[：:]?\s*"
)
_BY = re.compile(
    r"^(?P<first>部分)?(?:将?被|已被)\s*(?P<names>.{3,80}?)\s*(?P<part>部分)?(?:全部)?(?:所)?(?:代替|替代|取代)$"
)
_EXTENT = re.compile(r"(?P<part>部分)?(?:全部)?(?:已|被)?(?:以下标准)?(?:代替|替代|取代)(?:以下)?(?:标准)?[：:]?")
_PART_BEHIND = re.compile(
    r"(?P<name>[A-Z][^,，、;；。()]{3,40}?)\s*\(\s*(?:被)?部分(?:被)?(?:代替|替代|取代|内容|废止)?\s*\)"
)
"""A designation with （部分代替） behind it, once brackets are half-width."""
_DATED = re.compile(r"^\d{4}[-年.]\d{1,2}[-月.]\d{1,2}日?\s*(?:起)?(?:实施|废止|发布|作废|执行|生效)$")

DEGREES = {
    "IDT": "IDT",
    "等同": "IDT",
    "等同采用": "IDT",
    "IDENTICAL": "IDT",
    "MOD": "MOD",
    "修改": "MOD",
    "修改采用": "MOD",
    "NEQ": "NEQ",
    "非等效": "NEQ",
    "非等效采用": "NEQ",
}
"""Words for the degree of correspondence (一致性程度, GB/T 20000.2-2009).

``EQV`` and 等效采用 of the rules before 2001 are none of the three and stay without a degree.
"""
_DEGREE = re.compile("|".join(sorted(map(re.escape, DEGREES), key=len, reverse=True)) + r"|EQV|等效采用|等效", re.I)
_DEGREE_BEHIND = re.compile(r"[^,，、;；。()（）\d]{0,3}[,，(（\s]?\s*(?P<word>" + _DEGREE.pattern + ")", re.I)
_FOREIGN = re.compile(
    r"(?:ISO|IEC|ITU|CISPR|OIML|EN|ETSI|ASTM|ANSI|IEEE|ASME|API|SAE|UL|DIN|BS|NF|JIS|GOST|ГОСТ|CAC|CODEX|CXS|OIE|UIC"
    r"|FAO|WHO|UN|ECE|UNECE|AOAC|AATCC|IETF|RFC|NIST|MIL|EIA|IPC|NEMA|NFPA|KS|AS|NZS|CEN|CENELEC|OECD)"
    r"[A-Z/\-\s]{0,12}\d[A-Za-z0-9./:()+\-—–― ]{0,60}"
)


_TITLE_BEHIND = re.compile(r"(?:\s+[A-Za-z-]{2,30})+\s*$")


@dataclass(frozen=True, slots=True)
class References:
    """Designations as written, each once, in order."""

    replaces: tuple[str, ...] = ()
    partly_replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    partly_replaced_by: tuple[str, ...] = ()


def designations(text: str) -> tuple[str, ...]:
    """The designations of a list: ``GB/T 1.1-2000, GB/T 1.2-2002``; a bare ``1.2-2002`` takes the letters before it.

    A range (``GB 3100～3102-86``) stands for each of its members.
    """
    found: list[str] = []
    prefix = ""
    plain = _plain(text)
    if _RANGE.search(plain) and (ranged := find(plain)):
        return tuple(dict.fromkeys(one.designation.canonical for one in ranged))
    for part in _SEPARATOR.split(plain):
        part = part.strip(" 《》\"'“”")
        if part in NOTHING:
            continue
        if _BARE_NUMBER.fullmatch(part) and prefix:
            part = f"{prefix} {part}"
        match = _DESIGNATION.match(part)
        if not match:
            continue
        lead = _PREFIX.match(match[0])
        prefix = lead[1] if lead else prefix
        found.append(_closed(match[0]))
    return tuple(dict.fromkeys(found))


def whole_and_part(text: str, *, partly: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The designations of a list that says which are concerned in part only, those in whole first.

    ``全部代替标准：GB/T 1-1990 部分代替标准：GB/T 2-1991`` and ``GB/T 1-1990, GB/T 2-1991（部分代替）``; ``partly``
    holds until the list says otherwise.
    """
    plain = _PART_BEHIND.sub(r" 部分代替 \g<name> 全部代替 ", _plain(text)) if "部分" in text else _plain(text)
    listed: tuple[list[str], list[str]] = ([], [])
    pos = 0
    for mark in _EXTENT.finditer(plain):
        listed[partly].extend(designations(plain[pos : mark.start()]))
        partly = bool(mark["part"])
        pos = mark.end()
    listed[partly].extend(designations(plain[pos:]))
    return tuple(dict.fromkeys(listed[False])), tuple(dict.fromkeys(listed[True]))


def remark(text: str) -> References:
    """What a 备注 says of other standards: ``2005-03-01实施,代替GB/T 5606.1-1996``; other remarks say nothing here."""
    replaces: list[str] = []
    partly: list[str] = []
    by: list[str] = []
    partly_by: list[str] = []
    target: list[str] | None = None
    prefix = ""
    for clause in re.split(r"[,，、;；。\n\r]+", _plain(text)):
        clause = clause.strip()
        if not clause or _DATED.match(clause):
            target = None if clause else target
            continue
        passive = _BY.match(clause)
        if passive:
            (partly_by if passive["part"] or passive["first"] else by).extend(designations(passive["names"]))
            target = None
            continue
        lead = _LEADS.match(clause)
        rest = clause[lead.end() :] if lead else clause
        if lead and lead["verb"]:
            in_part = lead["part"] or lead["partly"]
            target = (partly_by if in_part else by) if lead["passive"] else partly if in_part else replaces
        elif target is None:
            continue
        if _BARE_NUMBER.fullmatch(rest) and prefix:
            rest = f"{prefix} {rest}"
        named = designations(rest)
        if not named:
            target = None
            continue
        target.extend(named)
        letters = _PREFIX.match(named[-1])
        prefix = letters[1] if letters else prefix
    return References(*(tuple(dict.fromkeys(names)) for names in (replaces, partly, by, partly_by)))


def adoptions(text: str, degree: str = "") -> tuple[Adoption, ...]:
    """Adopted standards in ``text``: ``ISO 9001:2015, IDT``, ``本标准等同采用ISO国际标准：ISO 9001:2015。``

    ``degree`` is the word of a separate field (采标程度) and counts where the text itself has none.
    """
    text = _plain(text)
    degree = _degree(degree)
    found: list[Adoption] = []
    # The Chinese title of the adopted standard follows in the same paragraph and may name other standards.
    text = re.split(r"采标(?:中文|英文)?名称", text)[0]
    for match in _FOREIGN.finditer(text):
        name = _closed(_TITLE_BEHIND.sub("", _DEGREE.sub(" ", match[0])))
        own = _degree(_nearest(text, match.start(), match.end()))
        if any(char.isdigit() for char in name):
            found.append(Adoption(name, own or degree))
    return tuple(dict.fromkeys(found))


def _nearest(text: str, start: int, end: int) -> str:
    """The word for a degree that belongs to text[start:end]: right after it, else the last one before it."""
    after = _DEGREE_BEHIND.match(text[end : end + 20])
    inside = _DEGREE.search(text, start, end)
    if inside:
        return inside[0]
    if after:
        return after["word"]
    before = list(_DEGREE.finditer(text, max(0, start - 60), start))
    return before[-1][0] if before else ""


def _degree(word: str) -> str:
    word = "".join(word.split()).upper()
    return DEGREES.get(word, "")


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text[:MAX_TEXT]).split())


def _closed(name: str) -> str:
    """Without what hangs on: trailing punctuation, a bracket that was never opened."""
    name = name.strip(" ,.;:-—–/(")
    if name.count(")") > name.count("("):
        name = name.rstrip(")").strip()
    return name
