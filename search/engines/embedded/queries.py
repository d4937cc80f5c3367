"""Clauses compiled to tantivy queries, without any query syntax; nothing here reads an index."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import tantivy
from tantivy import FieldType, Occur, Query

from search import text
from search.clauses import (
    AllOf,
    AnyOf,
    Boost,
    Clause,
    Contains,
    Everything,
    Fuzzy,
    Phrase,
    Prefix,
    Range,
    Raw,
    Suffix,
    Term,
    Words,
)
from search.engines.embedded.lexicon import Lexicon
from search.engines.embedded.mapping import GRAMS, number
from search.engines.embedded.parts import Part, part_query, prefix_query
from search.engines.errors import EngineQueryError
from search.engines.values import keyword, require
from search.schema import Field, FieldKind
from search.stems import english

_NUMBERS = (FieldKind.DATE, FieldKind.INTEGER)
_WORD_BONUS = 1.5
"""A word that rjieba also finds in the text, against the same two characters meeting by chance."""
_WHOLE_BONUS = 1.0
"""A long Chinese word found unbroken, on top of its parts found anywhere."""


@dataclass(frozen=True, slots=True)
class Compiler:
    """Turns clauses into queries of one schema. Raises EngineQueryError for what a field can't be asked."""

    schema: tantivy.Schema
    lexicon: Lexicon

    def compile(self, clause: Clause) -> Query:
        match clause:
            case Everything():
                return Query.all_query()
            case Term():
                return self._term(clause)
            case Prefix() | Suffix() | Contains():
                return self._part(clause)
            case Raw():
                return self.lexicon.parse(clause.query)
            case Range():
                return self._range(clause)
            case Words():
                return self._words(clause)
            case Phrase():
                return self._phrase(clause)
            case Fuzzy():
                return self._fuzzy(clause)
            case Boost():
                return self._boost(clause)
            case AllOf():
                return self._all_of(clause)
            case AnyOf():
                return any_of([self.compile(each) for each in clause.clauses], best=clause.best)

    # Leaves

    def _term(self, clause: Term) -> Query:
        """Score 1 for whatever value: a rarer standard number is no better match."""
        name, field = clause.field.name, clause.field
        if not clause.values:
            return Query.empty_query()
        if field.kind in _NUMBERS:
            numbers = [number(field, value) for value in clause.values]
            return constant(any_of([Query.term_query(self.schema, name, value) for value in numbers], best=True), 1.0)
        require(field, FieldKind.KEYWORD, FieldKind.CODE)
        values = [keyword(value) for value in clause.values]
        if len(values) == 1:
            return constant(Query.term_query(self.schema, name, values[0]), 1.0)
        return constant(Query.term_set_query(self.schema, name, values), 1.0)

    def _part(self, clause: Part) -> Query:
        if clause.field.kind in _NUMBERS:
            raise EngineQueryError(f"{clause.field.name} is no text, and has no parts")
        if clause.field.kind is FieldKind.TEXT_ZH and text.has_cjk(clause.value):
            # Where a Chinese word begins and ends is a matter of opinion.
            return constant(self._phrase(Phrase(clause.field, clause.value)), 1.0)
        found = part_query(self.schema, self.lexicon, clause)
        return Query.empty_query() if found is None else constant(found, 1.0)

    def _range(self, clause: Range) -> Query:
        field = clause.field
        if field.kind is FieldKind.KEYWORD:
            within = [value for value in self.lexicon.values(field) if _within(clause, value)]
            return constant(Query.term_set_query(self.schema, field.name, within), 1.0)
        require(field, *_NUMBERS)
        low = None if clause.low is None else number(field, clause.low)
        high = None if clause.high is None else number(field, clause.high)
        if low is None and high is None:
            return constant(Query.exists_query(field.name), 1.0)
        # tantivy takes no range that ends before it begins.
        empty_at = -1 if clause.high_closed and not clause.low_open else 0
        if low is not None and high is not None and high - low <= empty_at:
            return Query.empty_query()
        # tantivy calls an open end inclusive, and refuses it otherwise.
        found = Query.range_query(
            self.schema,
            field.name,
            FieldType.Integer,
            low,
            high,
            include_lower=low is None or not clause.low_open,
            include_upper=high is None or clause.high_closed,
        )
        return constant(found, 1.0)

    def _fuzzy(self, clause: Fuzzy) -> Query:
        name, distance = clause.field.name, min(max(clause.distance, 0), 2)
        word = text.fold(clause.word)
        if not word or len(word) > text.MAX_WORD:
            return Query.empty_query()
        if clause.field.kind is FieldKind.TEXT_EN:
            stems = dict.fromkeys(english([word, *self.lexicon.near(word, distance)]))
            return constant(Query.term_set_query(self.schema, name, list(stems)), 1.0)
        if clause.field.kind in _NUMBERS:
            raise EngineQueryError(f"{name} has no fuzzy search")
        return Query.fuzzy_term_query(self.schema, name, keyword(word), distance=distance)

    # Texts

    def _words(self, clause: Words) -> Query:
        field = clause.field
        if field.kind is FieldKind.CODE:
            found = [Query.term_query(self.schema, field.name, code) for code in text.codes(clause.text)]
            return at_least(found, clause.minimum)
        require(field, FieldKind.TEXT_ZH, FieldKind.TEXT_EN, FieldKind.TEXT)
        words = text.query_words(clause.text)
        required = [word for word in words if not word.stop]
        if not required:
            return at_least([self._word(field, word) for word in words], clause.minimum)
        main = at_least([self._word(field, word) for word in required], clause.minimum)
        stops = [self._word(field, word) for word in words if word.stop]
        return Query.boolean_query([(Occur.Must, main), *((Occur.Should, stop) for stop in stops)]) if stops else main

    def _word(self, field: Field, word: text.QueryWord) -> Query:
        if not word.cjk:
            return self._sequence(field, word.parts)
        if field.kind is not FieldKind.TEXT_ZH:
            # Such a field holds a Chinese run as one term.
            return Query.term_query(self.schema, field.name, word.text)
        if len(word.parts) == 1:
            return self._chinese_word(field, word.text)
        parts = [(Occur.Must, self._chinese_word(field, part)) for part in word.parts]
        whole = Query.boost_query(self._run(field, word.text), _WHOLE_BONUS)
        return Query.boolean_query([*parts, (Occur.Should, whole)])

    def _chinese_word(self, field: Field, word: str) -> Query:
        """The characters anywhere in the text; better if they are a word there."""
        as_word = Query.term_query(self.schema, field.name, word)
        single = len(word) == 1
        anywhere = (
            constant(prefix_query(self.schema, field.name + GRAMS, word), 0.1) if single else self._run(field, word)
        )
        return Query.disjunction_max_query([Query.boost_query(as_word, _WORD_BONUS), anywhere])

    def _run(self, field: Field, run: str) -> Query:
        """Neighbouring CJK characters, as a phrase of pairs."""
        return self._terms(field.name + GRAMS, [run[i : i + 2] for i in range(len(run) - 1)] or [run])

    def _sequence(self, field: Field, parts: Sequence[str], slop: int = 0) -> Query:
        """Latin words next to each other."""
        if field.kind is FieldKind.TEXT_EN:
            return self._terms(field.name, english(parts), slop)
        if field.kind is FieldKind.TEXT_ZH and len(parts) > 1:
            return self._terms(field.name + GRAMS, parts, slop)
        return self._terms(field.name, parts, slop)

    def _terms(self, name: str, terms: Sequence[str], slop: int = 0) -> Query:
        """One term, or several as a phrase, of which tantivy takes no fewer than two."""
        if not terms:
            return Query.empty_query()
        if len(terms) == 1:
            return Query.term_query(self.schema, name, terms[0])
        return Query.phrase_query(self.schema, name, list(terms), slop=slop)

    def _phrase(self, clause: Phrase) -> Query:
        field = clause.field
        require(field, FieldKind.TEXT_ZH, FieldKind.TEXT_EN, FieldKind.TEXT)
        slop = min(max(clause.slop, 0), 50)
        if field.kind is not FieldKind.TEXT_ZH:
            return self._sequence(field, _bounded(text.word_tokens(clause.text)), slop)
        terms = _bounded(text.bigrams(clause.text))
        # The lone last character stands only where the text itself ends; a phrase may end anywhere.
        if len(terms) > 1 and len(terms[-1]) == 1 and text.has_cjk(terms[-1]):
            terms = terms[:-1]
        if len(terms) == 1 and len(terms[0]) == 1 and text.has_cjk(terms[0]):
            return self._chinese_word(field, terms[0])
        return self._terms(field.name + GRAMS, terms, slop)

    # Combinations

    def _boost(self, clause: Boost) -> Query:
        if not (math.isfinite(clause.factor) and clause.factor >= 0):
            raise EngineQueryError(f"Boost of {clause.factor}")
        query = self.compile(clause.clause)
        return constant(query, clause.factor) if clause.constant else Query.boost_query(query, clause.factor)

    def _all_of(self, clause: AllOf) -> Query:
        parts = [(Occur.Must, self.compile(each)) for each in clause.must]
        if not parts:
            parts.append((Occur.Must, constant(Query.all_query(), 0.0)))
        parts += [(Occur.Should, self.compile(each)) for each in clause.should]
        parts += [(Occur.MustNot, self.compile(each)) for each in clause.must_not]
        return Query.boolean_query(parts)


def _bounded(words: str) -> list[str]:
    return [word for word in words.split() if len(word) <= text.MAX_WORD][: text.MAX_QUERY_WORDS]


def _within(clause: Range, value: str) -> bool:
    low, high = clause.low, clause.high
    if not isinstance(low, str | None) or not isinstance(high, str | None):
        raise EngineQueryError(f"{clause.field.name} is compared with texts")
    if low is not None and (value <= low if clause.low_open else value < low):
        return False
    return high is None or (value <= high if clause.high_closed else value < high)


def constant(query: Query, score: float) -> Query:
    return Query.const_score_query(query, score)


def any_of(queries: Sequence[Query], *, best: bool = False) -> Query:
    """At least one of them; of none, nothing."""
    if not queries:
        return Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    if best:
        return Query.disjunction_max_query(queries)
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def at_least(queries: Sequence[Query], share: float) -> Query:
    """``share`` of them, rounded up; at least one."""
    if len(queries) < 2:
        return any_of(queries)
    needed = min(max(math.ceil(share * len(queries) - 1e-9), 1), len(queries))
    return Query.boolean_query([(Occur.Should, query) for query in queries], minimum_number_should_match=needed)


def filtered(query: Query, filters: Iterable[Query], excluded: Iterable[Query] = ()) -> Query:
    """``query`` scores; ``filters`` must hold and ``excluded`` must not, without scoring."""
    parts = [(Occur.Must, query)]
    parts += [(Occur.Must, constant(each, 0.0)) for each in filters]
    parts += [(Occur.MustNot, each) for each in excluded]
    return Query.boolean_query(parts) if len(parts) > 1 else query
