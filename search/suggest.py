"""Suggestions while typing: designations that begin so, then titles with the words so far; and terms that begin so,
since few titles are Chinese and a term is found in the titles of either language."""

from __future__ import annotations

from dataclasses import dataclass

from search import highlight
from search.analysis import clean
from search.clauses import Hit
from search.engines import get_engine
from search.glossary import bundled
from search.records import load
from search.results import Marked

MIN_LENGTH = 2
"""Characters; fewer say nothing, but for Chinese, where one is a word."""
MAX_SIZE = 20
MAX_TERMS = 4


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
    entries = (entry for term, entry in bundled().chinese.items() if term.startswith(text) and term != text)
    longer = sorted((entry for entry in entries if entry.english), key=lambda entry: len(entry.text))
    return tuple(Term(entry.text, entry.english[0]) for entry in longer[:MAX_TERMS])


def suggest(typed: str, size: int = 8) -> tuple[Completion, ...]:
    """At most ``size`` records, best first; none for what is too short. Raises EngineError."""
    text = clean(typed)
    if not text or (text.isascii() and len(text) < MIN_LENGTH):
        return ()
    hits = [Hit(key, 0.0) for key in get_engine().suggest(text, min(max(size, 1), MAX_SIZE))]
    wanted = highlight.needles([text])
    standards = load(hits).standards
    return tuple(
        Completion(one.designation, highlight.mark(one.title, wanted), one.status, one.get_absolute_url())
        for hit in hits
        if (one := standards.get(hit.key))
    )
