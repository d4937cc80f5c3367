"""Registry numbers of substances: CAS (化学文摘登记号) and EC (欧盟物质编号), with their check digits. Pure.

CAS: up to ten digits in three groups; the last is the sum of the others, each times its place from the right, modulo
10 (https://www.cas.org/support/documentation/chemical-substances/checkdig). EC: seven digits in three groups; the last
is the sum of the others, each times its place from the left, modulo 11 (EINECS, OJ C 146A, 15.6.1990, introduction);
a remainder of 10 is no number.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_DASHES: Final = re.compile(r"[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d\u00ad–—]")
_PREFIX: Final = re.compile(r"^(?:CAS|EC|EINECS|ELINCS|NLP|EG)[\s.:#]*(?:RN|NO|NUMBER|NR|号)?[\s.:#]*", re.IGNORECASE)
_CAS: Final = re.compile(r"0*([1-9]\d{1,6})-?(\d{2})-?(\d)")
_CAS_GROUPED: Final = re.compile(r"0*([1-9]\d{1,6})-(\d{2})-(\d)")
_EC: Final = re.compile(r"([1-9]\d{2})-(\d{3})-(\d)")
_EC_BARE: Final = re.compile(r"([1-9]\d{2})(\d{3})(\d)")


class NumberKind(StrEnum):
    CAS = "cas"
    EC = "ec"


@dataclass(frozen=True, slots=True)
class RegistryNumber:
    """A number in its usual form; ``sound`` says whether its check digit is right."""

    kind: NumberKind
    value: str
    sound: bool


def read(text: str, kind: NumberKind | None = None) -> RegistryNumber | None:
    """A number in any spelling, or None. Without dashes it is only read where ``kind`` says what it is."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()
    plain = re.sub(r"\s+", "", _PREFIX.sub("", plain))
    if kind in (None, NumberKind.EC) and (found := _EC.fullmatch(plain)):
        return _ec(*found.groups())
    if kind is NumberKind.EC:
        return _ec(*found.groups()) if (found := _EC_BARE.fullmatch(plain)) else None
    if found := (_CAS if kind is NumberKind.CAS else _CAS_GROUPED).fullmatch(plain):
        return _cas(*found.groups())
    return None


def read_all(text: str, kind: NumberKind) -> tuple[list[RegistryNumber], list[str]]:
    """The numbers of a cell that holds several, and what in it is none. A dash or nothing stands for none."""
    found: list[RegistryNumber] = []
    rest: list[str] = []
    for part in re.split(r"[,;/\n]+", text):
        part = part.strip()
        if part in ("", "-", "–", "—", "N/A"):
            continue
        number = read(part, kind)
        if number is None:
            rest.append(part)
        elif number not in found:
            found.append(number)
    return found, rest


def _cas(body: str, middle: str, check: str) -> RegistryNumber:
    digits = body + middle
    total = sum(place * int(digit) for place, digit in enumerate(reversed(digits), 1))
    return RegistryNumber(NumberKind.CAS, f"{body}-{middle}-{check}", total % 10 == int(check))


def _ec(first: str, second: str, check: str) -> RegistryNumber:
    total = sum(place * int(digit) for place, digit in enumerate(first + second, 1))
    return RegistryNumber(NumberKind.EC, f"{first}-{second}-{check}", total % 11 == int(check))
