"""ASTM, IEEE, ANSI and the other American societies.

Sources: ASTM Form and Style, part on designations (D638-22a, E8/E8M-16ae1, D1238-13(2018)); IEEE SA Standards Style
Manual (IEEE Std 802.3-2018, P802.3bt/D3.0, Cor, Amd); ANSI Essential Requirements (ANSI/ASHRAE 62.1-2019, (R1992)).
"""

from __future__ import annotations

import re
from typing import Final

from search.designations import registry
from search.designations.grammar import Match, full_year, is_year
from search.designations.model import Designation, Supplement

_ASTM: Final = re.compile(
    r"(?:ANSI/)?ASTM[ /-]?([A-Z]{1,4})[ -]?(\d{1,6})(M?)([/-][A-Z]{1,2} ?\d{1,5}M?)?(?![0-9])"
    r"(?:[ -]{1,2}(\d{4}|\d\d)([A-D]?)(E\d)?(?![A-Z0-9]))?"
    r"(?: ?-?\(?(?:REAPPROVED ?)?((?:19|20)\d\d)\)?(E\d)?(?![A-Z0-9]))?"
)
_IEEE: Final = re.compile(
    r"(?:ANSI[/ ] ?)?(IEEE|AIEE|IRE)((?:/(?:ANSI|ISO/IEC|ISO|IEC|EIA|ASTM|ASHRAE|CSA|NACE|NESC|UL))*)"
    r"[ /-]?(?:APPROVED |UNAPPROVED )?(DRAFT )?"
    r"(?:(?:STD|STANDARD)S?\.?[ -]?)?(?:NO\.? ?)?(P(?=[A-Z]{0,2}\d))?"
    r"([A-Z]{0,2}\d{1,6}[A-Z]{0,4}(?:\.\d{1,5}[A-Z]{0,5}){0,3}"
    r"(?:-(?:[0-4]?\d[A-Z]?|[1-9]\d\d(?=-\d)|\d{5}|REV[A-Z]{1,3})(?![A-Z0-9])){0,3})(?![A-Z0-9])"
)
_IEEE_DATE: Final = re.compile(r"[-:](\d{4}|[5-9]\d)(?![A-Z0-9])|, ?((?:19|20)\d\d)(?: ED(?:ITION|\.)?)?(?![A-Z0-9])")
_IEEE_DRAFT: Final = re.compile(r"[/_-]D(\d{1,3}(?:\.\d{1,3})*[A-Z]?)(?![A-Z0-9])")
_IEEE_CHANGE: Final = re.compile(
    r"/ ?(COR|AMD|INT|ERRATA)\.? ?(\d{1,2})(?:-((?:19|20)\d\d))?|-(COR|AMD|INT)-(\d{1,2})(?:-((?:19|20)\d\d))?"
)
_REAFFIRMED: Final = re.compile(r"[ -]?\(?R(\d{4}|\d\d)\)?(?![A-Z0-9])")
_US_TYPES: Final = "STD|SPEC|RP|PUB|BULL|TR|STANDARD|NO|PRF|DTL|HDBK|PAS|TIR|AMS|ARP|AIR|CP"
_US_NUMBER: Final = re.compile(
    rf"(?:[ -](?:({_US_TYPES})\.?(?=[ -]|\d)))?[ -]?(?:NO\.? ?)?"
    r"((?:[A-Z]{1,6}[ .-]?)?\d[A-Z0-9]*(?:[./][A-Z0-9]{1,8})*"
    r"(?:-(?!R\d{4}|(?:19|20)\d{4}(?!\d))(?:[A-Z]?\d{1,6}[A-Z]?|[A-Z](?:\.\d{1,2})?)(?![A-Z0-9]))*)(?![A-Z0-9])"
)
_US_DATE: Final = re.compile(r"[-:](\d{4}|\d\d)(?![A-Z0-9_])|[_-](\d{4})(\d\d)(?![0-9])")
_CHANGES: Final = {"COR": "Cor", "AMD": "Amd", "INT": "ISH", "ERRATA": "Err"}
# In IEEE 802.1 a project with capitals is a standard, one with small letters an amendment (802.1Q, 802.1Qbv)
_802_1: Final = re.compile(r"(AB|AC|AE|AR|AS|AX|BA|BR|CB|CF|CM|CQ|CS|DC|DF|DG|DP|DU|A|B|D|E|F|G|H|I|Q|X)?([A-Z]*)")


def astm(text: str, pos: int) -> Match | None:
    found = _ASTM.match(text, pos)
    if found is None:
        return None
    letter, digits, metric, twin, year, issue, editorial, again, editorial_again = found.groups()
    edition = (issue or "").lower() + (editorial or editorial_again or "").lower()
    return (
        Designation(
            "ASTM",
            f"{letter}{digits}{metric}{(twin or '').replace('-', '/').replace(' ', '')}",
            year=full_year(year) if year else None,
            edition=edition,
            reaffirmed=int(again) if again else None,
        ),
        found.end(),
    )


def _ieee_case(number: str) -> str:
    """Capitals and small letters as IEEE sets them: C57.12.00, 1003.1b, 802.11ac, 802.1Qbv."""
    head, dot, tail = number.rpartition(".")
    prefix = re.match(r"[A-Z]*", number)
    if head == "802" and tail.startswith("1") and not tail[1:2].isdecimal():
        letters = _802_1.fullmatch(tail[1:])
        if letters is not None:
            return f"802.1{letters[1] or ''}{letters[2].lower()}"
    lead = prefix.group() if prefix else ""
    return lead + number[len(lead) :].lower().replace("rev", "REV")


def ieee(text: str, pos: int) -> Match | None:
    found = _IEEE.match(text, pos)
    if found is None:
        return None
    body, partners, drafted, project, digits = found.groups()
    pos = found.end()
    year: int | None = None
    edition = ""
    if (draft := _IEEE_DRAFT.match(text, pos)) is not None:
        edition, pos = f"D{draft[1].lower()}", draft.end()
    if (date := _IEEE_DATE.match(text, pos)) is not None:
        year, pos = full_year(date[1] or date[2]), date.end()
    changes: list[Supplement] = []
    while (change := _IEEE_CHANGE.match(text, pos)) is not None:
        kind, number, when = (change[1], change[2], change[3]) if change[1] else (change[4], change[5], change[6])
        changes.append(Supplement(_CHANGES[kind], number, int(when) if when else None))
        pos = change.end()
    reaffirmed = None
    if (again := _REAFFIRMED.match(text, pos)) is not None:
        reaffirmed, pos = full_year(again[1]), again.end()
    return (
        Designation(
            f"{body}{partners}",
            _ieee_case(digits),
            year=year,
            edition=edition,
            stage="P" if project or drafted or edition else "",
            reaffirmed=reaffirmed,
            supplements=tuple(changes),
        ),
        pos,
    )


_SOCIETIES: Final = tuple(p.code for p in registry.publishers() if p.style == "us")
_PARTNER: Final = "|".join(
    sorted(
        (*_SOCIETIES, "IEEE", "IES", "ACCA", "USGBC", "ASSE", "ASSP", "NCSL", "HL7", "ICEA", "BHMA", "TAPPI"),
        key=len,
        reverse=True,
    )
)
# Behind "ANSI/" stands whoever developed the standard: 240 accredited bodies, of which the registry has the best known
_KNOWN_FURTHER: Final = rf"[/-](?:{_PARTNER}|ISO|IEC)(?![A-Z])"
_ANY_FURTHER: Final = rf"(?: (?:{_PARTNER})(?![A-Z])|[/-][A-Z]{{2,8}}(?=[ -]?[A-Z]?\d))"
_FURTHER: Final = rf"{_KNOWN_FURTHER}|(?:(?<=ANSI)|(?<=/ISO)){_ANY_FURTHER}"
_SOCIETY: Final = re.compile(rf"({_PARTNER})((?:{_FURTHER})*)(?![A-Z])")


def words() -> tuple[str, ...]:
    return _SOCIETIES


def society(text: str, pos: int) -> Match | None:
    """Any other society: letters and digits as it writes them, a year behind a hyphen or colon."""
    found = _SOCIETY.match(text, pos)
    if found is None or "IEEE" in found[2]:  # ANSI/IEEE is read as IEEE
        return None
    number = _US_NUMBER.match(text, found.end())
    if number is None:
        return None
    code = re.sub("[- ]", "/", f"{found[1]}{found[2]}")
    doctype, token, pos = number[1] or "", number[2], number.end()
    if doctype in {"STANDARD", "NO"}:
        doctype = ""
    year: int | None = None
    edition = ""
    head, _, last = token.rpartition("-")
    if (
        head
        and any(c.isdecimal() for c in head)
        and (is_year(last) or (len(last) == 2 and last.isdecimal() and "." in head))
    ):
        token, year = head, full_year(last)
    elif (date := _US_DATE.match(text, pos)) is not None:
        if date[2]:
            edition = f"{date[2]}{date[3]}"
        else:
            year = full_year(date[1])
        pos = date.end()
    reaffirmed = None
    if (again := _REAFFIRMED.match(text, pos)) is not None:
        reaffirmed, pos = full_year(again[1]), again.end()
    token = token.replace(" ", "") if registry.publisher(code).code != "TAPPI" else token
    return Designation(code, token, doctype, year=year, edition=edition, reaffirmed=reaffirmed), pos
