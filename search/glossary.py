"""Words of one language for words of the other, and the words that titles use for those people type.

The bundled data lie in ``search/data``: ``glossary/*.yml`` (Chinese term → English terms), ``synonyms.yml``,
``stopwords.yml``. What staff add to them: ``search.synonyms``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

from search.analysis import TOKEN, is_chinese
from search.edges import edges
from search.synonyms.aliases import Aliases

DATA = Path(__file__).parent / "data"

Units = tuple[str, ...]
"""A term as words of a query: Latin words folded, Chinese characters one by one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and its other names in each language, best first."""

    text: str
    english: tuple[str, ...] = ()
    chinese: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The term and all of its names."""
        return (self.text, *self.english, *self.chinese)


@dataclass(frozen=True)
class Glossary:
    """``chinese`` is keyed by the term itself, ``english`` by ``english_key``, ``mixed`` (X射线) by ``units_of``."""

    chinese: Mapping[str, Entry]
    english: Mapping[str, Entry]
    mixed: Mapping[Units, Entry]
    stopwords: frozenset[str]
    chinese_stopwords: frozenset[str]
    weak: frozenset[str]
    """Words that half of all titles have: they add to the score and are not required."""
    connectives: frozenset[str]
    """Characters that only join two terms."""
    careful: frozenset[str] = frozenset()
    """Chinese terms that count only as whole words: nobody has looked whether others have them inside."""
    aliases: Aliases = field(default_factory=Aliases)

    @cached_property
    def _longest_chinese(self) -> int:
        return max(map(len, (*self.chinese, *self.chinese_stopwords)), default=1)

    @cached_property
    def _longest_english(self) -> int:
        return max((form.count(" ") + 1 for form in self.english), default=1)

    @cached_property
    def _mixed_by_first(self) -> dict[str, list[Units]]:
        found: dict[str, list[Units]] = {}
        for units in sorted(self.mixed, key=len, reverse=True):
            found.setdefault(units[0], []).append(units)
        return found

    def segment(self, run: str) -> tuple[Entry, ...]:
        """A Chinese run cut into the longest terms that begin at each place, stop words left out; what lies between
        terms has no other names.

        Where everything is a stop word (``标准``, ``最新标准``) the whole run comes back as one: it is all there is.
        """
        pieces: list[Entry] = []
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
                pieces.append(Entry(rest))
                rest = ""
            if term in self.chinese:
                pieces.append(self.chinese[term])
            at += len(term)
        if rest:
            pieces.append(Entry(rest))
        return tuple(pieces) or (self.chinese.get(run, Entry(run)),)

    def _term_at(self, run: str, at: int) -> str:
        for length in range(min(self._longest_chinese, len(run) - at), 0, -1):
            term = run[at : at + length]
            if term in self.careful and not edges(run).hold(at, at + length):
                continue
            if term in self.chinese or term in self.chinese_stopwords:
                return term
        return ""

    def runs(self, words: Sequence[str]) -> Iterator[tuple[int, int, Entry]]:
        """Longest runs of English words, from the left, that have another name: first word, one past the last, names.

        Stop words inside a run do not count.
        """
        telling = [at for at, word in enumerate(words) if fold(word) not in self.stopwords]
        at = 0
        while at < len(telling):
            for end in range(min(len(telling), at + self._longest_english), at, -1):
                entry = self.named(fold(" ".join(words[telling[place]] for place in range(at, end))))
                if entry.english or entry.chinese:
                    yield telling[at], telling[end - 1] + 1, entry
                    at = end
                    break
            else:
                at += 1

    def named(self, key: str) -> Entry:
        """What there is of an English term, the singular's names where the plural has none."""
        exact, singular = self.english.get(key, Entry(key)), self.english.get(singular_of(key), Entry(key))
        return Entry(exact.text, exact.english or singular.english, exact.chinese or singular.chinese)

    def entry(self, term: str) -> Entry:
        """What there is of a term of either script."""
        words = TOKEN.findall(term)
        if not any(map(is_chinese, words)):
            return self.named(english_key(term, self.stopwords))
        known = self.chinese.get(words[0]) if len(words) == 1 else self.mixed.get(units_of(term))
        return known or Entry(term)

    def take_mixed(self, words: Sequence[str]) -> tuple[list[Entry], list[str]]:
        """The terms of both scripts in these words of a query, and the words that are left."""
        if not self.mixed:
            return [], list(words)
        places = [(unit, word, low) for word, text in enumerate(words) for low, unit in enumerate(_units_of_word(text))]
        found: list[Entry] = []
        left: list[str] = []
        at = done = 0
        while at < len(places):
            begun = self._mixed_by_first.get(places[at][0], ())
            units = next((one for one in begun if _stand(one, words, places, at)), ())
            if units:
                left += _between(words, places, done, at)
                found.append(self.mixed[units])
                done = at + len(units)
            at += len(units) or 1
        return found, left + _between(words, places, done, len(places))


_Place = tuple[str, int, int]
"""A unit, which word it belongs to, and which one of that word's it is."""


def _stand(units: Units, words: Sequence[str], places: Sequence[_Place], at: int) -> bool:
    stretch = places[at : at + len(units)]
    if tuple(unit for unit, _word, _low in stretch) != units:
        return False
    (_first, word, low), (_last, last_word, last_low) = stretch[0], stretch[-1]
    begins = not low or low in edges(words[word]).starts
    return begins and (not is_chinese(words[last_word]) or last_low + 1 in edges(words[last_word]).ends)


def _between(words: Sequence[str], places: Sequence[_Place], start: int, end: int) -> list[str]:
    """The words of a stretch of units."""
    stretch: dict[int, list[int]] = {}
    for _unit, word, low in places[start:end]:
        stretch.setdefault(word, []).append(low)
    return [words[word][lows[0] : lows[-1] + 1] if is_chinese(words[word]) else words[word]
            for word, lows in stretch.items()]  # fmt: skip


def fold(text: str) -> str:
    """Lower case, hyphens as spaces, one space between words."""
    return " ".join(text.casefold().replace("-", " ").split())


def singular_of(form: str) -> str:
    """A plain plural without its ``s``; both sides of a look-up go through it, so it need not be grammatical."""
    return form[:-1] if form.endswith("s") and not form.endswith("ss") and len(form) > 3 else form


def english_key(term: str, stopwords: frozenset[str]) -> str:
    """What of an English term is looked up: its words as a query has them, without stop words if there are others."""
    words = [fold(word) for word in TOKEN.findall(term)]
    return " ".join([word for word in words if word not in stopwords] or words)


def units_of(term: str) -> Units:
    """A term as the words of a query."""
    return tuple(unit for word in TOKEN.findall(term) for unit in _units_of_word(word))


def _units_of_word(word: str) -> Iterable[str]:
    return word if is_chinese(word) else (fold(word),)


def _split(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _glossary_terms(paths: Iterable[Path]) -> dict[str, tuple[str, ...]]:
    terms: dict[str, tuple[str, ...]] = {}
    for path in sorted(paths):
        for names, value in yaml.safe_load(path.read_text("utf-8"))["terms"].items():
            for name in names.split("|"):
                terms[name] = _split(value)
    return terms


def _synonyms(path: Path) -> dict[str, tuple[str, ...]]:
    synonyms: dict[str, tuple[str, ...]] = {}
    for section in yaml.safe_load(path.read_text("utf-8")).values():
        if isinstance(section, dict):
            synonyms.update((str(word), _split(value)) for word, value in section["terms"].items())
    return synonyms


def _english_entries(
    terms: Mapping[str, tuple[str, ...]], synonyms: Mapping[str, tuple[str, ...]], stopwords: frozenset[str]
) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for word, names in synonyms.items():
        found[english_key(word, stopwords)] = Entry(word, english=names)
    for term, translations in terms.items():
        for translation in translations:
            key = english_key(translation, stopwords)
            for form in dict.fromkeys((key, singular_of(key))):
                known = found.get(form, Entry(translation))
                found[form] = Entry(known.text, known.english, tuple(dict.fromkeys((*known.chinese, term))))
    return found


@lru_cache(maxsize=1)
def bundled() -> Glossary:
    """The glossary that comes with the portal, read once."""
    terms = _glossary_terms((DATA / "glossary").glob("*.yml"))
    entries = {term: Entry(term, english=names) for term, names in terms.items()}
    stop = yaml.safe_load((DATA / "stopwords.yml").read_text("utf-8"))
    stopwords = frozenset(str(word) for word in stop["words"])
    mixed = {term for term in terms if len(TOKEN.findall(term)) > 1}
    return Glossary(
        chinese={term: entry for term, entry in entries.items() if term not in mixed},
        english=_english_entries(terms, _synonyms(DATA / "synonyms.yml"), stopwords),
        mixed={units_of(term): entries[term] for term in mixed},
        stopwords=stopwords,
        chinese_stopwords=frozenset(stop["chinese"]),
        weak=frozenset(map(fold, stop["weak"])),
        connectives=frozenset(stop["connectives"]),
    )
