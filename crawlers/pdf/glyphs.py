"""From the codes of a font to characters and widths, with the fallbacks pdfminer.six does not have.

pdfminer.six looks a CID up in the font's ToUnicode map although that map is keyed by character code (ISO 32000-1,
9.10.3); with a predefined CMap such as GBK-EUC-H the two differ, so here the character collection (Adobe-GB1 …) goes
first. It also drops all text of a font whose CMap it does not know; here such codes are read as two bytes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from pdfminer.cmapdb import CMap, CMapDB, IdentityCMap, UnicodeMap
from pdfminer.pdffont import PDFCIDFont, PDFFont, PDFSimpleFont, PDFType3Font, PDFUnicodeNotDefined

COLLECTIONS = frozenset({"Adobe-GB1", "Adobe-CNS1", "Adobe-Japan1", "Adobe-Korea1"})
SPACES = frozenset(
    " \t\r\n\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
FOLDED = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFB00, 0xFDFF), (0xFE70, 0xFEFC))
"""Radicals, compatibility ideographs, ligatures and Arabic letter forms: producers write them for the plain
character.
"""
LOST = "\ufffd"
"""Stands for a glyph whose character is unknown."""


class Glyphs:
    """The glyphs of one font, looked up once each.

    `known[code]` is (text, advance): text is one visible string, " " for any space, "" for nothing, `LOST` for an
    unknown character; advance is in text space units of a font of size 1. `raw` says that codes are bytes of an
    encoding which the file may have got wrong, so that they may turn out to be GBK (see `repair`).
    """

    __slots__ = ("_collection", "_decode", "_font", "em", "gbk", "known", "raw", "vertical")

    def __init__(self, font: PDFFont) -> None:
        self._font = font
        self.known: dict[int, tuple[str, float]] = {}
        self.vertical: bool = font.is_vertical()
        self.gbk = False  # found out by `repair`
        self.raw = isinstance(font, PDFSimpleFont) and not font.unicode_map
        self.em = _type3_em(font) if isinstance(font, PDFType3Font) else 1.0
        self._collection: UnicodeMap | None = None
        self._decode: Callable[[bytes], Iterable[int]] = font.decode
        if isinstance(font, PDFCIDFont):
            if isinstance(font.cmap, CMap) and not font.cmap.code2cid:
                self._decode = _two_bytes
            elif font.cidcoding in COLLECTIONS and not isinstance(font.cmap, IdentityCMap):
                self._collection = CMapDB.get_unicode_map(font.cidcoding, self.vertical)

    def decode(self, data: bytes) -> Iterable[int]:
        return self._decode(data)

    def look_up(self, code: int) -> tuple[str, float]:
        """Remember and return the entry of a code that is not in `known` yet."""
        entry = (clean(self._character(code)), float(self._font.char_width(code)))
        self.known[code] = entry
        return entry

    def _character(self, code: int) -> str:
        if self._collection is not None and code in self._collection.cid2unichr:
            return self._collection.cid2unichr[code]
        try:
            character = str(self._font.to_unichr(code))
        except PDFUnicodeNotDefined:
            return LOST
        # Some producers map the ligature f_f_i to its last letter; the name of the glyph knows better.
        named = getattr(self._font, "cid2unicode", {}).get(code, "")
        return named if len(named) > len(character) and named.endswith(character) else character


def clean(text: str) -> str:
    """The visible character or characters of a glyph: ligatures and radicals as plain letters, no controls, no
    private use.
    """
    if len(text) == 1 and " " < text < "\x7f":
        return text
    kept: list[str] = []
    for char in text:
        if char in SPACES:
            kept.append(" ")
            continue
        code = ord(char)
        if any(first <= code <= last for first, last in FOLDED):
            kept.append(unicodedata.normalize("NFKC", char))
        elif unicodedata.category(char) in {"Co", "Cs", "Cn"}:
            kept.append(LOST)
        elif unicodedata.category(char) not in {"Cc", "Cf"} or char == "\u00ad":
            kept.append(char)
    joined = "".join(kept)
    return joined.strip() or joined[:1]


def _two_bytes(data: bytes) -> Iterable[int]:
    return (data[i] << 8 | data[i + 1] for i in range(0, len(data) - 1, 2))


def _type3_em(font: Any) -> float:
    """Height of a Type 3 font of size 1: its glyph space is whatever the FontMatrix says, its FontBBox may be all
    zero.
    """
    height = abs(font.bbox[3] - font.bbox[1]) * abs(font.vscale)
    return float(height) if 0.05 <= height <= 20 else 1.0
