"""English stems, by Snowball as tantivy has it: the index and whatever marks matches must agree on them."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy

MAX_WORD_BYTES = 200
"""Longer words are not indexed and have no stem."""


def build_analyzer(*, stemmed: bool) -> tantivy.TextAnalyzer:
    """Of texts that are words with spaces between already. Documents come folded; a programmer's raw query may not."""
    builder = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
        .filter(tantivy.Filter.remove_long(MAX_WORD_BYTES))
        .filter(tantivy.Filter.lowercase())
    )
    return (builder.filter(tantivy.Filter.stemmer("english")) if stemmed else builder).build()


_ENGLISH = build_analyzer(stemmed=True)


def english(words: Iterable[str]) -> list[str]:
    """Folded words as an index stems them, in order."""
    return _ENGLISH.analyze(" ".join(words))
