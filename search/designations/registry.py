"""Who issues standards: codes, names, jurisdiction, and the printing style of each.

Facts lie in ``data/``: ``publishers.csv`` (international, regional, national bodies), ``chinese.csv`` and
``industries.csv`` (Chinese national codes and 行业标准代号 with the authority in charge, as SAC lists them),
``bodies.csv`` (names of bodies whose code is not that of a series), ``issuers.csv`` (the best known of the thousands of
associations and enterprises behind T/ and Q/ codes),
``regions.csv`` (provinces and cities of GB/T 2260, the codes after DB; names from the area list of the PRC, WTFPL).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Publisher:
    """One code that stands before a number.

    ``style`` picks how its designations are printed (``render``), ``joint`` stands between it and a designation that it
    adopts ("BS EN", "UNE-EN", "DS/EN"). ``region`` is a GB/T 2260 code (DB44: "44"), an ISO 3166 country code, or "".
    """

    code: str
    name_zh: str
    name_en: str
    jurisdiction: str
    body: str
    style: str
    joint: str = " "
    region: str = ""


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _load() -> dict[str, Publisher]:
    found = [
        Publisher(r["code"], r["zh"], r["en"], r["jurisdiction"], r["body"], r["style"], r["joint"] or " ", r["region"])
        for r in _rows("publishers.csv")
    ]
    found += [
        Publisher(r["code"], r["zh"], r["en"], r["jurisdiction"], r["body"], "cn", region="CN")
        for r in _rows("chinese.csv")
    ]
    found += [
        Publisher(
            r["code"],
            f"{r['zh']}行业标准({r['authority_zh']})",
            f"Industry standards of China: {r['authority_en']}",
            "industry",
            r["body"],
            "cn",
            region="CN",
        )
        for r in _rows("industries.csv")
    ]
    found += [
        Publisher(
            f"DB{r['code']}",
            f"{r['zh']}地方标准",
            f"Local standards of {r['en'] or r['zh']}",
            "local",
            f"CN-{r['code']}",
            "cn",
            region=r["code"],
        )
        for r in _rows("regions.csv")
    ]
    return {p.code: p for p in found}


_PUBLISHERS: Final = _load()
_ISSUERS: Final = {r["code"]: (r["zh"], r["en"]) for r in _rows("issuers.csv")}
_CHINESE: Final = {
    code.upper(): code for code, p in _PUBLISHERS.items() if p.style == "cn" and not code[2:].isdecimal()
}
# "GBT" for GB/T: the codes glued to their weight, where that is not a code of its own (GBZ is)
_GLUED: Final = {
    f"{word}{weight}": (code, weight)
    for word, code in _CHINESE.items()
    for weight in "TZ"
    if f"{word}{weight}" not in _CHINESE
}


@lru_cache(maxsize=1)
def issuing_bodies() -> dict[str, tuple[str, str]]:
    """Names (zh, en) of the bodies behind ``Designation.body``: a body's own, not that of one of its series."""
    names = {p.body: (p.name_zh, p.name_en) for p in reversed(_PUBLISHERS.values())}
    names |= {p.body: (p.name_zh, p.name_en) for p in _PUBLISHERS.values() if p.code == p.body}
    names |= {f"CN-{r['code']}": (r["zh"], r["en"] or r["zh"]) for r in _rows("regions.csv")}
    names |= {r["body"]: (r["authority_zh"], r["authority_en"]) for r in _rows("industries.csv")}
    return names | _ISSUERS | {r["code"]: (r["zh"], r["en"]) for r in _rows("bodies.csv")}


def known_issuers() -> tuple[str, ...]:
    """Codes T/ and Q/ whose association or enterprise is known by name."""
    return tuple(_ISSUERS)


def publishers() -> tuple[Publisher, ...]:
    """Every publisher with a code of its own, in the order of the data; T/ and Q/ codes have no list."""
    return tuple(_PUBLISHERS.values())


def chinese_words() -> tuple[str, ...]:
    """First words of Chinese designations other than DB, T and Q, folded: GB, GBT, GBZ, …"""
    return (*_CHINESE, *_GLUED)


def chinese_code(word: str) -> tuple[str, str]:
    """Code and weight of a folded first word: GBN → ("GBn", ""), GBT → ("GB", "T"), XYZ → ("", "")."""
    if word in _CHINESE:
        return _CHINESE[word], ""
    return _GLUED.get(word, ("", ""))


@lru_cache(maxsize=4096)
def publisher(code: str) -> Publisher:
    """What is known of a code, also of one that no list holds (T/CAS, Q/SY, ISO/ASTM, DB440300)."""
    known = _PUBLISHERS.get(code)
    if known is not None:
        return known
    if code.startswith(("T/", "Q/")):
        zh, en = _ISSUERS.get(code, (f"{code[2:]} ", code[2:]))
        if code.startswith("T/"):
            return Publisher(
                code, f"{zh}团体标准", f"Association standards of {en}", "association", code, "cn", region="CN"
            )
        return Publisher(code, f"{zh}企业标准", f"Enterprise standards of {en}", "enterprise", code, "cn", region="CN")
    if code.startswith(("JJG(", "JJF(")):
        return replace(_PUBLISHERS[code[:3]], code=code, body=code)
    if code.startswith(("DB", "SZDB", "DG")):
        return _local(code)
    first, _, second = code.partition("/")
    if second:
        lead = publisher(first)
        return Publisher(
            code,
            code,
            code,
            lead.jurisdiction,
            lead.body if lead.style == "cn" else code,
            lead.style,
            lead.joint,
            lead.region,
        )
    return Publisher(code, code, code, "", code, "iso")


def issuer(code: str, number: str) -> Publisher:
    """As :func:`publisher`; building standards whose number holds the province are told by that (DBJ/T 15-60-2019)."""
    province, mark, _ = number.partition("-")
    return publisher(code + province if mark and code in {"DBJ", "DGJ", "DG"} else code)


# Building standards count some provinces otherwise than GB/T 2260: DBJ15 is Guangdong
_BUILDING_CODES: Final = {
    "01": "11",
    "03": "15",
    "04": "14",
    "08": "31",
    "13": "35",
    "14": "37",
    "15": "44",
    "29": "12",
}


def _local(code: str) -> Publisher:
    """Six-digit codes, food safety (DBS44) and building (DBJ) series of a province, and codes GB/T 2260 has dropped."""
    digits = "4403" if code.startswith("SZDB") else "".join(c for c in code if c.isdigit())
    if code.startswith(("DBJ", "DG", "DB29")):
        digits = _BUILDING_CODES.get(digits, digits)
    for length in (4, 2):
        near = _PUBLISHERS.get(f"DB{digits[:length]}")
        if near is not None and digits:
            return Publisher(code, near.name_zh, near.name_en, "local", near.body, "cn", region=near.region)
    return Publisher(code, "地方标准", "Local standards of China", "local", "CN", "cn", region="")
