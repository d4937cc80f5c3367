"""Marking what a query matched in the original text; the index is not asked, so every engine marks alike.

A name is marked where the index has it as words: not its characters where they meet by chance across other words, and
not single words of it in a text that lacks the rest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from search.edges import Edges, edges
from search.folding import folded, whole_end
from search.needles import Needle, needles, pattern, stem, stems_of, wanted
from search.results import Marked
from search.text import RUN, QueryWord, has_cjk

__all__ = ["Needle", "mark", "needles", "snippet", "wanted"]

SNIPPET = 160
"""Characters of a snippet, about two lines."""
LEAD = 40
"""Characters shown before the first match."""
_SHORT = 300
"""Characters of a text that is worth remembering: titles come again, pages do not."""
MAX_TEXT = 20_000
"""Characters of a text looked at; a page has 3,000, the longest scope note 8,000."""

Span = tuple[int, int]


def mark(text: str, wanted: frozenset[Needle]) -> Marked:
    """The whole text, matches marked."""
    text = text[:MAX_TEXT]
    return _marked(text, _matches(text, wanted))


def snippet(text: str, wanted: frozenset[Needle]) -> Marked:
    """The stretch of the text that has the first match; empty where nothing matches."""
    text = " ".join(text[:MAX_TEXT].split())
    found = _matches(text, wanted)
    if not found:
        return Marked()
    start = _word_start(text, max(found[_richest(text, found)][0] - LEAD, 0))
    end = _word_end(text, min(start + SNIPPET, len(text)), found)
    found = [span for span in found if span[1] > start]
    inside = [(max(low - start, 0), min(high, end) - start) for low, high in found if low < end]
    spans = _marked(text[start:end], inside).spans
    before = (("… ", False),) if start else ()
    after = ((" …", False),) if end < len(text) else ()
    return Marked((*before, *spans, *after))


def _richest(text: str, found: list[Span]) -> int:
    """Which match a snippet begins with, so that it shows as many different ones as it can hold."""
    words = [stem(text[low:high].casefold()) for low, high in found]
    best, most, until = 0, 0, 0
    for at, (low, _high) in enumerate(found):
        while until < len(found) and found[until][1] <= low + SNIPPET - LEAD:
            until += 1
        if (different := len(set(words[at:until]))) > most:
            best, most = at, different
    return best


class _Text:
    """A text taken apart as far as its needles ask. Spans are of the folded text."""

    def __init__(self, original: str) -> None:
        self.folded = folded(original)
        self.text = self.folded.text

    @cached_property
    def runs(self) -> list[Span]:
        """Runs of CJK characters and words of other scripts, in order."""
        return [match.span() for match in RUN.finditer(self.text)]

    @cached_property
    def stems(self) -> list[str]:
        """Of each run its stem; nothing for a CJK run, so that no sequence of words reaches across it."""
        if self.text.isascii():
            return list(map(stem, RUN.findall(self.text)))
        return ["" if has_cjk(self.text[low]) else stem(self.text[low:high]) for low, high in self.runs]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Stem → which of the runs have it."""
        found: dict[str, list[int]] = {}
        for at, one in enumerate(self.stems):
            found.setdefault(one, []).append(at)
        return found

    @cached_property
    def _edges(self) -> dict[int, Edges]:
        return {}

    def sequences(self, words: tuple[str, ...], *, unfinished: bool = False) -> list[Span]:
        """Where the words, not Chinese, stand in this order and next to each other."""
        *first, last = stems_of(words)
        if not first and not unfinished:
            return [self.runs[at] for at in self.places.get(last, ())]
        begins = self.places.get(first[0], ()) if first else range(len(self.runs))
        found = []
        for at in begins:
            end = at + len(first)
            if end >= len(self.runs) or self.stems[at:end] != first:
                continue
            low, high = self.runs[end]
            if self.stems[end] == last or (unfinished and self.text.startswith(words[-1], low)):
                found.append((self.runs[at][0], high))
        return found

    def names(self, name: str, *, unfinished: bool = False) -> list[Span]:
        """Where the name, written in Chinese at least partly, stands as whole words."""
        spans = (match.span() for match in pattern(name).finditer(self.text))
        return [(low, high) for low, high in spans if self._begins(low) and (unfinished or self._ends(high))]

    def has(self, word: QueryWord) -> bool:
        """Whether the engine finds the word: Chinese also across other words."""
        if not word.cjk:
            return bool(self.sequences(word.parts))
        return word.text in self.text or (len(word.parts) > 1 and all(part in self.text for part in word.parts))

    def _begins(self, at: int) -> bool:
        run, low, _high = self._run(at)
        return at == low or (has_cjk(self.text[low]) and at - low in self._edges_of(run).starts)

    def _ends(self, at: int) -> bool:
        run, low, high = self._run(at - 1)
        return at == high or (has_cjk(self.text[low]) and at - low in self._edges_of(run).ends)

    def _run(self, at: int) -> tuple[int, int, int]:
        """The run that holds the character there: which one it is, its beginning and its end."""
        run = bisect_right(self.runs, (at, len(self.text))) - 1
        return run, *self.runs[run]

    def _edges_of(self, run: int) -> Edges:
        if run not in self._edges:
            low, high = self.runs[run]
            self._edges[run] = edges(self.text[low:high])
        return self._edges[run]


_short_text = lru_cache(maxsize=2048)(_Text)


def _matches(original: str, wanted: frozenset[Needle]) -> list[Span]:
    """Non-overlapping (start, end) in the original, in order."""
    text = _short_text(original) if len(original) <= _SHORT else _Text(original)
    found = {span for needle in wanted for span in _places(text, needle)}
    return _merged(text.folded.place(low, high) for low, high in found)


def _places(text: _Text, needle: Needle) -> Iterable[Span]:
    unfinished = needle.unfinished
    if needle.cjk:
        whole = text.names(needle.name, unfinished=unfinished)
    else:
        whole = text.sequences(needle.parts, unfinished=unfinished)
    if whole or needle.whole or not all(map(text.has, needle.required)):
        return whole
    return [span for word in needle.required for span in _word_places(text, word)]


def _word_places(text: _Text, word: QueryWord) -> Iterator[Span]:
    if not word.cjk:
        yield from text.sequences(word.parts)
    elif places := text.names(word.text):
        yield from places
    elif len(word.parts) > 1:
        for part in word.parts:
            yield from text.names(part)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _marked(text: str, found: list[Span]) -> Marked:
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
    return space + 1 if space >= 0 else whole_end(text, at)


def _word_end(text: str, at: int, found: list[Span]) -> int:
    """Where to end near ``at``: after a match that would be cut, else after the last whole word."""
    cut = next((high for low, high in found if low < at < high), 0)
    if cut:
        return cut if cut - at <= SNIPPET else whole_end(text, at)
    if at == len(text):
        return at
    space = text.rfind(" ", max(at - 20, 0), at + 1)
    return space if space > max((high for _low, high in found if high <= at), default=0) else whole_end(text, at)
