"""Suggestions while typing: designations that begin so, then titles with the words so far, then with their other names.

The name of a standard (等保) suggests the standard before all else. Terms that begin so are suggested as well, since
few titles are Chinese and a term is found in the titles of either language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search import highlight
from search.analysis import clean
from search.clauses import Hit
from search.engines import get_engine
from search.glossary import Glossary
from search.lines import Line
from search.loading import load
from search.results import Marked
from search.synonyms import live

MIN_LENGTH = 2
"""Characters; fewer say nothing, but for Chinese, where one is a word."""
MAX_SIZE = 20
MAX_TERMS = 4
MAX_NAMES = 3
"""Other names that are completed as well; each may cost a question to the engine."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A record that may be meant."""

    designation: str
    title: Marked
    status: str
    url: str


@dataclass(frozen=True, slots=True)
class Term:
    """A Chinese term to search for, with its first English name."""

    text: str
    english: str


def terms(typed: str) -> tuple[Term, ...]:
    """At most ``MAX_TERMS`` terms that begin with what was typed and say more, the shortest first."""
    text = clean(typed)
    if not text or text.isascii():
        return ()
    entries = (entry for term, entry in live.glossary().chinese.items() if term.startswith(text) and term != text)
    longer = sorted((entry for entry in entries if entry.english), key=lambda entry: len(entry.text))
    return tuple(Term(entry.text, entry.english[0]) for entry in longer[:MAX_TERMS])


def suggest(typed: str, size: int = 8) -> tuple[Completion, ...]:
    """At most ``size`` records, best first; none for what is too short. Raises EngineError."""
    text = clean(typed)
    if not text or (text.isascii() and len(text) < MIN_LENGTH):
        return ()
    size = min(max(size, 1), MAX_SIZE)
    names = _names(text, live.glossary())
    hits = [Hit(key, 0.0) for key in _keys(names, size)]
    wanted = highlight.needles(names, unfinished=True)
    lines = load(hits).lines
    return tuple(
        Completion(one.designation, highlight.mark(_title(one), wanted), one.status, one.url)
        for hit in hits
        if (one := lines.get(hit.key))
    )


def _title(line: Line) -> str:
    return line.ordered[0][1] if line.titles else ""


def _names(text: str, glossary: Glossary) -> list[str]:
    """What to complete, first what comes first."""
    meant = [one.canonical for alias in glossary.aliases.find(text) if alias.text == text for one in alias.designations]
    return [*meant[:MAX_NAMES], text, *glossary.entry(text).names[1 : MAX_NAMES + 1]]


def _keys(names: Iterable[str], size: int) -> list[str]:
    """No further name is asked for once there are enough."""
    keys: dict[str, None] = {}
    for name in names:
        if len(keys) < size:
            keys.update(dict.fromkeys(get_engine().suggest(name, size)))
    return list(keys)[:size]
