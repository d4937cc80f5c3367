"""Clauses compiled to Elasticsearch's query language as data; user text only ever becomes values in it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

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
    Value,
    Words,
)
from search.engines.elastic.mapping import CHINESE, GRAMS, PAGES, WRITTEN, spelling_sources, stored
from search.engines.errors import EngineQueryError
from search.engines.shape import PAGE_FIELDS
from search.engines.values import keyword, require
from search.schema import ORDERED_KINDS, WORD_KINDS, Field, FieldKind, Schema

Query: TypeAlias = dict[str, Any]

NOTHING: Query = {"match_none": {}}
_WORD_BONUS = 1.5
"""A word that smartcn also finds in the text, against the same characters meeting by chance."""
_WHOLE_BONUS = 1.0
"""A long Chinese word found unbroken, on top of its parts found anywhere."""
_SINGLE_CHARACTER = 0.1
_LONGEST = 200
"""Characters of a prefix or a phrase; longer ones match nothing."""
_EXACT_KINDS = (FieldKind.KEYWORD, FieldKind.CODE)
_QUOTED = re.compile(r'"(?:[^"\\\\]|\\\\.)*"')
_FIELD_NAME = re.compile(r"(?<![\w\\\\])([A-Za-z_]\w*):")
_TYPES: dict[FieldKind, tuple[type, ...]] = {
    FieldKind.KEYWORD: (str,),
    FieldKind.CODE: (str,),
    FieldKind.INTEGER: (int,),
    FieldKind.FLOAT: (int, float),
    FieldKind.BOOLEAN: (bool,),
    FieldKind.DATE: (date,),
    FieldKind.DATETIME: (date,),
}
_LONG = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Compiler:
    """Turns clauses into queries of one schema. Raises EngineQueryError for what a field can't be asked.

    ``inside`` compiles for the pages nested in a record: what pages are not found by matches none of them.
    """

    schema: Schema
    inside: bool = False
    near: Callable[[str, int], Iterable[str]] | None = None
    """Words of the index within an edit distance of a word."""

    def compile(self, clause: Clause) -> Query:
        match clause:
            case Boost():
                return self._boost(clause)
            case Everything():
                return {"match_all": {}}
            case Raw():
                return NOTHING if self.inside else self._raw(clause)
            case AllOf():
                return self._all_of(clause)
            case AnyOf():
                return any_of([self.compile(each) for each in clause.clauses], best=clause.best)
        if self.inside and clause.field not in PAGE_FIELDS:
            return NOTHING
        match clause:
            case Words():
                return self._words(clause)
            case Term():
                return self._term(clause)
            case Prefix() | Suffix() | Contains():
                return self._part(clause)
            case Range():
                return self._range(clause)
            case Phrase():
                return self._phrase(clause)
            case Fuzzy():
                return self._fuzzy(clause)

    def _name(self, field: Field, sub: str = "") -> str:
        name = f"{PAGES}.{field.name}" if self.inside else field.name
        return f"{name}.{sub}" if sub else name

    # Values

    def _term(self, clause: Term) -> Query:
        """Score 1 for whatever value: a rarer standard number is no better match."""
        field = clause.field
        require(field, *_EXACT_KINDS, *ORDERED_KINDS)
        return constant({"terms": {self._name(field): [value_of(field, each) for each in clause.values]}}, 1.0)

    def _part(self, clause: Prefix | Suffix | Contains) -> Query:
        field = clause.field
        require(field, *_EXACT_KINDS, *WORD_KINDS)
        value = keyword(clause.value) if field.kind in _EXACT_KINDS else text.fold(clause.value)
        if not value or len(value) > _LONGEST:
            return NOTHING
        name = self._name(field)
        if field.kind in WORD_KINDS:
            if text.has_cjk(value) and field.kind in (FieldKind.TEXT_ZH, FieldKind.TEXT_MIXED):
                return constant(phrase(self._name(field, GRAMS), value), 1.0)
            name = self._written(field)
        match clause:
            case Prefix():
                return constant({"prefix": {name: {"value": value}}}, 1.0)
            case Suffix():
                return constant({"wildcard": {name: {"value": f"*{_literal(value)}"}}}, 1.0)
            case Contains():
                return constant({"wildcard": {name: {"value": f"*{_literal(value)}*"}}}, 1.0)

    def _range(self, clause: Range) -> Query:
        field, name = clause.field, self._name(clause.field)
        require(field, *_EXACT_KINDS, *ORDERED_KINDS)
        bounds: dict[str, Any] = {}
        if clause.low is not None:
            bounds["gt" if clause.low_open else "gte"] = value_of(field, clause.low)
        if clause.high is not None:
            bounds["lte" if clause.high_closed else "lt"] = value_of(field, clause.high)
        return constant({"range": {name: bounds}} if bounds else {"exists": {"field": name}}, 1.0)

    def _fuzzy(self, clause: Fuzzy) -> Query:
        field, distance = clause.field, min(max(clause.distance, 0), 2)
        word = text.fold(clause.word)
        if not word or len(word) > text.MAX_WORD:
            return NOTHING
        require(field, *_EXACT_KINDS, *WORD_KINDS)
        if field.kind is FieldKind.TEXT_EN and self.near is not None:
            # Stems hide typing errors, and a word that was meant is found in all of its forms.
            words = " ".join([word, *self.near(word, distance)])
            return constant({"match": {self._name(field): {"query": words, "operator": "or"}}}, 1.0)
        near = {"value": word, "fuzziness": distance, "max_expansions": 200}
        return constant({"fuzzy": {self._written(field): near}}, 1.0)

    def _written(self, field: Field) -> str:
        """Where the words of a text stand as they are written, if anywhere."""
        kept = field.kind is FieldKind.TEXT_EN and field in spelling_sources(self.schema)
        return self._name(field, WRITTEN if kept or field.kind is FieldKind.TEXT_MIXED else "")

    # Texts

    def _words(self, clause: Words) -> Query:
        field = clause.field
        if field.kind is FieldKind.CODE:
            found: list[Query] = [{"term": {self._name(field): {"value": code}}} for code in text.codes(clause.text)]
            return at_least(found, clause.minimum)
        require(field, *WORD_KINDS)
        words = text.query_words(clause.text)
        required = [word for word in words if not word.stop]
        if not required:
            return at_least([self._word(field, word) for word in words], clause.minimum)
        main = at_least([self._word(field, word) for word in required], clause.minimum)
        stops = [self._word(field, word) for word in words if word.stop]
        return {"bool": {"must": [main], "should": stops}} if stops else main

    def _word(self, field: Field, word: text.QueryWord) -> Query:
        if not word.cjk or field.kind not in (FieldKind.TEXT_ZH, FieldKind.TEXT_MIXED):
            return self._sequence(field, " ".join(word.parts) if not word.cjk else word.text)
        if len(word.parts) == 1:
            return self._chinese_word(field, word.text)
        parts = [self._chinese_word(field, part) for part in word.parts]
        whole = phrase(self._name(field, GRAMS), word.text, boost=_WHOLE_BONUS)
        return {"bool": {"must": parts, "should": [whole]}}

    def _chinese_word(self, field: Field, word: str) -> Query:
        """The characters anywhere in the text; better if they are a word there."""
        words = self._name(field, CHINESE if field.kind is FieldKind.TEXT_MIXED else "")
        anywhere = phrase(self._name(field, GRAMS), word)
        if len(word) == 1:
            anywhere = constant(anywhere, _SINGLE_CHARACTER)
        return any_of([phrase(words, word, boost=_WORD_BONUS), anywhere], best=True)

    def _sequence(self, field: Field, words: str, slop: int = 0) -> Query:
        """Latin words next to each other. smartcn leaves gaps where signs were, so that field is asked by its pairs."""
        name = self._name(field, GRAMS if field.kind is FieldKind.TEXT_ZH else "")
        if field.kind in (FieldKind.NGRAM, FieldKind.EDGE_NGRAM):
            return {"match": {name: {"query": words, "operator": "and"}}}
        return phrase(name, words, slop)

    def _phrase(self, clause: Phrase) -> Query:
        field = clause.field
        require(field, *WORD_KINDS)
        slop = min(max(clause.slop, 0), 50)
        words = " ".join(text.word_tokens(clause.text[: 10 * _LONGEST]).split()[: text.MAX_QUERY_WORDS])
        if not words:
            return NOTHING
        chinese = field.kind in (FieldKind.TEXT_ZH, FieldKind.TEXT_MIXED) and text.has_cjk(words)
        if chinese and len(words) == 1:
            return self._chinese_word(field, words)
        if chinese:
            return phrase(self._name(field, GRAMS), words, slop)
        return self._sequence(field, words, slop)

    def _raw(self, clause: Raw) -> Query:
        known = {field.name for field in self.schema.fields}
        for name in _FIELD_NAME.findall(_QUOTED.sub("", clause.query)):
            if name not in known:
                raise EngineQueryError(f"There is no field {name!r}")
        fields = [field.name for field in self.schema.content] or ["*"]
        asked = {"query": keyword(clause.query), "fields": fields, "default_operator": "AND", "lenient": True}
        return {"query_string": asked}

    # Combinations

    def _boost(self, clause: Boost) -> Query:
        if not (math.isfinite(clause.factor) and clause.factor >= 0):
            raise EngineQueryError(f"Boost of {clause.factor}")
        query = self.compile(clause.clause)
        if clause.constant:
            return constant(query, clause.factor)
        return {"bool": {"must": [query], "boost": clause.factor}}

    def _all_of(self, clause: AllOf) -> Query:
        parts: Query = {"must": [self.compile(each) for each in clause.must]}
        if not clause.must:
            parts = {"must": [constant({"match_all": {}}, 0.0)]}
        if clause.should:
            parts["should"] = [self.compile(each) for each in clause.should]
        if clause.must_not:
            parts["must_not"] = [self.compile(each) for each in clause.must_not]
        return {"bool": parts}


def value_of(field: Field, value: Value) -> Any:
    """A value as the field takes it. Raises EngineQueryError."""
    if not isinstance(value, _TYPES[field.kind]):
        raise EngineQueryError(f"{field.name} takes no {type(value).__name__}")
    if field.kind in _EXACT_KINDS:
        return keyword(str(value))
    if field.kind is FieldKind.INTEGER and isinstance(value, int) and value not in _LONG:
        raise EngineQueryError(f"{field.name}: out of range")
    if isinstance(value, float) and not math.isfinite(value):
        raise EngineQueryError(f"{field.name}: out of range")
    return stored(value)


def phrase(name: str, words: str, slop: int = 0, boost: float = 1.0) -> Query:
    """Words as the field analyses them, next to each other."""
    return {"match_phrase": {name: {"query": words, "slop": slop, "boost": boost}}}


def _literal(value: str) -> str:
    return value.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?")


def constant(query: Query, score: float) -> Query:
    return {"constant_score": {"filter": query, "boost": score}}


def any_of(queries: Sequence[Query], *, best: bool = False) -> Query:
    """At least one of them; of none, nothing."""
    if not queries:
        return NOTHING
    if len(queries) == 1:
        return queries[0]
    if best:
        return {"dis_max": {"queries": list(queries)}}
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}


def at_least(queries: Sequence[Query], share: float) -> Query:
    """``share`` of them, rounded up; at least one."""
    if len(queries) < 2:
        return any_of(queries)
    needed = min(max(math.ceil(share * len(queries) - 1e-9), 1), len(queries))
    return {"bool": {"should": list(queries), "minimum_should_match": needed}}


def filtered(query: Query, filters: Iterable[Query]) -> Query:
    """``query`` scores; ``filters`` must hold, without scoring."""
    conditions = list(filters)
    return {"bool": {"must": [query], "filter": conditions}} if conditions else query
