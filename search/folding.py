"""A text as the index sees it, and where each of its characters stands in the text as it was written.

``text.fold`` changes lengths: accents go, ligatures and full-width forms come apart, white space between Chinese
characters is none. What is found in the folded text is shown in the original.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from search.text import GAP, fold

# Characters that folding leaves alone but for their case, one for one, as long as none that combines follows.
_PLAIN = "\x00-\x7f\u3001-\u3003\u3008-\u3011\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_OTHERS = re.compile(rf"[^{_PLAIN}]+")
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Folded:
    """``starts`` and ``ends`` say of each character of ``text`` where what it was made of stands in ``original``."""

    text: str
    original: str
    starts: Sequence[int]
    ends: Sequence[int]

    def place(self, low: int, high: int) -> tuple[int, int]:
        """Where ``text[low:high]`` stands in the original, with all that combines with its last character."""
        return self.starts[low], whole_end(self.original, self.ends[high - 1])


def folded(original: str) -> Folded:
    """``text.fold`` of the original, without the white space between CJK characters."""
    if original.isascii():
        return Folded(original.lower(), original, range(len(original)), range(1, len(original) + 1))
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    at = 0
    for match in _OTHERS.finditer(original):
        low, high = match.span()
        low -= low > at and _goes_with_the_one_before(original[low])
        pieces.append(original[at:low].lower())
        starts.extend(range(at, low))
        ends.extend(range(at + 1, low + 1))
        for piece, start, end in _units(original[low:high]):
            pieces.append(piece)
            starts.extend([low + start] * len(piece))
            ends.extend([low + end] * len(piece))
        at = high
    pieces.append(original[at:].lower())
    starts.extend(range(at, len(original)))
    ends.extend(range(at + 1, len(original) + 1))
    return _without_gaps(Folded("".join(pieces), original, starts, ends))


def whole_end(text: str, at: int) -> int:
    """``at``, or the end of the character that it would cut in two: accents, variants and joined emoji stay whole."""
    while 0 < at < len(text) and (_combines(text[at]) or text[at - 1] == "\u200d"):
        at += 1
    return at


@lru_cache(maxsize=4096)
def _units(run: str) -> tuple[tuple[str, int, int], ...]:
    """Characters, with what combines with them, folded each by itself where that gives the same as folding them
    together, else all of them as one."""
    starts = [at for at, char in enumerate(run) if not at or not _goes_with_the_one_before(char)]
    units = tuple((fold(run[low:high]), low, high) for low, high in pairwise([*starts, len(run)]))
    return units if "".join(piece for piece, _low, _high in units) == fold(run) else ((fold(run), 0, len(run)),)


@lru_cache(maxsize=1024)
def _goes_with_the_one_before(char: str) -> bool:
    return not fold(char) or _combines(unicodedata.normalize("NFKD", char)[0])


def _combines(char: str) -> bool:
    """Accents, signs over and under letters, variant selectors, joiners, and vowels and finals of Korean syllables."""
    if char < "\u0300":
        return False
    return char in _JOINERS or "\u1160" <= char <= "\u11ff" or unicodedata.category(char)[0] == "M"


def _without_gaps(found: Folded) -> Folded:
    gaps = [match.span() for match in GAP.finditer(found.text)]
    if not gaps:
        return found
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    at = 0
    for low, high in [*gaps, (len(found.text), len(found.text))]:
        pieces.append(found.text[at:low])
        starts.extend(found.starts[at:low])
        ends.extend(found.ends[at:low])
        at = high
    return Folded("".join(pieces), found.original, starts, ends)
