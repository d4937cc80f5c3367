"""Whether the title beside a designation is the title of that standard (标准名称核对). Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

ALIKE = 0.6
"""Share of characters in common from which two titles count as the same: a title that was shortened, translated anew or
copied with a mistake is still meant."""
_NOISE = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]")


def differs(written: str, titles: Iterable[str]) -> bool:
    """Whether ``written`` is clearly none of these titles. Only titles in its own script are compared: a title that is
    held in English alone says nothing of a Chinese one."""
    ours = fold(written)
    chinese = bool(_HAN.search(written))
    known = [fold(title) for title in titles if title and bool(_HAN.search(title)) == chinese]
    if len(ours) < 4 or not known:
        return False
    return not any(_same(ours, theirs) for theirs in known)


def fold(title: str) -> str:
    """Without case, width, signs and spaces."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", title).casefold())


def _same(one: str, other: str) -> bool:
    if one in other or other in one:
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
