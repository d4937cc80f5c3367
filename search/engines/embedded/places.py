"""The place of a document among those of equal rank: by further sort keys, then by ``mapping.ORDER``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import tantivy

from search import schema
from search.clauses import Order
from search.engines.embedded.cursors import Value
from search.engines.embedded.mapping import ORDER
from search.engines.errors import EngineQueryError
from search.schema import FieldKind

Key: TypeAlias = tuple[Any, ...]
"""Rises from document to document."""


@dataclass(frozen=True, slots=True)
class Place:
    """``further`` are the values of the further sort keys."""

    further: tuple[Value, ...]
    order: str

    def key(self, orders: Sequence[Order]) -> Key:
        if not orders:
            return (self.order,)
        ranks = (rank(value, descending=by.descending) for value, by in zip(self.further, orders, strict=True))
        return (*ranks, self.order)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document in its place: ``value`` is what it was sorted by, the rest breaks ties."""

    value: Value
    order: str
    key: str
    parent: str
    further: tuple[Value, ...] = ()

    def place(self, orders: Sequence[Order]) -> Key:
        return Place(self.further, self.order).key(orders) if orders else (self.order,)


@dataclass(frozen=True, slots=True)
class _Reversed:
    text: str

    def __lt__(self, other: _Reversed) -> bool:
        return other.text < self.text


def rank(value: Value, *, descending: bool) -> Key:
    """Rises from document to document; those without a value come last in either direction."""
    if value is None:
        return True, 0
    if isinstance(value, str):
        return False, _Reversed(value) if descending else value
    return False, -value if descending else value


def check_further(orders: Sequence[Order]) -> None:
    """Raises EngineQueryError for what can't break ties."""
    for order in orders:
        if order.field is None:
            raise EngineQueryError("Results of equal rank can't be ordered by score")
        if not order.field.sort:
            raise EngineQueryError(f"Results can't be ordered by {order.field.name}")


def ranked(
    searcher: tantivy.Searcher, hits: Sequence[tuple[Value, tantivy.DocAddress]], orders: Sequence[Order]
) -> list[Ranked]:
    """The documents of these hits, looked up."""
    addresses = [address for _value, address in hits]
    columns = {
        order.field.name: searcher.fast_field_values(order.field.name, addresses)
        for order in orders
        if order.field and order.field.kind is not FieldKind.KEYWORD
    }
    found: list[Ranked] = []
    for at, (value, address) in enumerate(hits):
        document = searcher.doc(address)
        key, order, parent = (document.get_first(name) for name in (schema.KEY.name, ORDER, schema.PARENT.name))
        further = (
            ()
            if not orders
            else tuple(
                columns[by.field.name][at] if by.field.name in columns else _sort_key(str(order), str(key))
                for by in orders
                if by.field
            )
        )
        found.append(Ranked(value, str(order), str(key), str(parent or key), further))
    return found


def _sort_key(order: str, key: str) -> str | None:
    """tantivy reads no texts back from a column; the one that results are ordered by stands in ``mapping.ORDER``."""
    return order[4 : -len(key) - 1] or None
