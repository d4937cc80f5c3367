"""Chinese standards: national, industry, local, association and enterprise ones, and metrology regulations.

Sources: GB/T 1.1-2020, clause 8 and annex (编号); 国家标准管理办法 (2022, SAMR order 59), article 23 (GB, GB/T, GB/Z);
行业标准代号 (SAC's list of two-letter codes); 地方标准管理办法 (2020, SAMR order 26), article 21 (DB and the code of
GB/T 2260); 团体标准管理规定 (2019), article 17 (T/ code number-year); 企业标准化促进办法 (2023), article 15 (Q/
code number-year); GB/T 20000.1 and GB/T 1.2 (dual numbers GB/T 7939-2008/ISO 6605:2002).
"""

from __future__ import annotations

import re
from typing import Final

from search.designations import registry
from search.designations.families import iso
from search.designations.grammar import Match, full_year, is_year
from search.designations.model import Designation, Supplement

# A code, glued or not to its weight: GB, GB/T, GBT, GB T, YB(T), NB/SH/T. The registry says which letters are which.
_CODE: Final = re.compile(
    r"([A-Z]{2,6})(?:(?<=NB)[/ -]([A-Z]{2})(?=[/ -]?T?[/ -]?\d))?"
    r"(?:[/ -]?(\([TZ]\)|[TZJNCDSYG]Q|[TZJNC])\.?(?=[/ -]?[A-Z]{0,2} ?\d))?/?"
)
_LOCAL: Final = re.compile(
    r"(SZDB|DBJ|DGJ|DG|DBS|DB) ?(\d{6}|\d{4}|\d{2})?(?:[/ -]?(\(J\)/T|\(J\)|TJ|JT|[TZJ])(?=[/ -]?\d))?/?"
)
_CLASSED: Final = re.compile(r"[ -]?([A-Z]) ?(\d\d) (\d{3})(?![0-9])")  # ZB J51 001-87: the class of CCS, a number
_PROJECTS: Final = re.compile(r"(?:建标|JIANBIAO)[ -]?(\d{1,3})(?![0-9])")
_CERTIFICATION: Final = re.compile(
    r"(CNCA|CNAS)[ -]?((?:\d{2}[A-Z]|[A-Z]{1,3}\d{0,3})(?:-(?!(?:19|20)\d\d(?!\d))[A-Z]{0,2}\d{1,4}){0,2})(?![A-Z0-9])"
)
_METROLOGY: Final = re.compile(r"(JJG|JJF) ?\(([\u4e00-\u9fff]{1,6})\)")
_ASSOCIATION: Final = re.compile(
    r"T[/ -]((?:\d{1,2})?[A-Z]{2,16}(?:\d[A-Z]{1,8})?(?:-[A-Z]{1,6}(?=[ -]?\d))?|[A-Z0-9]{2,16}(?=[ -]))"
)
_ENTERPRISE: Final = re.compile(
    r"Q[/ -]?((?:\d{4,6}[ -]?)?(?:\([A-Z\u4e00-\u9fff]{1,8}\) ?)?[A-Z]{1,16}(?:\d[A-Z]{1,8})?"
    r"|[\u4e00-\u9fff]{1,2}[A-Z]{1,12})"
)
_NUMBER: Final = re.compile(
    r"[ -]?((?:[A-Z]{1,2}[ ]?)?\d{1,8}(?:-(?!(?:19\d|20[0-4])\d(?!\d))\d{3,5}(?!\d))?"
    r"(?:/\d\d(?![A-Z0-9/.])|(?<=[A-Z]\d\d)/\d(?![A-Z0-9/.]))?[A-Z]?)"
    r"((?:\.\d{1,5}[A-Z]?)*)(?![A-Z0-9])"
)
_BUILDING: Final = re.compile(
    r"[ -]?(\d{1,3}(?:-(?!(?:19\d|20[0-4])\d(?!\d|-\d{4}))\d{1,4}(?!\d))?)((?:\.\d{1,3})*)(?![A-Z0-9])"
)
_BUILDERS: Final = {"DBJ", "DGJ", "DG"}  # local building standards: the number has two figures
_FOUR_DIGITS: Final = re.compile(r"[ -]?\d{4}")
_TIANJIN: Final = re.compile(
    r"DB[/-]?T[ -]?29-\d{1,4}(?![0-9]|$)"
)  # building standards that keep the 29 of Tianjin in the number
_UNWEIGHED: Final = {"TSG", "ZB", "ZBY", "CNS", "HAF", "HAD"}  # a T or Z after these belongs to the number
_YEAR: Final = re.compile(r"[-:](\d{4}|\d{2})(?![A-Z0-9])|[ ](\d{4})(?![A-Z0-9年])")
_EDITION: Final = re.compile(r" ?\((\d{4})年?局?部?修?订?版?\)|-(\d{4})-EDITION(?![A-Z0-9])")
_ALL_PARTS: Final = re.compile(r"[ -]?\(?(?:所有部分|全部部分|各部分|ALL[ -]PARTS)\)?(?![A-Z0-9])")
_SHEET: Final = re.compile(
    r"[/ -]{0,2}(?:XG ?(\d{1,2})"
    r"|(?:国家标准|行业标准)?《?第? ?(\d{1,2}|[一二三四五六七八九十]) ?号修改单》?)(?:[-:](\d{4}))?(?![A-Z0-9])"
)
_DUAL: Final = re.compile(r"[/-](?=(?:ISO|IEC|CISPR)[/ -])")
_CHINESE_DIGITS: Final = "〇一二三四五六七八九十"


def _tail(publisher: str, doctype: str, number: str, part: str, text: str, pos: int) -> Match:
    year: int | None = None
    edition = ""
    all_parts = False
    dual: Designation | None = None
    if (match := _YEAR.match(text, pos)) is not None:
        digits = match[1] or match[2]
        if len(digits) == 2 or is_year(digits):
            year, pos = full_year(digits), match.end()
    if (match := _EDITION.match(text, pos)) is not None:
        edition, pos = match[1] or match[2], match.end()
    if (match := _DUAL.match(text, pos)) is not None and (other := iso.match(text, match.end())) is not None:
        dual, pos = other
    supplements: list[Supplement] = []
    while (match := _SHEET.match(text, pos)) is not None:
        which = match[1] or match[2]
        serial = which if which.isdecimal() else str(_CHINESE_DIGITS.index(which))
        supplements.append(Supplement("XG", serial, int(match[3]) if match[3] else None))
        pos = match.end()
    if (match := _ALL_PARTS.match(text, pos)) is not None:
        all_parts, pos = True, match.end()
    return (
        Designation(
            publisher,
            number,
            doctype,
            part,
            year,
            edition=edition,
            supplements=tuple(supplements),
            all_parts=all_parts,
            dual=dual,
        ),
        pos,
    )


def _numbered(publisher: str, doctype: str, text: str, pos: int) -> Match | None:
    match = _NUMBER.match(text, pos)
    if match is None:
        return None
    return _tail(publisher, doctype, match[1].replace(" ", ""), match[2][1:], text, match.end())


def match(text: str, pos: int) -> Match | None:
    """National, industry and metrology codes: the registry's, with or without the slash before T and Z."""
    found = _CODE.match(text, pos)
    if found is None:
        return None
    word, middle, doctype = found[1], found[2] or "", found[3] or ""
    code, glued = registry.chinese_code(word)
    if not code:
        return None
    if glued and (doctype or middle) and code not in _UNWEIGHED:
        return None
    if doctype in {"J", "N"} and registry.chinese_code(code + doctype)[0]:  # GB J16-87 is GBJ 16-87
        code, doctype = registry.chinese_code(code + doctype)[0], ""
    if code == "DB" and not doctype:  # "DB 44" is a province without a number, not an earthquake standard
        return None
    if code == "ZB" and (classed := _CLASSED.match(text, found.end(1) - len(glued))) is not None:
        return _tail(code, "", f"{classed[1]}{classed[2]}{classed[3]}", "", text, classed.end())
    if code in _UNWEIGHED:
        return _numbered(code, "", text, found.end(1) - len(glued))
    if middle:
        if not registry.chinese_code(middle)[0]:
            return None
        code = f"{code}/{middle}"
    if code == "GBZ" and not doctype and _FOUR_DIGITS.match(text, found.end()):
        # GBZ 19579 is GB/Z without its slash: the numbers of occupational health stay below a thousand
        code, doctype = "GB", "Z"
    return _numbered(code, doctype or glued, text, found.end())


def metrology(text: str, pos: int) -> Match | None:
    """Metrology regulations of a ministry or province: JJG(交通) 001-2008."""
    found = _METROLOGY.match(text, pos)
    return _numbered(f"{found[1]}({found[2]})", "", text, found.end()) if found else None


def projects(text: str, pos: int) -> Match | None:
    """Construction standards of projects (工程项目建设标准): 建标 104-2008."""
    found = _PROJECTS.match(text, pos)
    return _tail("建标", "", found[1], "", text, found.end()) if found else None


def certification(text: str, pos: int) -> Match | None:
    """Rules of compulsory certification, and accreditation documents: CNCA-C09-01:2014, CNAS-CL01:2018."""
    found = _CERTIFICATION.match(text, pos)
    if found is None or not any(c.isdecimal() for c in found[2]):
        return None
    return _tail(found[1], "", found[2], "", text, found.end())


def local(text: str, pos: int) -> Match | None:
    """DB and a code of GB/T 2260: a province (DB44), a city (DB4401) or, in old ones, six digits (DB440300)."""
    found = _LOCAL.match(text, pos)
    if found is None or (found[2] is None and found[1] == "DB" and not found[3]):
        return None
    if (found[1] in _BUILDERS or _TIANJIN.match(text, pos)) and (number := _BUILDING.match(text, found.end())):
        if not found[2] and "-" not in number[1]:  # DBJ 14 is the series of a province, without a number
            return None
        return _tail(found[1] + (found[2] or ""), found[3] or "", number[1], number[2][1:], text, number.end())
    return _numbered(found[1] + (found[2] or ""), found[3] or "", text, found.end())


def association(text: str, pos: int) -> Match | None:
    found = _ASSOCIATION.match(text, pos)
    return _numbered(f"T/{found[1]}", "", text, found.end()) if found else None


def enterprise(text: str, pos: int) -> Match | None:
    found = _ENTERPRISE.match(text, pos)
    return _numbered(f"Q/{found[1].replace('-', ' ')}", "", text, found.end()) if found else None
