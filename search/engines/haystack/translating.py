"""The tree of conditions of a ``SearchQuerySet`` as a clause.

Values become values of clauses and never text of a query, whatever they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from haystack.backends import SearchNode
from haystack.inputs import AltParser, AutoQuery, BaseInput, Exact, Not, Raw

from search import clauses
from search.clauses import AllOf, Clause, Everything
from search.engines.errors import EngineQueryError
from search.engines.haystack.conditions import all_of, any_of, condition
from search.engines.haystack.escaping import Escaped, original
from search.engines.haystack.names import Name, Names
from search.engines.haystack.values import as_text
from search.schema import ORDERED_KINDS
from search.text import query_words

EVERYTHING = "*:*"
"""The raw query for everything, as Lucene's parsers have it."""
_TYPED = re.compile(r'(-?)(?:"([^"]*)"|“([^”]*)”|「([^」]*)」)|(\S+)')


def translate(tree: SearchNode, names: Names) -> Clause:
    """Raises EngineQueryError."""
    return _node(tree, names) or Everything()


def raw(query: str) -> Clause:
    return Everything() if query.strip() == EVERYTHING else clauses.Raw(query)


def _node(node: Any, names: Names) -> Clause | None:
    """None where it says nothing."""
    parts: list[Clause] = []
    for child in node.children:
        if isinstance(child, tuple):
            expression, value = child
            name, lookup = node.split_expression(expression)
            part = leaf(name, lookup, value, names)
        else:
            part = _node(child, names)
        if part is not None:
            parts.append(part)
    if not parts:
        return None
    clause = any_of(parts) if node.connector == SearchNode.OR else _all(parts)
    return AllOf(must_not=(clause,)) if node.negated else clause


def _all(parts: list[Clause]) -> Clause:
    """What must not be goes beside what must."""
    if len(parts) == 1:
        return parts[0]
    negative = [part for part in parts if isinstance(part, AllOf) and not part.must and not part.should]
    return AllOf(
        must=tuple(part for part in parts if part not in negative),
        must_not=tuple(each for part in negative for each in part.must_not),
    )


def leaf(name: str, lookup: str, value: object, names: Names) -> Clause | None:
    """One condition, with the input types of Haystack's."""
    target = names.name(name)
    match value:
        case Raw():
            if value.kwargs:
                raise EngineQueryError(f"A raw query takes no {', '.join(sorted(value.kwargs))}")
            return raw(value.query_string if target is None else f"{target.field.name}:{value.query_string}")
        case AltParser():
            raise EngineQueryError(f"There is no other parser {value.parser_name!r}")
        case AutoQuery():
            return typed(str(original(value.query_string)), target, names)
        case Not():
            return AllOf(must_not=(_condition(target, lookup, original(value.query_string), names),))
        case Exact():
            exact = "exact" if lookup == "content" else lookup
            return _condition(target, exact, original(value.query_string), names)
        case BaseInput():
            value = value.query_string
    if isinstance(value, QuerySet):
        value = list(value)
    if isinstance(value, Escaped) and target and lookup == "content" and target.field.kind not in ORDERED_KINDS:
        lookup = "startswith"  # autocomplete cleans each word that a person is typing, and nothing else does
    return _condition(target, lookup, original(value), names)


def _condition(target: Name | None, lookup: str, value: object, names: Names) -> Clause:
    if target is not None:
        return condition(target, lookup, value)
    if lookup == "content":
        text = as_text(value)
        return names.words(text) or words(text, names.content)
    if lookup in ("contains", "startswith", "endswith", "fuzzy"):
        return all_of([_anywhere(names, lookup, word) for word in as_text(value).split()])
    return _anywhere(names, lookup, value)


def _anywhere(names: Names, lookup: str, value: object) -> Clause:
    return any_of([condition(name, lookup, value) for name in names.content], best=True)


def words(text: str, content: Iterable[Name]) -> Clause:
    """Each word in any of the fields. Words too common to be required only add to the score, unless all are."""
    content = list(content)
    found = query_words(text)
    required = [word for word in found if not word.stop] or found
    must = [any_of([condition(name, "content", word.text) for name in content], best=True) for word in required]
    should = [
        any_of([condition(name, "content", word.text) for name in content], best=True)
        for word in found
        if word not in required
    ]
    return AllOf(must=tuple(must), should=tuple(should)) if should else all_of(must)


def typed(text: str, target: Name | None, names: Names) -> Clause | None:
    """What a person typed: words, "phrases" and -words to leave out. None where nothing was typed."""
    if target is None and text.strip() and (asked := names.asked(text)):
        return asked
    content = names.content if target is None else (target,)
    must: list[Clause] = []
    must_not: list[Clause] = []
    plain: list[str] = []
    for minus, *quoted, word in _TYPED.findall(text):
        phrase = "".join(quoted)
        if phrase:
            (must_not if minus else must).append(_phrase(phrase, content))
        elif word.startswith("-") and len(word) > 1:
            must_not.append(_phrase(word[1:], content))
        elif word:
            plain.append(word)
    if plain and (query_words(" ".join(plain)) or not (must or must_not)):
        must.append(words(" ".join(plain), content))
    if not must and not must_not:
        return None
    return AllOf(must=tuple(must), must_not=tuple(must_not)) if must_not else all_of(must)


def _phrase(text: str, content: Iterable[Name]) -> Clause:
    return any_of([condition(name, "exact", text) for name in content], best=True)
