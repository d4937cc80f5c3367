"""One spelling for the many ways people type the same designation.

Full-width forms (GB/T 15834, Unicode Halfwidth and Fullwidth Forms), the dashes of every script, every kind of space,
lower case, Cyrillic and Greek look-alikes and translations (ГОСТ, ИСО, МЭК) are folded to upper-case ASCII.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_DASHES: Final = "-‐‑‒–—―−－﹣﹘ーｰ─━〜～~⁃˗"
_SPACES: Final = (
    "\t\n\r\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_INVISIBLE: Final = (
    "™®©℠\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_OTHERS: Final = {
    "∶": ":",
    "：": ":",
    "﹕": ":",
    "ː": ":",
    "⁄": "/",
    "∕": "/",
    "／": "/",
    "╱": "/",
    "。": "。",
    "．": ".",
    "·": ".",
    "•": ".",
    "〔": "(",
    "〕": ")",
    "【": "(",
    "】": ")",
    "［": "[",
    "］": "]",
    "｜": "|",
    "¦": "|",
    "\\": "/",
    "ε": "E",  # the mark of an editorial change: ASTM D638-14ε1
    "ϵ": "E",
}
_CYRILLIC: Final = dict(zip("АВСЕНКМОРТХавсенкмортх", "ABCEHKMOPTXABCEHKMOPTX", strict=True))


def _table() -> dict[int, str]:
    table = {0xFF01 + i: chr(0x21 + i) for i in range(94)}  # the full-width forms of ASCII
    table |= dict.fromkeys(map(ord, _DASHES), "-")
    table |= dict.fromkeys(map(ord, _SPACES + _INVISIBLE), " ")
    table |= {ord(key): value for key, value in _OTHERS.items()}
    table |= {0x61 + i: chr(0x41 + i) for i in range(26)}
    table |= {0xFF41 + i: chr(0x41 + i) for i in range(26)}
    for code in range(0xC0, 0x180):  # letters with marks: ÖNORM, ČSN
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            table[code] = base.upper()
    return table


_FOLD: Final = _table()
_RUNNING: Final = _FOLD | {0x0A: "\n"} | dict.fromkeys(map(ord, "~～〜˗"), "~")
_ASCII_MARKS: Final = str.maketrans("\t\n\r\f\v~\\", "     -/")

_GOST: Final = re.compile(
    r"(?<![А-Яа-я])(ГОСТ|ИСО|МЭК|ЕН|СТБ|ПНСТ|ОСТ|Р|СТ|РК)(?![А-Яа-я])|(?<=/)(ТО|ТС|ТУ)(?![А-Яа-я])|(?<![А-Яа-я])МФС(?![А-Яа-я])",
    re.IGNORECASE,
)
_GOST_LATIN: Final = {
    "ГОСТ": "GOST",
    "ИСО": "ISO",
    "МЭК": "IEC",
    "ЕН": "EN",
    "СТБ": "STB",
    "ПНСТ": "PNST",
    "ОСТ": "OST",
    "Р": "R",
    "СТ": "ST",
    "РК": "RK",
    "ТО": "TR",
    "ТС": "TS",
    "ТУ": "TS",
    "МФС": "ISP",
}
_HAS_CYRILLIC: Final = re.compile(r"[А-Яа-я]")
_INVISIBLE_RE: Final = re.compile(f"[{_INVISIBLE}]")
_RUN: Final = re.compile(r" {2,}")
_TIGHT: Final = re.compile(r" ?([-:/+|]) ?")
_GLUED: Final = re.compile(r"^ISOIEC(IEEE)?(?=[^A-Z]|TS|TR|PAS|GUIDE)")
_EDGE: Final = " 《》〈〉<>\"'“”‘’「」『』[]{}、,;，；。.!?*`"


def fold(text: str) -> str:
    """``text`` in upper-case ASCII where it has an ASCII twin, character for character (offsets stay true)."""
    if text.isascii():
        return text.upper().translate(_ASCII_MARKS)
    return text.translate(_FOLD)


def fold_lines(text: str) -> str:
    """As :func:`fold`, for running text: line ends and the sign of a range (~, ～) stay what they are."""
    if _HAS_CYRILLIC.search(text):
        text = _latin(text)
    return text.translate(_RUNNING)


def _latin(text: str) -> str:
    return _GOST.sub(lambda m: _GOST_LATIN[m.group().upper()], text).translate(
        {ord(k): v for k, v in _CYRILLIC.items()}
    )


def tidy(text: str) -> str:
    """Folded, one space between words, none around ``- : / + |``, no quotation or book-title marks round the whole."""
    if not text.isascii():
        text = _INVISIBLE_RE.sub("", text)
        if _HAS_CYRILLIC.search(text):
            text = _latin(text)
    folded = fold(text)
    if "  " in folded:
        folded = _RUN.sub(" ", folded)
    folded = _TIGHT.sub(r"\1", folded).strip(_EDGE)
    if folded.startswith("ISOIEC"):
        folded = _GLUED.sub(lambda m: "ISO/IEC/IEEE" if m.group(1) else "ISO/IEC", folded)
    return folded
