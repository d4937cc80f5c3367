"""Conditions given to ``narrow``.

``SearchQuerySet.narrow`` turns the conditions of an ``SQ`` into text before the backend sees them. They are therefore
handed over as numbers (``(<1> AND NOT (<2>))``) and put together again from what the numbers stand for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from haystack.backends import SearchNode

Condition = tuple[str, Any]
"""Haystack's expression (``title__startswith``) and the value."""


class Narrowing(str):
    """Conditions in words, with the tree of them."""

    tree: SearchNode

    @classmethod
    def of(cls, words: str, tree: SearchNode) -> Narrowing:
        made = cls(words)
        made.tree = tree
        return made


_TOKEN = re.compile(r"<(\d+)>|\(|\)| AND | OR |NOT \(")


def numbered(conditions: dict[int, Condition], field: str, lookup: str, value: Any) -> str:
    """A number for the condition, kept in ``conditions``."""
    number = len(conditions)
    conditions[number] = (f"{field}__{lookup}", value)
    return f"<{number}>"


def tree_of(text: str, conditions: Mapping[int, Condition]) -> SearchNode | None:
    """The conditions that ``text`` stands for; None where it is a raw query."""
    tokens = [match[0] for match in _TOKEN.finditer(text)]
    if not tokens or "".join(tokens) != text:
        return None
    try:
        tree, rest = _sequence(tokens, conditions)
    except (KeyError, IndexError):
        return None
    return tree if not rest else None


def _sequence(tokens: list[str], conditions: Mapping[int, Condition]) -> tuple[SearchNode, list[str]]:
    """Conditions with one and the same connector between them, and what comes after."""
    first, tokens = _one(tokens, conditions)
    children: list[Any] = [first]
    connector = SearchNode.AND
    while tokens and tokens[0] in (" AND ", " OR "):
        connector = tokens[0].strip()
        child, tokens = _one(tokens[1:], conditions)
        children.append(child)
    return SearchNode(children, connector), tokens


def _one(tokens: list[str], conditions: Mapping[int, Condition]) -> tuple[Any, list[str]]:
    head, rest = tokens[0], tokens[1:]
    if head.startswith("<"):
        return conditions[int(head[1:-1])], rest
    inner, rest = _sequence(rest, conditions)
    inner.negated = head.startswith("NOT")
    if rest[0] != ")":
        raise KeyError(rest[0])
    return inner, rest[1:]
