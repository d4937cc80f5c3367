"""Values and words of which a part is given: how they begin, how they end, what they hold.

Keywords are compared as they are. The words of a text stand in the index as stems; the words as they are written are
those of titles, and lead to the stems.
"""

from __future__ import annotations

import re
from typing import TypeAlias

import tantivy
from tantivy import Query

from search import text
from search.clauses import Contains, Prefix, Suffix
from search.engines.embedded.lexicon import Lexicon
from search.engines.values import keyword
from search.schema import FieldKind
from search.stems import english

Part: TypeAlias = Prefix | Suffix | Contains

_LENGTH = {Prefix: 200, Suffix: 64, Contains: 64}
"""Characters of a part: an automaton is made of it, and no word is longer."""
_META = re.compile(r"([\\.+*?()|\[\]{}^$])")


def part_query(schema: tantivy.Schema, lexicon: Lexicon, clause: Part) -> Query | None:
    """Documents with such a value or word, unscored; None where there can be none."""
    name, kind = clause.field.name, clause.field.kind
    value = keyword(clause.value)
    if kind not in (FieldKind.KEYWORD, FieldKind.CODE):
        value = text.fold(value)
    if not value or len(value) > _LENGTH[type(clause)]:
        return None
    found = _terms(schema, name, clause, value)
    if kind is not FieldKind.TEXT_EN:
        return found
    stems = dict.fromkeys(english(word for word in lexicon.words() if _fits(clause, word, value)))
    return Query.disjunction_max_query([found, Query.term_set_query(schema, name, list(stems))])


def prefix_query(schema: tantivy.Schema, name: str, value: str) -> Query:
    """Documents with a term that begins so; not by an automaton, so that its length costs nothing."""
    return Query.fuzzy_term_query(schema, name, value, distance=0, prefix=True)


def _terms(schema: tantivy.Schema, name: str, clause: Part, value: str) -> Query:
    match clause:
        case Prefix():
            return prefix_query(schema, name, value)
        case Suffix():
            return Query.regex_query(schema, name, ".*" + _META.sub(r"\\\1", value))
        case Contains():
            return Query.regex_query(schema, name, ".*" + _META.sub(r"\\\1", value) + ".*")


def _fits(clause: Part, word: str, value: str) -> bool:
    match clause:
        case Prefix():
            return word.startswith(value)
        case Suffix():
            return word.endswith(value)
        case Contains():
            return value in word
