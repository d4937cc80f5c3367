"""Text of a notification as lines that can be searched: one separator at most, folded copies of the same length.

All expressions of this parser run on such text, so that none needs a repetition of blanks: their time grows with the
length of the text alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

MAX_TEXT: Final = 200_000
"""Characters of a form that are read; the long fields of an item hold half of it together."""
MAX_LINES: Final = 20_000

MAX_LABEL: Final = 700
"""Characters of the longest label; that of point 2 has 350 in French."""

_BLANKS: Final = re.compile(r"[^\S\n]+")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff\u00ad\ud800-\udfff]")
_RULE: Final = re.compile(r"[_=* ]+|[.\-–— ]{3,}|[-–—] ?\d{1,3} ?[-–—]")
"""A line drawn with signs, or the number of a page."""
_STEP: Final = re.compile(r"[ \n,;.()\[\]/'\-–¹²³]|(?P<colon>:(?!//))|(?P<word>[^\W_]+)")
_EXPLANATION: Final = re.compile(r" ?\([^()]*(?:\([^()]*\)[^()]*)*\)")
MAX_STRANGE: Final = 6
_APOSTROPHES: Final = dict.fromkeys("‘’´`ʼ＇", "'")


def lines_of(texts: Iterable[str]) -> list[str]:
    """Lines without what no reader sees; a tabulator parts cells and therefore lines."""
    left, lines = MAX_TEXT, list[str]()
    for text in texts:
        kept = text[:left]
        left -= len(kept)
        plain = _CONTROLS.sub("", re.sub(r"[\t\r\v\f\x85\u2028\u2029]", "\n", kept))
        for line in unicodedata.normalize("NFC", plain).split("\n"):
            tidied = _BLANKS.sub(" ", line).strip()
            if tidied and not _RULE.fullmatch(tidied):
                lines.append(tidied)
        if left <= 0 or len(lines) >= MAX_LINES:
            break
    return lines[:MAX_LINES]


def fold(text: str) -> str:
    """Small letters without accents, character by character: a place in it is one in the text."""
    return "".join(map(_folded, text))


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.get(char, char)).casefold()
    return plain[0] if plain and not plain[0].isspace() else char


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def cut(text: str, longest: int) -> str:
    """The text, or its beginning with "…" where it is too long to be stored."""
    text = text.strip()
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def phrase(words: str) -> str:
    """The expression of words that may stand on two lines, and of an apostrophe with a blank after it."""
    return words.replace("' ", "'").replace("'", "' ?").replace(" ?", "\0").replace(" ", "[ \n]").replace("\0", " ?")


def label_end(folded: str, at: int, words: frozenset[str]) -> tuple[int, bool]:
    """Where a label ends whose head ends at ``at``, and whether in a colon.

    An explanation in brackets is part of it whatever it says; of the other words before the colon one in five may be
    none of ``words``, as forms differ. Without a colon the label ends at the last end of a line before such a word, or
    at ``at``.
    """
    last, limit = at, min(len(folded), at + MAX_LABEL)
    known = strange = 0
    if explanation := _EXPLANATION.match(folded, at, limit):
        at = explanation.end()
    while at < limit and strange <= MAX_STRANGE and (step := _STEP.match(folded, at)):
        if step["colon"] and strange * 4 <= known:
            return step.end(), True
        if word := step["word"]:
            plain = word.rstrip("0123456789")
            if plain in words or (not plain and len(word) < 3):
                known += 1
            else:
                strange += 1
        elif step[0] == "\n" and not strange:
            last = step.end()
        at = step.end()
    return (len(folded) if at >= len(folded) and not strange else last), False
