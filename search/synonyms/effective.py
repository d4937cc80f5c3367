"""The glossary that the bundled one and the rules of staff make together.

What a word finds is worked out here, once: the names that rules give it, its own bundled names, and what the names that
rules give it are translated to. Rules are not followed from one to the next, so however they point at each other
nothing grows beyond ``MAX_NAMES``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from search.analysis import TOKEN, is_chinese
from search.designations import Designation, try_parse
from search.glossary import Entry, Glossary, Units, english_key, fold, singular_of, units_of
from search.synonyms.aliases import Aliases
from search.synonyms.rules import MAX_NAMES, Kind, Rule


class Script(StrEnum):
    CHINESE = "chinese"
    ENGLISH = "english"
    MIXED = "mixed"


class Place(NamedTuple):
    """Where a term is kept: spellings of one term have the same place."""

    script: Script
    key: str | Units


@lru_cache(maxsize=20_000)
def places_of(term: str, stopwords: frozenset[str]) -> tuple[Place, ...]:
    """The places of a term that has at least one word: an English one is kept under its singular as well."""
    if not is_chinese(term):
        key = english_key(term, stopwords)
        return tuple(dict.fromkeys((Place(Script.ENGLISH, key), Place(Script.ENGLISH, singular_of(key)))))
    words = TOKEN.findall(term)
    return (Place(Script.CHINESE, words[0]) if len(words) == 1 else Place(Script.MIXED, units_of(term)),)


def direct_names(rule: Rule) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each term of a rule with the names that the rule itself gives it."""
    match rule.kind:
        case Kind.EQUIVALENT:
            for at, term in enumerate(rule.terms):
                yield term, rule.terms[:at] + rule.terms[at + 1 :]
        case Kind.ONE_WAY:
            yield from ((term, rule.targets) for term in rule.terms)
        case Kind.TRANSLATION:
            yield from ((term, rule.targets) for term in rule.terms)
            yield from ((target, rule.terms) for target in rule.targets)


def effective(base: Glossary, rules: Iterable[Rule]) -> Glossary:
    """``base`` with the enabled ones of these rules."""
    enabled = [rule for rule in rules if rule.enabled]
    entries = _entries(base)
    bundled, direct, translated, inherited = (_Terms(base.stopwords) for _one in range(4))
    bundled.take(entries)
    for rule in enabled:
        if rule.kind is Kind.BLOCKED:
            bundled.block(rule)
    for rule in enabled:
        for term, names in direct_names(rule):
            direct.add(term, names)
            if rule.kind is Kind.TRANSLATION:
                translated.add(term, names)
    for rule in enabled:
        if rule.kind is not Kind.TRANSLATION:
            for term, names in direct_names(rule):
                inherited.add(term, [far for name in names for far in (*translated.of(name), *bundled.of(name))])
    for place in bundled.blocked:
        del entries[place]
        if place in bundled.names:
            entries[place] = _entry(bundled.texts[place], bundled.names[place])
    for place, given in direct.names.items():
        more = [*given, *bundled.names.get(place, ()), *inherited.names.get(place, ())]
        entries[place] = _entry(direct.texts[place], more)
    return _glossary(base, entries, enabled)


class _Terms:
    """Names of terms, by place; ``texts`` has the terms as they are written."""

    def __init__(self, stopwords: frozenset[str]) -> None:
        self.stopwords = stopwords
        self.names: dict[Place, list[str]] = {}
        self.texts: dict[Place, str] = {}
        self.blocked: set[Place] = set()

    def take(self, entries: Mapping[Place, Entry]) -> None:
        for place, entry in entries.items():
            self.names[place] = [*entry.english, *entry.chinese]
            self.texts[place] = entry.text

    def of(self, term: str) -> list[str]:
        """The names of a term."""
        return next((self.names[place] for place in self._places(term) if place in self.names), [])

    def add(self, term: str, names: Sequence[str]) -> None:
        """Behind what there is already."""
        for place in self._places(term):
            self.names.setdefault(place, []).extend(names)
            self.texts.setdefault(place, term)

    def block(self, rule: Rule) -> None:
        """Take the rule's targets, or all names, away from its terms, and the terms from those names."""
        for term in rule.terms:
            wrong = rule.targets or tuple(self.of(term))
            for place in self._places(term):
                self._without(place, wrong)
                if not rule.targets:
                    self.names.pop(place, None)
            for name in wrong:
                for place in self._places(name):
                    self._without(place, [term])

    def _without(self, place: Place, names: Iterable[str]) -> None:
        gone = set(map(fold, names))
        if place in self.names:
            self.blocked.add(place)
            self.names[place] = [name for name in self.names[place] if fold(name) not in gone]

    def _places(self, term: str) -> tuple[Place, ...]:
        return places_of(term, self.stopwords)


def _entry(term: str, names: Iterable[str]) -> Entry:
    """Each name once, in order, at most ``MAX_NAMES`` in a language, and not the term itself."""
    once: dict[str, str] = {}
    for name in names:
        once.setdefault(fold(name), name)
    once.pop(fold(term), None)
    english = [name for name in once.values() if not is_chinese(name)]
    chinese = [name for name in once.values() if is_chinese(name)]
    return Entry(term, tuple(english[:MAX_NAMES]), tuple(chinese[:MAX_NAMES]))


def _entries(glossary: Glossary) -> dict[Place, Entry]:
    return {
        **{Place(Script.CHINESE, key): entry for key, entry in glossary.chinese.items()},
        **{Place(Script.ENGLISH, key): entry for key, entry in glossary.english.items()},
        **{Place(Script.MIXED, units): entry for units, entry in glossary.mixed.items()},
    }


def _glossary(base: Glossary, entries: dict[Place, Entry], rules: Sequence[Rule]) -> Glossary:
    chinese = {str(key): entry for (script, key), entry in entries.items() if script is Script.CHINESE}
    return replace(
        base,
        chinese=chinese,
        english={str(key): entry for (script, key), entry in entries.items() if script is Script.ENGLISH},
        mixed={tuple(key): entry for (script, key), entry in entries.items() if script is Script.MIXED},
        careful=frozenset(chinese.keys() - base.chinese.keys()),
        aliases=Aliases(dict(_aliases(rules))),
    )


def _aliases(rules: Iterable[Rule]) -> Iterator[tuple[str, tuple[Designation, ...]]]:
    for rule in rules:
        if rule.kind is Kind.ALIAS:
            meant = tuple(designation for target in rule.targets if (designation := try_parse(target)))
            yield from ((term, meant) for term in rule.terms)
