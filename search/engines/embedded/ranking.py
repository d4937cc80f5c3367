"""The order of hits, and cursors into it.

tantivy sorts by one key and leaves ties in the order in which documents happen to lie, which a merge of segments
changes. Here ties follow the further keys of the request and then ``mapping.ORDER``: more hits are read until the tie
at the edge of the page ends, and only tied hits are looked up. Only a window around the page is read, however deep.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import tantivy

from search import schema
from search.clauses import Order
from search.engines.embedded.cursors import Cursor, Value
from search.engines.embedded.mapping import ORDER
from search.engines.embedded.places import Place, Ranked, check_further, rank, ranked
from search.engines.embedded.store import matched
from search.engines.errors import EngineQueryError
from search.schema import FieldKind

_SLACK = 64
"""Hits read before and after the page at first, to see where ties begin and end."""
_GROWTH = 8


@dataclass(frozen=True, slots=True)
class Window:
    """Hits ``start`` to ``start + len(hits)`` of ``total``."""

    start: int
    hits: list[tuple[Value, tantivy.DocAddress]]
    total: int

    @property
    def end(self) -> int:
        return self.start + len(self.hits)

    def value(self, at: int) -> Value:
        return self.hits[at - self.start][0]


@dataclass(frozen=True, slots=True)
class Ranking:
    """One request's way of ordering: by a fast field, or by score where ``field`` is empty; then by ``further``."""

    name: str
    field: str = ""
    descending: bool = True
    further: tuple[Order, ...] = ()

    @classmethod
    def of(cls, order: Order, then: tuple[Order, ...] = (), *, constant: bool) -> Ranking:
        """``constant``: every match has the same score, so that only ties matter. Raises EngineQueryError."""
        if order.field is None and constant and then:
            order, then = then[0], then[1:]
        check_further(then)
        names = ",".join(("", *(f"{'-' if each.descending else ''}{each.field.name}" for each in then if each.field)))
        if order.field is None:
            return cls("order", ORDER, descending=False) if constant else cls(f"score{names}", further=then)
        if not order.field.sort:
            raise EngineQueryError(f"Results can't be ordered by {order.field.name}")
        if order.field is schema.WEIGHT and order.descending and not then:
            return cls("order", ORDER, descending=False)
        sign = "-" if order.descending else ""
        return cls(f"{sign}{order.field.name}{names}", order.field.name, order.descending, then)

    def cursor(self, text: str) -> Cursor:
        """Raises BadCursor."""
        if not self.field:
            return Cursor.decoded(text, self.name, (float, int), len(self.further))
        textual = self.field == ORDER or schema.BY_NAME[self.field].kind is FieldKind.KEYWORD
        return Cursor.decoded(text, self.name, (str if textual else int, type(None)), len(self.further))

    def page(
        self, searcher: tantivy.Searcher, query: tantivy.Query, offset: int, size: int
    ) -> tuple[int, list[Ranked]]:
        """The number of all matches, and the documents at ``offset`` to ``offset + size``."""
        window = self._window(searcher, query, offset - _SLACK, offset + size + _SLACK)
        stop = min(offset + size, window.total)
        if offset >= stop:
            return window.total, []
        return window.total, self._resolved(searcher, query, window, offset, stop)

    def after(
        self, searcher: tantivy.Searcher, query: tantivy.Query, cursor: Cursor, size: int
    ) -> tuple[int, list[Ranked]]:
        """The number of all matches, and the ``size`` documents that follow ``cursor``, wherever it lies by now."""
        window = self._window(searcher, query, cursor.served - _SLACK, cursor.served + size + _SLACK)
        at, window = self._start(searcher, query, window, cursor.value)
        if at < window.end and window.value(at) == cursor.value:
            tie, window = self._tie(searcher, query, window, at)
            last = Place(cursor.further, cursor.order).key(self.further)
            tied = self._resolved(searcher, query, window, tie.start, tie.stop)
            at += sum(not last < each.place(self.further) for each in tied)
        stop = min(at + size, window.total)
        return window.total, self._resolved(searcher, query, window, at, stop) if at < stop else []

    # Windows

    def _window(self, searcher: tantivy.Searcher, query: tantivy.Query, start: int, stop: int) -> Window:
        start = min(max(start, 0), searcher.num_docs)
        # tantivy makes room for the hits beforehand, and panics at 0.
        limit = max(min(stop, searcher.num_docs) - start, 1)
        if not self.field:
            found = searcher.search(query, limit=limit, offset=start, count=True)
        else:
            order = tantivy.Order.Desc if self.descending else tantivy.Order.Asc
            found = searcher.search(
                query, limit=limit, offset=start, count=True, order_by_field=self.field, order=order
            )
        return Window(start, found.hits, matched(found))

    def _reaching(
        self, searcher: tantivy.Searcher, query: tantivy.Query, window: Window, start: int, stop: int
    ) -> Window:
        """The window, or a larger one, that holds ``start`` to ``stop`` as far as there are so many."""
        if window.start <= max(start, 0) and window.end >= min(stop, window.total):
            return window
        return self._window(searcher, query, min(start, window.start), max(stop, window.end))

    def _start(
        self, searcher: tantivy.Searcher, query: tantivy.Query, window: Window, value: Value
    ) -> tuple[int, Window]:
        """Place of the first hit with ``value``, or of the first one past where it would be; and a window around it."""
        wanted = rank(value, descending=self.descending)
        reach = len(window.hits) + _SLACK
        while True:
            at = window.start + bisect_left(
                window.hits, wanted, key=lambda hit: rank(hit[0], descending=self.descending)
            )
            low, high = window.start, window.end
            if at == low and low > 0:
                low -= reach
            elif at == high and high < window.total:
                high += reach
            else:
                return at, window
            window = self._window(searcher, query, low, high)
            reach *= _GROWTH

    def _tie(self, searcher: tantivy.Searcher, query: tantivy.Query, window: Window, at: int) -> tuple[range, Window]:
        """The places of all hits with the value of the one at ``at``, and a window that holds them."""
        reach = _SLACK
        while True:
            window = self._reaching(searcher, query, window, at - reach, at + reach)
            hits, low = window.hits, at - window.start
            value, high = hits[low][0], low + 1
            while low > 0 and hits[low - 1][0] == value:
                low -= 1
            while high < len(hits) and hits[high][0] == value:
                high += 1
            start, stop = low + window.start, high + window.start
            if (low > 0 or start == 0) and (high < len(hits) or stop == window.total):
                return range(start, stop), window
            reach *= _GROWTH

    def _resolved(
        self, searcher: tantivy.Searcher, query: tantivy.Query, window: Window, start: int, stop: int
    ) -> list[Ranked]:
        """The hits at ``start`` to ``stop``, at least one, with every tie that they touch in order."""
        window = self._reaching(searcher, query, window, start, stop)
        first, window = self._tie(searcher, query, window, start)
        last, window = self._tie(searcher, query, window, stop - 1) if stop - 1 not in first else (first, window)
        low, high = first.start, last.stop
        found = ranked(searcher, window.hits[low - window.start : high - window.start], self.further)
        ordered: list[Ranked] = []
        at = 0
        while at < len(found):
            end = at
            while end < len(found) and found[end].value == found[at].value:
                end += 1
            ordered += sorted(found[at:end], key=lambda each: each.place(self.further))
            at = end
        return ordered[start - low : stop - low]
