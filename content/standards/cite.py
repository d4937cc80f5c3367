"""A standard as a bibliographic reference, in four styles.

A reference states only what the record knows: what is missing is left out, which both rules allow for online resources.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TEX_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_CJK = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Reference:
    """What can be cited of a standard."""

    key: str
    """Citation key: the slug."""
    designation: str
    title: str
    authors: tuple[str, ...]
    """Organisations responsible for the content (主要责任者): those in charge, else the issuing body."""
    publisher: str
    place: str
    published: str
    """``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or empty."""
    edition: str
    language: str
    """ISO 639-1 code of the title."""
    url: str
    viewed: date

    @property
    def year(self) -> str:
        return self.published[:4]


def gb7714(ref: Reference) -> str:
    """GB/T 7714—2015, 4.1 and 4.6: ``责任者. 题名: 标准号[S/OL]. 出版地: 出版者, 年(发布日期)[引用日期]. 地址.``

    Responsible bodies beyond the third become ``等`` or ``et al`` (8.1.2); unknown places and publishers of online
    resources are left out (8.4.1.2, 8.4.2.3).
    """
    authors = [_line(name) for name in ref.authors[:3]]
    if len(ref.authors) > 3:
        authors.append("等" if _CJK.search(authors[0]) else "et al")
    imprint = ": ".join(part for part in (_line(ref.place), _line(ref.publisher)) if part)
    imprint = ", ".join(part for part in (imprint, ref.year) if part)
    if len(ref.published) > 4:
        imprint += f"({ref.published})"
    named = f"{_line(ref.title)}: {_line(ref.designation)}" if ref.title else _line(ref.designation)
    head = f"{', '.join(authors)}. " if authors else ""
    return f"{head}{named}[S/OL]. {imprint}[{ref.viewed.isoformat()}]. {ref.url}."


def iso690(ref: Reference) -> str:
    """ISO 690:2021, 7.6 and 7.11: creator, designation and title, medium, edition, imprint, date viewed, address."""
    parts = [f"{'; '.join(_line(name).upper() for name in ref.authors)}." if ref.authors else ""]
    parts.append(f"{', '.join(part for part in (_line(ref.designation), _line(ref.title)) if part)} [online].")
    if ref.edition:
        parts.append(f"{ordinal(ref.edition)} ed.")
    imprint = ": ".join(part for part in (_line(ref.place), _line(ref.publisher)) if part)
    imprint = ", ".join(part for part in (imprint, ref.published) if part)
    parts.append(f"{imprint} [viewed {ref.viewed.isoformat()}].".lstrip())
    parts.append(f"Available from: {ref.url}")
    return " ".join(part for part in parts if part)


def bibtex(ref: Reference) -> str:
    """A ``@techreport`` entry, the type that every BibTeX style knows, with ``type = {Standard}``."""
    fields = {
        "type": "Standard",
        "number": _tex(ref.designation),
        # The second pair of braces keeps the capitals of names and codes.
        "title": f"{{{_tex(ref.title or ref.designation)}}}",
        "author": " and ".join(f"{{{_tex(name)}}}" for name in ref.authors),
        "institution": _tex(ref.publisher or (ref.authors[0] if ref.authors else "")),
        "address": _tex(ref.place),
        "edition": _tex(ref.edition),
        "year": ref.year,
        "month": ref.published[5:7].lstrip("0"),
        "language": ref.language,
        "url": ref.url.replace("%", r"\%"),
        "urldate": ref.viewed.isoformat(),
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@techreport{{{ref.key},\n{body}}}\n"


def ris(ref: Reference) -> str:
    """RIS, type ``STAND``; lines end in CR LF and the record in ``ER  - ``."""
    year, month, day = (ref.published.split("-") + ["", ""])[:3] if ref.published else ("", "", "")
    lines = [("TY", "STAND"), ("ID", ref.key)]
    lines += [("AU", f"{_line(name)},") for name in ref.authors]  # the comma marks an organisation's name as whole
    lines += [
        ("TI", _line(ref.title or ref.designation)),
        ("SN", _line(ref.designation)),
        ("ET", _line(ref.edition)),
        ("CY", _line(ref.place)),
        ("PB", _line(ref.publisher)),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/" if month else ""),
        ("LA", ref.language),
        ("UR", ref.url),
        ("Y2", ref.viewed.strftime("%Y/%m/%d/")),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def ordinal(edition: str) -> str:
    """``1`` → ``1st``; what is no number stays as it is."""
    if not (edition.isascii() and edition.isdigit()):
        return _line(edition)
    tens, units = int(edition) % 100, int(edition) % 10
    suffix = "th" if 11 <= tens <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(units, "th")
    return f"{edition}{suffix}"


def _line(text: str) -> str:
    """On one line, so that no value can open a field of its own."""
    return _SPACE.sub(" ", text).strip()


def _tex(text: str) -> str:
    return _TEX_SPECIAL.sub(lambda match: _TEX[match[0]], _line(text))
