"""Words of one language for words of the other, and the words that titles use for those people type.

The data lie in ``search/data``: ``glossary/*.yml`` (Chinese term → English terms), ``synonyms.yml``, ``stopwords.yml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a Chinese run: a term of the glossary, or what lies between terms (``english`` empty)."""

    text: str
    english: tuple[str, ...] = ()


@dataclass(frozen=True)
class Glossary:
    """``english``: Chinese term → English terms, best first; ``synonyms``: folded words → words used in their place."""

    english: dict[str, tuple[str, ...]]
    synonyms: dict[str, tuple[str, ...]]
    stopwords: frozenset[str]
    chinese_stopwords: frozenset[str]
    weak: frozenset[str]
    """Words that half of all titles have: they add to the score and are not required."""
    connectives: frozenset[str]
    """Characters that only join two terms."""

    @cached_property
    def chinese(self) -> dict[str, tuple[str, ...]]:
        """English term, folded → Chinese terms."""
        found: dict[str, list[str]] = {}
        for term, translations in self.english.items():
            for translation in translations:
                for form in {fold(translation), _singular(fold(translation))}:
                    found.setdefault(form, []).append(term)
        return {form: tuple(dict.fromkeys(terms)) for form, terms in found.items()}

    @cached_property
    def _longest_chinese(self) -> int:
        return max(map(len, (*self.english, *self.chinese_stopwords)), default=1)

    @cached_property
    def _longest_english(self) -> int:
        return max((form.count(" ") + 1 for form in (*self.synonyms, *self.chinese)), default=1)

    def segment(self, run: str) -> tuple[Piece, ...]:
        """A Chinese run cut into the longest terms that begin at each place, stop words left out.

        Where everything is a stop word (``标准``, ``最新标准``) the whole run comes back as one piece: it is all there
        is.
        """
        pieces: list[Piece] = []
        rest, at = "", 0
        while at < len(run):
            term = self._term_at(run, at)
            if not term and pieces and not rest and run[at] in self.connectives and self._term_at(run, at + 1):
                at += 1
                continue
            if not term:
                rest += run[at]
                at += 1
                continue
            if rest:
                pieces.append(Piece(rest))
                rest = ""
            if term in self.english:
                pieces.append(Piece(term, self.english[term]))
            at += len(term)
        if rest:
            pieces.append(Piece(rest))
        return tuple(pieces) or (Piece(run, self.english.get(run, ())),)

    def _term_at(self, run: str, at: int) -> str:
        for length in range(min(self._longest_chinese, len(run) - at), 0, -1):
            term = run[at : at + length]
            if term in self.english or term in self.chinese_stopwords:
                return term
        return ""

    def runs(self, words: list[str]) -> Iterator[tuple[int, int, tuple[str, ...], tuple[str, ...]]]:
        """Longest runs of English words, from the left, that have another name.

        Yields (first word, one past the last, English alternatives, Chinese terms).
        """
        at = 0
        while at < len(words):
            for end in range(min(len(words), at + self._longest_english), at, -1):
                form = fold(" ".join(words[at:end]))
                english, chinese = self.synonyms.get(form, ()), self._chinese_for(form)
                if english or chinese:
                    yield at, end, english, chinese
                    at = end
                    break
            else:
                at += 1

    def _chinese_for(self, form: str) -> tuple[str, ...]:
        return self.chinese.get(form) or self.chinese.get(_singular(form), ())


def fold(text: str) -> str:
    """Lower case, hyphens as spaces, one space between words."""
    return " ".join(text.casefold().replace("-", " ").split())


def _singular(form: str) -> str:
    """A plain plural without its ``s``; both sides of a look-up go through it, so it need not be grammatical."""
    return form[:-1] if form.endswith("s") and not form.endswith("ss") and len(form) > 3 else form


def _split(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _glossary_terms(paths: Iterable[Path]) -> dict[str, tuple[str, ...]]:
    terms: dict[str, tuple[str, ...]] = {}
    for path in sorted(paths):
        for names, value in yaml.safe_load(path.read_text("utf-8"))["terms"].items():
            for name in names.split("|"):
                terms[name] = _split(value)
    return terms


@lru_cache(maxsize=1)
def bundled() -> Glossary:
    """The glossary that comes with the portal, read once."""
    synonyms: dict[str, tuple[str, ...]] = {}
    for section in yaml.safe_load((DATA / "synonyms.yml").read_text("utf-8")).values():
        if isinstance(section, dict):
            synonyms.update((fold(str(word)), _split(value)) for word, value in section["terms"].items())
    stop = yaml.safe_load((DATA / "stopwords.yml").read_text("utf-8"))
    return Glossary(
        english=_glossary_terms((DATA / "glossary").glob("*.yml")),
        synonyms=synonyms,
        stopwords=frozenset(str(word) for word in stop["words"]),
        chinese_stopwords=frozenset(stop["chinese"]),
        weak=frozenset(map(fold, stop["weak"])),
        connectives=frozenset(stop["connectives"]),
    )
