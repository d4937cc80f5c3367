"""Whether a document meets a clause, and how well."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from search import clauses
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
    Suffix,
    Term,
    Words,
)
from search.engines.base import Document
from search.engines.errors import EngineQueryError
from search.engines.values import distance_within
from search.schema import ORDERED_KINDS, WORD_KINDS, Field, FieldKind, Schema
from search.stems import english
from search.text import QueryWord, codes, fold, has_cjk, query_words, word_tokens

_RAW = re.compile(r'(?P<minus>-|NOT )?(?:(?P<field>\w+):)?(?P<value>"(?:[^"\\]|\\.)*"|[\[{][^\]}]*[\]}]|\([^)]*\)|\S+)')
_BETWEEN = re.compile(r"([\[{])(.+) TO (.+)([\]}])")


@dataclass(frozen=True, slots=True)
class Matcher:
    """``score`` is None where the document does not meet the clause."""

    schema: Schema

    def score(self, clause: Clause, document: Document) -> float | None:
        match clause:
            case Everything():
                return 1.0
            case Boost():
                score = self.score(clause.clause, document)
                return score if score is None else clause.factor * (1.0 if clause.constant else score)
            case AllOf():
                return self._all_of(clause, document)
            case AnyOf():
                scores = [score for each in clause.clauses if (score := self.score(each, document)) is not None]
                return None if not scores else max(scores) if clause.best else sum(scores)
            case clauses.Raw():
                return self.score(self.parsed(clause.query), document)
            case Words():
                return _words(clause, document)
        return 1.0 if self._meets(clause, document) else None

    def _all_of(self, clause: AllOf, document: Document) -> float | None:
        must = [self.score(each, document) for each in clause.must]
        if any(score is None for score in must):
            return None
        if any(self.score(each, document) is not None for each in clause.must_not):
            return None
        should = [self.score(each, document) for each in clause.should]
        return sum(score for score in (*must, *should) if score is not None)

    def _meets(self, clause: Clause, document: Document) -> bool:
        match clause:
            case Term():
                _require(clause.field, FieldKind.KEYWORD, FieldKind.CODE, *ORDERED_KINDS)
                for value in clause.values:
                    _check(clause.field, value)
                return any(value in clause.values for value in values(document, clause.field))
            case Prefix() | Suffix() | Contains():
                return _part(clause, document)
            case Phrase():
                _require(clause.field, *WORD_KINDS)
                return _has(_units(clause.field, clause.text), _text_units(document, clause.field))
            case Fuzzy():
                word = fold(clause.word)
                near = (distance_within(word, each, clause.distance) for each in written(document, clause.field))
                return any(distance is not None for distance in near)
            case Range():
                return _range(clause, document)
        raise EngineQueryError(f"{clause} can't be asked")

    def parsed(self, query: str) -> Clause:
        """The part of Lucene's syntax that tests use: words, fields, phrases, ranges, NOT; all must hold."""
        if query.strip() in ("*:*", "*"):
            return Everything()
        must: list[Clause] = []
        must_not: list[Clause] = []
        at = 0
        for match in _RAW.finditer(query):
            if query[at : match.start()].strip():
                break
            at = match.end()
            if match["value"] in ("AND", "OR"):
                continue
            (must_not if match["minus"] else must).append(self._raw_condition(match["field"], match["value"]))
        if query[at:].strip() or not (must or must_not):
            raise EngineQueryError(f"{query!r} can't be read")
        return AllOf(tuple(must), (), tuple(must_not))

    def _raw_condition(self, name: str | None, value: str) -> Clause:
        fields = self.schema.content if name is None else (self.schema.named(name),)
        return AnyOf(tuple(_raw_value(field, value, name) for field in fields))


def _raw_value(field: Field | None, value: str, name: str | None) -> Clause:
    if field is None:
        raise EngineQueryError(f"There is no field {name!r}")
    if between := _BETWEEN.fullmatch(value):
        low, high = (None if bound == "*" else _raw_bound(field, bound) for bound in between.group(2, 3))
        return Range(field, low, high, low_open=between[1] == "{", high_closed=between[4] == "]")
    if value.startswith("("):
        return AnyOf(tuple(_raw_value(field, each, name) for each in value[1:-1].split(" OR ")))
    if value.count('"') % 2:
        raise EngineQueryError(f"{value!r} does not end")
    text = re.sub(r"\\(.)", r"\1", value.strip('"'))
    if field.kind in WORD_KINDS:
        return Phrase(field, text) if value.startswith('"') else Words(field, text)
    return Term(field, (_raw_bound(field, text),))


def _raw_bound(field: Field, text: str) -> Any:
    match field.kind:
        case FieldKind.INTEGER:
            return int(text)
        case FieldKind.DATE:
            return date.fromisoformat(text)
    return text


def values(document: Document, field: Field) -> list[Any]:
    value = document.get(field.name)
    return list(value) if isinstance(value, list | tuple) else [] if value in (None, "") else [value]


def written(document: Document, field: Field) -> list[str]:
    """Words as they are written, or the values of a keyword."""
    texts = map(str, values(document, field))
    if field.kind in WORD_KINDS:
        return [word for text in texts for word in word_tokens(text).split()]
    return list(texts)


def _units(field: Field, text: str) -> list[str]:
    """Stems, and CJK characters one by one, so that a Chinese word is found wherever it stands."""
    units: list[str] = []
    for word in word_tokens(text).split():
        if has_cjk(word):
            units += word
        elif field.kind in (FieldKind.TEXT_EN, FieldKind.TEXT_MIXED):
            units += english([word])
        else:
            units.append(word)
    return units


def _text_units(document: Document, field: Field) -> list[str]:
    return [unit for text in values(document, field) for unit in [*_units(field, str(text)), "\n"]]


def _has(wanted: list[str], units: list[str]) -> bool:
    return bool(wanted) and any(units[at : at + len(wanted)] == wanted for at in range(len(units) - len(wanted) + 1))


def _words(clause: Words, document: Document) -> float | None:
    field = clause.field
    if field.kind is FieldKind.CODE:
        found = [code in values(document, field) for code in codes(clause.text)]
        return float(sum(found)) if any(found) and sum(found) >= math.ceil(clause.minimum * len(found)) else None
    _require(field, *WORD_KINDS)
    words = query_words(clause.text)
    required = [word for word in words if not word.stop] or words
    matched = sum(_has_word(word, document, field) for word in required)
    if not required or matched < max(math.ceil(clause.minimum * len(required) - 1e-9), 1):
        return None
    return float(10 * matched / math.sqrt(10 + len(_text_units(document, field))))


def _has_word(word: QueryWord, document: Document, field: Field) -> bool:
    if field.kind in (FieldKind.NGRAM, FieldKind.EDGE_NGRAM):
        edge = field.kind is FieldKind.EDGE_NGRAM
        return any(each.startswith(word.text) if edge else word.text in each for each in written(document, field))
    units = _text_units(document, field)
    return all(_has(_units(field, part), units) for part in ([word.text] if not word.cjk else word.parts))


def _part(clause: Prefix | Suffix | Contains, document: Document) -> bool:
    if clause.field.kind in ORDERED_KINDS:
        raise EngineQueryError(f"{clause.field.name} has no parts")
    value = fold(clause.value) if clause.field.kind in WORD_KINDS else clause.value
    if not value:
        return False
    if clause.field.kind in WORD_KINDS and has_cjk(value):
        return _has(_units(clause.field, value), _text_units(document, clause.field))
    words = written(document, clause.field)
    match clause:
        case Prefix():
            return any(word.startswith(value) for word in words)
        case Suffix():
            return any(word.endswith(value) for word in words)
        case Contains():
            return any(value in word for word in words)


def _range(clause: Range, document: Document) -> bool:
    _require(clause.field, FieldKind.KEYWORD, *ORDERED_KINDS)
    low, high = clause.low, clause.high
    for bound in (low, high):
        if bound is not None:
            _check(clause.field, bound)
    return any(
        (low is None or (value > low if clause.low_open else value >= low))
        and (high is None or (value <= high if clause.high_closed else value < high))
        for value in values(document, clause.field)
    )


_TYPES: dict[FieldKind, type] = {
    FieldKind.INTEGER: int,
    FieldKind.FLOAT: float,
    FieldKind.BOOLEAN: bool,
    FieldKind.DATE: date,
    FieldKind.DATETIME: datetime,
}


def _check(field: Field, value: object) -> None:
    if not isinstance(value, _TYPES.get(field.kind, str)) or (isinstance(value, int) and abs(value) >= 2**63):
        raise EngineQueryError(f"{field.name} takes no {value!r}")


def _require(field: Field, *kinds: FieldKind) -> None:
    if field.kind not in kinds:
        raise EngineQueryError(f"{field.name} is a {field.kind} field")
