"""Marking what a query matched in the original text; the index is not asked, so every engine marks alike."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from search.results import Marked
from search.stems import english
from search.text import Token, has_cjk, query_words, tokens

SNIPPET = 160
"""Characters of a snippet, about two lines."""
LEAD = 40
"""Characters shown before the first match."""
MAX_TEXT = 20_000
"""Characters of a text looked at; a page has 3,000, the longest scope note 8,000."""

Needle = tuple[str, ...]


def needles(names: Iterable[str]) -> frozenset[Needle]:
    """What to look for: for Latin names the stems in their order, for Chinese names the words and all of the name."""
    found: set[Needle] = set()
    for name in names:
        if has_cjk(name):
            found.add((name,))
            found.update((word.text,) for word in query_words(name) if word.cjk and len(word.text) > 1)
        elif stems := tuple(_stem(token.text) for token in tokens(name)):
            found.add(stems)
    return frozenset(found)


def mark(text: str, wanted: frozenset[Needle]) -> Marked:
    """The whole text, matches marked."""
    text = text[:MAX_TEXT]
    return _marked(text, _matches(text, wanted))


def snippet(text: str, wanted: frozenset[Needle]) -> Marked:
    """The stretch of the text that has the most different matches, the first of such; empty where nothing matches."""
    text = " ".join(text[:MAX_TEXT].split())
    found = _matches(text, wanted)
    if not found:
        return Marked()
    first = _richest(text, found)
    start = _word_start(text, max(found[first][0] - LEAD, 0))
    end = _word_end(text, start + SNIPPET)
    found = [span for span in found if span[1] > start]
    inside = [(max(low - start, 0), min(high, end) - start) for low, high in found if low < end]
    spans = _marked(text[start:end], inside).spans
    before = (("… ", False),) if start else ()
    after = ((" …", False),) if end < len(text) else ()
    return Marked((*before, *spans, *after))


def _richest(text: str, found: list[tuple[int, int]]) -> int:
    """Which match a snippet begins with, so that it shows as many different ones as it can hold."""
    words = [_stem(text[low:high].casefold()) for low, high in found]
    best, most, until = 0, 0, 0
    for at, (low, _high) in enumerate(found):
        while until < len(found) and found[until][1] <= low + SNIPPET - LEAD:
            until += 1
        if (different := len(set(words[at:until]))) > most:
            best, most = at, different
    return best


def _matches(text: str, wanted: frozenset[Needle]) -> list[tuple[int, int]]:
    """Non-overlapping (start, end), in order."""
    found: list[tuple[int, int]] = []
    latin: list[Token] = []
    for token in tokens(text):
        if not token.cjk:
            latin.append(token)
    stems = [_stem(token.text) for token in latin]
    lengths = sorted({len(needle) for needle in wanted}, reverse=True)
    for at in range(len(latin)):
        for length in lengths:
            words = tuple(stems[at : at + length])  # fewer at the end of the text
            if words in wanted:
                found.append((latin[at].start, latin[at + len(words) - 1].end))
                break
    for name, *rest in wanted:
        if not rest and has_cjk(name):
            start = text.find(name)
            while start >= 0:
                found.append((start, start + len(name)))
                start = text.find(name, start + len(name))
    return _merged(found)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _marked(text: str, found: list[tuple[int, int]]) -> Marked:
    spans: list[tuple[str, bool]] = []
    at = 0
    for low, high in found:
        if low > at:
            spans.append((text[at:low], False))
        spans.append((text[low:high], True))
        at = high
    if at < len(text):
        spans.append((text[at:], False))
    return Marked(tuple(spans))


def _word_start(text: str, at: int) -> int:
    """The beginning of the word at ``at``, or ``at`` where that word is long (Chinese has no spaces)."""
    space = text.rfind(" ", max(at - 20, 0), at)
    return space + 1 if space >= 0 else at


def _word_end(text: str, at: int) -> int:
    """The end of the last word that ends before ``at``, or ``at`` where there is none near."""
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", max(at - 20, 0), at + 1)
    return space if space >= 0 else at


@lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    # A word too long to be one has no stem, in the index either.
    stems = english([word]) if word.isascii() else []
    return stems[0] if stems else word
