"""The order of hits, and cursors into it.

tantivy sorts by one key and leaves ties in the order in which documents happen to lie, which a merge of segments
changes. Here ties follow ``mapping.ORDER``: more hits are read until the tie at the edge of the page ends, and only
tied hits are looked up.
"""

from __future__ import annotations

import base64
import binascii
import json
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any, TypeAlias

import tantivy

from search import schema
from search.clauses import Order
from search.engines.embedded.mapping import ORDER
from search.engines.embedded.store import matched
from search.engines.errors import BadCursor, EngineQueryError
from search.schema import FieldKind

Value: TypeAlias = float | int | str | None
RawHit: TypeAlias = tuple[Value, tantivy.DocAddress]

_SLACK = 64
"""Hits read beyond the page at first, to see the end of a tie."""
_GROWTH = 8
_MAX_CURSOR = 2000


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document in its place: ``value`` is what it was sorted by, ``order`` breaks ties."""

    value: Value
    order: str
    key: str
    parent: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last document that was given out, and how many had been."""

    value: Value
    order: str
    served: int

    def encoded(self, name: str) -> str:
        raw = json.dumps([name, self.value, self.order, self.served], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")

    @classmethod
    def decoded(cls, text: str, name: str, kinds: tuple[type, ...]) -> Cursor:
        """``kinds`` are the types its value may have. Raises BadCursor."""
        try:
            if len(text) > _MAX_CURSOR:
                raise ValueError("too long")
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            of, value, order, served = json.loads(raw)
        except (ValueError, TypeError, binascii.Error, RecursionError) as error:
            raise BadCursor("This is not a cursor") from error
        valid = type(value) in kinds and isinstance(order, str) and isinstance(served, int) and 0 <= served < 2**40
        if not valid:
            raise BadCursor("This is not a cursor")
        if of != name:
            raise BadCursor("The cursor belongs to results in another order")
        return cls(value, order, served)


@dataclass(frozen=True, slots=True)
class Ranking:
    """One request's way of ordering: by a fast field, or by score where ``field`` is empty."""

    name: str
    field: str = ""
    descending: bool = True

    @classmethod
    def of(cls, order: Order, *, constant: bool) -> Ranking:
        """``constant``: every match has the same score, so that only ties matter. Raises EngineQueryError."""
        if order.field is None:
            return cls("order", ORDER, descending=False) if constant else cls("score")
        if not order.field.sort:
            raise EngineQueryError(f"Results can't be ordered by {order.field.name}")
        if order.field is schema.WEIGHT and order.descending:
            return cls("order", ORDER, descending=False)
        return cls(f"{'-' if order.descending else ''}{order.field.name}", order.field.name, order.descending)

    def cursor(self, text: str) -> Cursor:
        """Raises BadCursor."""
        if not self.field:
            return Cursor.decoded(text, self.name, (float, int))
        textual = self.field == ORDER or schema.BY_NAME[self.field].kind is FieldKind.KEYWORD
        return Cursor.decoded(text, self.name, (str if textual else int, type(None)))

    def top(self, searcher: tantivy.Searcher, query: tantivy.Query, limit: int) -> list[RawHit]:
        return self._search(searcher, query, limit, count=False).hits

    def page(
        self, searcher: tantivy.Searcher, query: tantivy.Query, offset: int, size: int
    ) -> tuple[int, list[Ranked]]:
        """The number of all matches, and the documents at ``offset`` to ``offset + size``."""
        wanted = offset + size
        found = self._search(searcher, query, wanted + _SLACK, count=True)
        total, hits = matched(found), found.hits
        while len(hits) < total and len(hits) > wanted > 0 and hits[-1][0] == hits[wanted - 1][0]:
            hits = self.top(searcher, query, min(total, len(hits) * _GROWTH))
        return total, self._resolved(searcher, hits, offset, wanted)

    def after(
        self, searcher: tantivy.Searcher, query: tantivy.Query, cursor: Cursor, size: int
    ) -> tuple[int, list[Ranked]]:
        """The number of all matches, and the ``size`` documents that follow ``cursor``, wherever it lies by now."""
        found = self._search(searcher, query, cursor.served + size + _SLACK, count=True)
        total, hits = matched(found), found.hits
        while True:
            start = self._place(hits, cursor.value)
            tied = self._end_of_tie(hits, start) if start < len(hits) and hits[start][0] == cursor.value else start
            passed = [ranked for ranked in self._resolved(searcher, hits, start, tied) if ranked.order <= cursor.order]
            begin = start + len(passed)
            complete = len(hits) >= total
            if complete or (begin + size < len(hits) and hits[-1][0] != hits[begin + size - 1][0] and tied < len(hits)):
                return total, self._resolved(searcher, hits, begin, begin + size)
            hits = self.top(searcher, query, min(total, len(hits) * _GROWTH))

    def _search(
        self, searcher: tantivy.Searcher, query: tantivy.Query, limit: int, *, count: bool
    ) -> tantivy.SearchResult:
        # tantivy makes room for ``limit`` hits beforehand, and panics at 0.
        limit = max(min(limit, searcher.num_docs), 1)
        if not self.field:
            return searcher.search(query, limit=limit, count=count)
        order = tantivy.Order.Desc if self.descending else tantivy.Order.Asc
        return searcher.search(query, limit=limit, count=count, order_by_field=self.field, order=order)

    def _place(self, hits: list[RawHit], value: Value) -> int:
        """Index of the first hit with ``value``, or of the first one past where it would be."""
        return bisect_left(hits, self._rank(value), key=lambda hit: self._rank(hit[0]))

    def _rank(self, value: Value) -> tuple[bool, Any]:
        """Rises from hit to hit; documents without a value come last in either direction."""
        if value is None:
            return True, 0
        if isinstance(value, str):
            return False, _Reversed(value) if self.descending else value
        return False, -value if self.descending else value

    @staticmethod
    def _end_of_tie(hits: list[RawHit], at: int) -> int:
        end = at
        while end < len(hits) and hits[end][0] == hits[at][0]:
            end += 1
        return end

    def _resolved(self, searcher: tantivy.Searcher, hits: list[RawHit], start: int, stop: int) -> list[Ranked]:
        """``hits[start:stop]`` with every tie that touches it put in order."""
        stop = min(stop, len(hits))
        if start >= stop:
            return []
        low, high = start, stop
        while low > 0 and hits[low - 1][0] == hits[start][0]:
            low -= 1
        while high < len(hits) and hits[high][0] == hits[stop - 1][0]:
            high += 1
        ranked = [_ranked(searcher, hit) for hit in hits[low:high]]
        ordered: list[Ranked] = []
        at = 0
        while at < len(ranked):
            end = at
            while end < len(ranked) and ranked[end].value == ranked[at].value:
                end += 1
            ordered += sorted(ranked[at:end], key=lambda each: each.order)
            at = end
        return ordered[start - low : stop - low]


@dataclass(frozen=True, slots=True)
class _Reversed:
    text: str

    def __lt__(self, other: _Reversed) -> bool:
        return other.text < self.text


def _ranked(searcher: tantivy.Searcher, hit: RawHit) -> Ranked:
    value, address = hit
    document = searcher.doc(address)
    key, order, parent = (document.get_first(name) for name in (schema.KEY.name, ORDER, schema.PARENT.name))
    return Ranked(value, str(order), str(key), str(parent or key))
