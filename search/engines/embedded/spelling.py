"""Words of the index near a mistyped one."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator

import tantivy

from search.engines.base import NearWord
from search.engines.embedded.mapping import SPELLING
from search.engines.values import distance_within

_NEAR_AT_MOST = 20


def edits(word: str, alphabet: Iterable[str]) -> Iterator[str]:
    """Every string one edit away: a letter left out, two swapped, one put for another, one put in."""
    letters = tuple(alphabet)
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in letters:
            if tail:
                yield head + letter + tail[1:]
            yield head + letter + tail


class Vocabulary:
    """The words of titles with the number of records that hold them, read once per state of the index."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: tuple[int, int] | None = None
        self._counts: dict[str, int] = {}
        self._by_letter: dict[str, list[str]] = {}

    def near(self, searcher: tantivy.Searcher, word: str, distance: int) -> tuple[NearWord, ...]:
        """Words one edit away, and those two away that begin with the same letter (few typing errors fall on the
        first)."""
        counts, by_letter = self._words(searcher)
        found: dict[str, int] = {}
        if distance >= 1:
            alphabet = sorted(set("abcdefghijklmnopqrstuvwxyz0123456789") | set(word))
            found = {edit: 1 for edit in edits(word, alphabet) if edit != word and edit in counts}
        if distance >= 2:
            for other in by_letter.get(word[0], ()):
                if other not in found and other != word and distance_within(word, other, 2):
                    found[other] = 2
        near = (NearWord(other, counts[other], away) for other, away in found.items())
        return tuple(sorted(near, key=lambda each: (each.distance, -each.count, each.word))[:_NEAR_AT_MOST])

    def words(self, searcher: tantivy.Searcher) -> Iterable[str]:
        return self._words(searcher)[0]

    def _words(self, searcher: tantivy.Searcher) -> tuple[dict[str, int], dict[str, list[str]]]:
        state = (searcher.num_docs, searcher.num_segments)
        with self._lock:
            if self._state != state:
                self._counts = dict(searcher.terms_with_prefix(SPELLING, ""))
                by_letter: dict[str, list[str]] = defaultdict(list)
                for word in self._counts:
                    by_letter[word[0]].append(word)
                self._by_letter = dict(by_letter)
                self._state = state
            return self._counts, self._by_letter
