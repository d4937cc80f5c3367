"""“Did you mean”, for Haystack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from haystack.backends import SearchNode
from haystack.inputs import AltParser, BaseInput

from search.engines.base import Engine
from search.engines.haystack.escaping import original
from search.schema import WORD_KINDS, FieldKind
from search.spelling import respelled

_WORD = re.compile(r"[^\W\d_]+")


def suggestion(text: str, engine: Engine) -> str | None:
    """The text with words that the index does not have replaced by ones that it has; None where all is well.

    Raises EngineError.
    """
    fields = [
        field for field in engine.schema.content if field.kind in WORD_KINDS and field.kind is not FieldKind.TEXT_ZH
    ]
    found = respelled(text, _WORD.findall(text), engine, fields)
    return found if found != text else None


def typed_text(tree: SearchNode) -> str:
    """The texts that a query looks for, in order, without what it leaves out."""
    return " ".join(_texts(tree))


def _texts(node: Any) -> Iterator[str]:
    if node.negated:
        return
    for child in node.children:
        if not isinstance(child, tuple):
            yield from _texts(child)
            continue
        expression, value = child
        _name, lookup = node.split_expression(expression)
        if isinstance(value, BaseInput) and not isinstance(value, AltParser):
            value = value.query_string
        if isinstance(value, str) and lookup in ("content", "contains", "startswith", "endswith", "fuzzy", "exact"):
            yield str(original(value))
