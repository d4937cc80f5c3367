"""Which script a character belongs to, as far as joining lines needs it."""

from __future__ import annotations

import re

RTL = re.compile(r"[\u0590-\u08ff]")
LTR_RUN = re.compile(r"[^\s\u0590-\u08ff()\[\]{}<>«»]+")
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def is_cjk(char: str) -> bool:
    """Whether a character is written without word spaces: ideographs, kana, bopomofo, their punctuation and
    full-width forms.

    Hangul is not: Korean puts spaces between words.
    """
    code = ord(char)
    if code < 0x2E80:
        return False
    return (
        code <= 0x312F  # radicals, CJK punctuation, kana, bopomofo
        or 0x31A0 <= code <= 0x4DBF  # bopomofo extended, strokes, kana extensions, enclosed letters, extension A
        or 0x4E00 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xFE30 <= code <= 0xFE4F
        or 0xFF00 <= code <= 0xFFEF
        or 0x20000 <= code <= 0x323AF
    )


def is_han(char: str) -> bool:
    code = ord(char)
    return 0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF or 0x20000 <= code <= 0x323AF


def logical_order(text: str) -> str:
    """A line in reading order from one in the order of its places, where it is in Hebrew or Arabic letters.

    A plain case of the Unicode bidirectional algorithm (UAX 9): the line runs right to left, words of other scripts and
    numbers in it left to right.
    """
    if not RTL.search(text):
        return text
    return LTR_RUN.sub(lambda match: match[0][::-1], text[::-1].translate(MIRRORED))
