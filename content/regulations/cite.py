"""An act as something to cite, in two styles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Reference:
    """What can be cited of a version of an act; ``number`` is 文号 or CELEX."""

    title: str
    body: str
    number: str
    day: str
    made: str
    """修订, 修正 or empty: how the version came about."""
    url: str
    viewed: date
    language: str = "zh"


def gb7714(ref: Reference) -> str:
    """GB/T 7714—2015, 4.6: ``责任者. 题名: 文号[EB/OL]. (发布日期)[引用日期]. 地址.`` Unknown parts are left out."""
    named = ": ".join(part for part in (_line(ref.title), _line(ref.number)) if part)
    head = f"{_line(ref.body)}. " if ref.body else ""
    day = f"({ref.day})" if ref.day else ""
    return f"{head}{named}[EB/OL]. {day}[{ref.viewed.isoformat()}]. {ref.url}."


def legal(ref: Reference) -> str:
    """As legal writing cites: 《中华人民共和国安全生产法》（2021年修正）; acts of the EU by title and CELEX number."""
    if ref.language != "zh":
        return ", ".join(part for part in (_line(ref.title), ref.number and f"CELEX {ref.number}") if part) + "."
    year = ref.day[:4]
    if ref.made and year:
        return f"《{_line(ref.title)}》（{year}年{ref.made}）"
    stated = [_line(ref.body), _line(ref.number), f"{year}年" if year else ""]
    said = "，".join(part for part in stated if part)
    return f"《{_line(ref.title)}》（{said}）" if said else f"《{_line(ref.title)}》"


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
