"""European standards and national ones, own and adopted: EN 71-1, BS EN ISO 9001, GOST R ISO 9001-2015.

Sources: CEN-CENELEC Internal Regulations Part 2 (EN, prEN, A1, AC, adoption with a national prefix); DIN 820-11 (the
month of issue); JIS Z 8301; KS A 0001; GOST 1.5 and GOST R 1.5 (designation of identical adoptions); SANZ/AS style
"AS/NZS".
"""

from __future__ import annotations

import re
from typing import Final

from search.designations import registry
from search.designations.families import iso
from search.designations.grammar import Head, Label, Match, finish

# European: the code, then types of their own or an ISO or IEC designation
_EUROPEAN: Final = re.compile(
    r"(FPR|PR)?"
    r"(EN|CEN[/-]CLC|CEN[/-]CENELEC|CEN|CENELEC|CLC|HD|ENV|CWA|CR)(?![A-Z])"
    r"(?:[/ -](FPR|PR)?(TS|TR|GUIDE|CWA|CR|HD)(?![A-Z]))?"
)
_NUMBER: Final = re.compile(r"[ -]?(\d{1,6}[A-Z]?)(?![A-Z0-9])((?:-\d{1,5}[A-Z]?(?![A-Z0-9]))*)")
_OWN: Final = re.compile(
    r"[ /-]?(?:NO\.? ?|NUMBER )?((?:[A-Z]{1,3}[ -]?)?\d{1,7}[A-Z]{0,3}(?:\.\d{1,6}[A-Z]{0,2})*)(?![A-Z0-9])"
    r"(?:[ -]NO\.?[ -]?(\d{1,6}(?:\.\d{1,4})*))?"
    r"(?:[ -](?:BLATT|TEIL|PART)[ -](\d{1,5})(?![A-Z0-9])|[ ]?\(PART[ -](\d{1,5})\)"
    r"|((?:-(?:\d{1,5}[A-Z]?|[A-Z])(?![A-Z0-9]))*))"
)
_LETTERS_FIRST: Final = re.compile(r"([A-Z]{1,3})[ -]?(\d.*)")
_NO_GAP: Final = {"NF", "CSA", "CAN/CSA", "AS", "NZS"}  # NF C15-100, CSA C22.2, but ÖNORM B 1991
_LETTERED: Final = re.compile(
    r"[ -]?(?:(TS|TR)[ /-]?)?([A-Z])[ -]?(?:(\d{4,6})(?![A-Z0-9])((?:-\d{1,5}(?![A-Z0-9]))*)|(?=(?:ISO|IEC)[ /-]))"
)
_DOTTED_PART: Final = re.compile(r"((?:\.\d{1,5})+)(?:-(\d{4}))?(?![A-Z0-9])")
_TYPES: Final = {
    "BS": "PAS|AU|OHSAS|MA|CECC",
    "DIN": "SPEC|TS|TR|V|VDE|ETS|CERTCO|FB|PAS",
    "VDE": "AR|V|N",
    "VDI": "VDE|VDMA|MT|EE",
    "JIS": "TS|TR",
    "SS": "TS|CP",
    "SANS": "TS|TR|PAS",
    "GOST R": "V|EV",
    "AS": "TS|HB|SA",
    "NEN": "NTA|NPR",
    "DSTU": "B|V|N",
    "GSO": "OIML|CAC",
}
# Spellings of codes, folded, to the code as printed; the longest is tried first
_ALIASES: Final = {
    "ONORM": "ÖNORM",
    "OENORM": "ÖNORM",
    "CSN": "ČSN",
    "I.S": "I.S.",
    "GOSTR": "GOST R",
    "GOST-R": "GOST R",
    "AS-NZS": "AS/NZS",
    "AS NZS": "AS/NZS",
    "ASNZS": "AS/NZS",
    "CAN-CSA": "CAN/CSA",
    "CAN CSA": "CAN/CSA",
    "ABNT-NBR": "ABNT NBR",
    "ST-RK": "ST RK",
    "NCH": "NCh",
}


def _codes() -> dict[str, str]:
    styles = {"colon", "month", "gost", "jis", "as", "csa"}
    own = {p.code.upper(): p.code for p in registry.publishers() if p.style in styles and p.code != "SNV"}
    return own | _ALIASES


_CODES: Final = _codes()
_CODE: Final = re.compile(
    "(" + "|".join(re.escape(c) for c in sorted(_CODES, key=len, reverse=True)) + r")(?![A-Z])|(JIS|KS)(?=[A-Z] ?\d)"
)
_TYPE: Final = {code: re.compile(rf"[ /-]({words})(?![A-Z])") for code, words in _TYPES.items()}
_SWISS: Final = re.compile(r"SN[ -](?=(?:EN|ISO|IEC)[ /-])")


def plain_codes() -> tuple[str, ...]:
    """Codes of one word that adopt European and international standards."""
    return tuple(
        code for code, printed in _CODES.items() if code.isalpha() and registry.publisher(printed).style != "jis"
    )


def words() -> set[str]:
    """First words of what ``match`` reads."""
    return (
        {re.split(r"[^A-Z]", code)[0] for code in _CODES}
        | {"SN"}
        | {f"{code}{letter}" for code in ("JIS", "KS") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    )


EUROPEAN_WORDS: Final = (
    "EN",
    "CEN",
    "CENELEC",
    "CLC",
    "HD",
    "ENV",
    "CWA",
    "CR",
    "PREN",
    "FPREN",
    "PRHD",
    "PRENV",
    "PRCEN",
)


def european_label(text: str, pos: int) -> Label | None:
    match = _EUROPEAN.match(text, pos)
    if match is None:
        return None
    stage = match[1] or match[3]
    code = {"CENELEC": "CLC", "CEN-CLC": "CEN/CLC", "CEN/CENELEC": "CEN/CLC", "CEN-CENELEC": "CEN/CLC"}.get(
        match[2], match[2]
    )
    doctype = "Guide" if match[4] == "GUIDE" else match[4] or ""
    head = Head(code, doctype, {"PR": "pr", "FPR": "Fpr", None: ""}[stage])
    at = match.end()
    if text[at : at + 1] in {" ", "-", "/"} and not doctype:
        inner = iso.label(text, at + 1)
        if inner is not None:
            return inner._replace(heads=(head, *inner.heads))
    number = _NUMBER.match(text, at)
    if number is None:
        return None
    parts = tuple(number[2][1:].split("-")) if number[2] else ()
    return Label((head,), number[1], parts, number.end())


def european(text: str, pos: int) -> Match | None:
    found = european_label(text, pos)
    return finish(found, text) if found else None


def _adopted(head: Head, text: str, pos: int) -> Label | None:
    """What stands after a national code and a space, hyphen or slash, if it is a designation of ISO, IEC or CEN."""
    if text[pos : pos + 1] not in {" ", "-", "/"}:
        return None
    inner = iso.label(text, pos + 1) or european_label(text, pos + 1)
    return inner._replace(heads=(head, *inner.heads)) if inner else None


def match(text: str, pos: int) -> Match | None:
    """A designation of a national body, its own or one that it adopts."""
    if (swiss := _SWISS.match(text, pos)) is not None:
        code, at = "SNV", swiss.end() - 1
    elif (found := _CODE.match(text, pos)) is not None:
        code, at = _CODES[found[1] or found[2]], found.end()
    else:
        return None
    style = registry.publisher(code).style
    if style == "jis":
        return _by_division(code, text, at)
    label = _adopted(Head(code), text, at)
    if label is None:
        label = _own(code, text, at)
    elif style == "as" and (dotted := _DOTTED_PART.match(text, label.end)) is not None:
        dated = (dotted[2],) if dotted[2] else ()
        label = label._replace(parts=(*label.parts, *dotted[1][1:].split("."), *dated), end=dotted.end())
    if label is None:
        return None
    return finish(label, text, months=style == "month", short=_short(style, label))


def _short(style: str, label: Label) -> bool:
    """Whether two digits at the end are a year: in GOST until 1999 and in CSA, but not the 15 of IEC 60335-2-15."""
    if style == "gost":
        return len(label.heads) == 1 or (bool(label.parts) and label.parts[-1] >= "50")
    return style == "csa" and len(label.heads) == 1 and len(label.parts) == 1 and "No." not in label.number


def _own(code: str, text: str, at: int) -> Label | None:
    doctype = ""
    if code in _TYPE and (typed := _TYPE[code].match(text, at)) is not None:
        doctype, at = typed[1], typed.end()
    number = _OWN.match(text, at)
    if number is None:
        return None
    letters = _LETTERS_FIRST.match(number[1])
    digits = number[1] if letters is None else letters[1] + ("" if code in _NO_GAP else " ") + letters[2]
    digits += f" No. {number[2]}" if number[2] else ""
    worded = number[3] or number[4]
    parts = (worded,) if worded else tuple(number[5][1:].split("-")) if number[5] else ()
    if registry.publisher(code).style == "as" and "." in digits:
        digits, _, dotted = digits.partition(".")
        parts = (*dotted.split("."), *parts)
    return Label((Head(code, doctype),), digits, parts, number.end(), bool(worded))


def _by_division(code: str, text: str, at: int) -> Match | None:
    """JIS and KS: a letter for the division before the number, or before an adopted designation (KS Q ISO 9001)."""
    match = _LETTERED.match(text, at)
    if match is None:
        return None
    head = Head(code, match[1] or "")
    if match[3] is None:
        inner = iso.label(text, match.end())
        if inner is None:
            return None
        label = inner._replace(heads=(head._replace(doctype=match[2]), *inner.heads))
    else:
        parts = tuple(match[4][1:].split("-")) if match[4] else ()
        label = Label((head,), f"{match[2]} {match[3]}", parts, match.end())
    return finish(label, text)
