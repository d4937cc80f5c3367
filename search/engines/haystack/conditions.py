"""One condition of a ``SearchQuerySet``, of one field, as a clause: ``title__startswith="qual"``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from search.clauses import AllOf, AnyOf, Boost, Clause, Contains, Fuzzy, Phrase, Prefix, Range, Suffix, Term, Words
from search.engines.errors import EngineQueryError
from search.engines.haystack.names import Name
from search.engines.haystack.values import as_bound, as_text, as_value
from search.schema import ORDERED_KINDS, WORD_KINDS, Field, FieldKind
from search.text import word_tokens

NOTHING: Clause = AnyOf(())
"""No document."""
LONG_WORD = 6
"""Letters of a word in which two may be wrong."""
_GRAMS = (FieldKind.NGRAM, FieldKind.EDGE_NGRAM)

Lookup = Callable[[Name, Any], Clause]


def condition(name: Name, lookup: str, value: object) -> Clause:
    """``lookup`` is one of Haystack's ``VALID_FILTERS``. Raises EngineQueryError."""
    if name.field.kind is FieldKind.STORED and name.twin is None:
        raise EngineQueryError(f"{name.field.name} is stored and can't be searched")
    clause = _LOOKUPS[lookup](name, value)
    return clause if name.weight == 1.0 else Boost(clause, name.weight)


def _content(name: Name, value: object) -> Clause:
    """The words of a text; elsewhere the value."""
    if name.field.kind in WORD_KINDS or name.field.kind is FieldKind.CODE:
        return Words(name.field, as_text(value))
    return _exact(name, value)


def _exact(name: Name, value: object) -> Clause:
    if name.field.kind in _GRAMS:
        return Words(name.field, as_text(value))
    if name.field.kind in WORD_KINDS:
        return Phrase(name.field, as_text(value))
    return Term(name.whole, _values(name, [value]))


def _in(name: Name, value: object) -> Clause:
    if isinstance(value, str | Iterator) or not isinstance(value, Iterable):
        # An iterator can be read once, and a query is asked for its count and for each page.
        raise EngineQueryError(f"{name.field.name}__in takes a list of values")
    values = list(value)
    if name.field.kind in WORD_KINDS and name.twin is None:
        return AnyOf(tuple(_exact(name, each) for each in values))
    return Term(name.whole, _values(name, values))


def _values(name: Name, values: Collection[object]) -> tuple[Any, ...]:
    """Without those that the field can't hold."""
    field = name.whole
    if field.kind in ORDERED_KINDS:
        bounds = [as_bound(field, each) for each in values]
        return tuple(dict.fromkeys(value for value, exact in bounds if exact))
    texts = [as_text(each) for each in values]
    return tuple(dict.fromkeys(form for text in texts for form in _spellings(name, text)))


def _spellings(name: Name, text: str) -> tuple[str, ...]:
    return name.spellings(text) if name.spellings else (text,)


def _part(kind: type[Prefix] | type[Suffix] | type[Contains]) -> Lookup:
    def lookup(name: Name, value: object) -> Clause:
        """Each word of the text has such a part; a keyword as a whole."""
        field, text = name.field, as_text(value)
        if field.kind in ORDERED_KINDS:
            raise EngineQueryError(f"{field.name} is no text: it has values, and no {kind.__name__.lower()}")
        if field.kind in _GRAMS:
            return Words(field, text)
        if field.kind in WORD_KINDS:
            return all_of([kind(field, word) for word in word_tokens(text).split()])
        return any_of([kind(name.whole, form) for form in _spellings(name, text)])

    return lookup


def _fuzzy(name: Name, value: object) -> Clause:
    field, text = name.field, as_text(value)
    if field.kind in ORDERED_KINDS:
        raise EngineQueryError(f"{field.name} is no text: it has no words that resemble others")
    words = word_tokens(text).split() if field.kind in WORD_KINDS else list(_spellings(name, text))
    return all_of([Fuzzy(field, word, 1 if len(word) < LONG_WORD else 2) for word in words])


def _compared(*, low: bool, closed: bool) -> Lookup:
    def lookup(name: Name, value: object) -> Clause:
        field = _comparable(name)
        bound, exact = as_bound(field, value)
        if low:
            # Above the half of a value is above it; from that half on, too.
            return Range(field, low=bound, low_open=not (closed and exact))
        return Range(field, high=bound, high_closed=closed or not exact)

    return lookup


def _range(name: Name, value: object) -> Clause:
    """Both ends are in."""
    if isinstance(value, str) or not isinstance(value, Collection) or len(value) != 2:
        raise EngineQueryError(f"{name.field.name}__range takes two values")
    field = _comparable(name)
    low, high = value
    bound, exact = as_bound(field, low)
    return Range(field, bound, as_value(field, high), low_open=not exact, high_closed=True)


def _comparable(name: Name) -> Field:
    if name.whole.kind in WORD_KINDS or name.whole.kind is FieldKind.STORED:
        raise EngineQueryError(f"{name.field.name} is kept as words and can't be compared")
    return name.whole


_LOOKUPS: dict[str, Lookup] = {
    "content": _content,
    "exact": _exact,
    "in": _in,
    "contains": _part(Contains),
    "startswith": _part(Prefix),
    "endswith": _part(Suffix),
    "fuzzy": _fuzzy,
    "gt": _compared(low=True, closed=False),
    "gte": _compared(low=True, closed=True),
    "lt": _compared(low=False, closed=False),
    "lte": _compared(low=False, closed=True),
    "range": _range,
}


def all_of(clauses: list[Clause]) -> Clause:
    """Every one; of none, nothing: a text without words is found nowhere."""
    if not clauses:
        return NOTHING
    return clauses[0] if len(clauses) == 1 else AllOf(must=tuple(clauses))


def any_of(clauses: list[Clause], *, best: bool = False) -> Clause:
    return clauses[0] if len(clauses) == 1 else AnyOf(tuple(clauses), best=best)
