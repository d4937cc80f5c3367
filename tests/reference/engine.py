"""The engine; its documents live as long as its process."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, cmp_to_key, partial
from statistics import fmean, stdev
from typing import Any

from search.buckets import Sums, add_up, bucket_of
from search.clauses import Answer, Clause, DateFacet, Hit, Order, Request, Stats
from search.engines.base import Document, Engine, IndexState, IndexWriter, NearWord
from search.engines.errors import BadCursor, EngineQueryError
from search.engines.values import distance_within
from search.gaps import gaps
from search.schema import Field, FieldKind, Schema
from search.text import fold
from tests.reference.matching import Matcher, values, written

Scored = tuple[float, Document]


@dataclass(slots=True)
class Index:
    """Documents by key, and the places that cursors stand for."""

    documents: dict[str, Document] = field(default_factory=dict)
    cursors: dict[str, tuple[tuple[Order, ...], Scored, int]] = field(default_factory=dict)


class Writer(IndexWriter):
    def __init__(self, index: Index, schema: Schema, documents: dict[str, Document]) -> None:
        self._index, self._schema, self._documents = index, schema, documents

    def replace(self, keys: Iterable[str], documents: Iterable[Document], version: int | None = None) -> None:
        gone, parent = set(keys), self._schema.parent.name
        self._documents = {key: each for key, each in self._documents.items() if each.get(parent) not in gone}
        for each in documents:
            if not self._schema.keeps and (unknown := set(each) - {field.name for field in self._schema.fields}):
                raise EngineQueryError(f"Unknown: {unknown}")
            self._documents[each[self._schema.key.name]] = each

    def commit(self) -> dict[str, str]:
        self._index.documents = self._documents
        return {}

    def records(self) -> int:
        return len(self._documents)

    def held(self, keys: Sequence[str]) -> dict[str, int]:
        return {key: _checksum(self._schema, self._documents[key]) for key in keys if key in self._documents}


class ReferenceEngine(Engine):
    """Does not know pages. ``searches`` counts the calls of ``run``."""

    def __init__(self, schema: Schema, index: Index, window: int = 10_000) -> None:
        self.schema, self.window, self._index = schema, window, index
        self.searches = 0

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.schema)

    def run(self, request: Request) -> Answer:
        self.searches += 1
        if (
            request.size < 0
            or request.offset < 0
            or request.size > 10_000
            or (not request.after and request.offset + request.size > self.window and request.size)
        ):
            raise EngineQueryError("out of range")
        unfiltered = [
            scored
            for scored in self._scored(request.query)
            if all(self._matcher.score(clause, scored[1]) is not None for clause in request.narrow)
        ]
        found = _filtered(unfiltered, request)
        orders = self._orders(request)
        found.sort(key=cmp_to_key(partial(_compare, orders)))
        start = self._start(request, orders, found)
        page = found[start : start + request.size]
        cursor = ""
        if page and start + len(page) < len(found):
            cursor = f"cursor{len(self._index.cursors)}"
            self._index.cursors[cursor] = (orders, page[-1], start + len(page))
        return Answer(
            len(found),
            tuple(self._hit(scored, request) for scored in page),
            {each.name: self._counts(each, _filtered(unfiltered, request, each))[: request.facet_size]
             for each in request.facets},
            0.0,
            cursor,
            {each.name: self._stats(each, found, request.stats_by) for each in request.stats},
            {facet.field.name: _dates(facet, found) for facet in request.date_facets},
            {name: sum(self._matcher.score(clause, each) is not None for _score, each in found)
             for name, clause in request.query_facets},
        )  # fmt: skip

    def _scored(self, clause: Clause) -> list[Scored]:
        scores = ((self._matcher.score(clause, each), each) for each in self._index.documents.values())
        return [(score, each) for score, each in scores if score is not None]

    def _hit(self, scored: Scored, request: Request) -> Hit:
        score, document = scored
        stored = {name: _json(value) for name, value in document.items()} if request.stored else None
        return Hit(document[self.schema.key.name], score, (), stored)

    # Order

    def _orders(self, request: Request) -> tuple[Order, ...]:
        for order in request.then:
            if order.field is None:
                raise EngineQueryError("Only the first can be the score")
        for order in (request.order, *request.then):
            if order.field and not order.field.sort:
                raise EngineQueryError(f"{order.field.name} does not sort")
        ties = (Order(self.schema.weight),) if self.schema.weight else ()
        keys = (each for each in (self.schema.sort_key, self.schema.key) if each)
        return (request.order, *request.then, *ties, *(Order(each, descending=False) for each in keys))

    def _start(self, request: Request, orders: tuple[Order, ...], found: list[Scored]) -> int:
        if not request.after:
            return request.offset
        if request.after not in self._index.cursors or self._index.cursors[request.after][0] != orders:
            raise BadCursor("No such cursor")
        _orders, last, _served = self._index.cursors[request.after]
        return sum(_compare(orders, each, last) <= 0 for each in found)

    # Figures

    def _counts(self, of: Field, found: list[Scored]) -> tuple[tuple[str, int], ...]:
        if not of.facet:
            raise EngineQueryError(f"{of.name} is no facet")
        counts = Counter(_text(value) for _score, each in found for value in dict.fromkeys(values(each, of)))
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def _stats(self, of: Field, found: list[Scored], by: Sequence[Field]) -> Stats:
        if of.kind not in (FieldKind.INTEGER, FieldKind.FLOAT):
            raise EngineQueryError(f"{of.name} is no number")
        numbers = [float(value) for _score, each in found for value in values(each, of)]
        groups = {
            facet.name: {
                name: self._stats(of, [one for one in found if name in map(_text, values(one[1], facet))], ())
                for name, _count in self._counts(facet, found)
            }
            for facet in by
        }
        if not numbers:
            return Stats(0, missing=len(found), by=groups)
        return Stats(
            len(numbers),
            len(found) - len(numbers),
            min(numbers),
            max(numbers),
            sum(numbers),
            sum(number * number for number in numbers),
            fmean(numbers),
            stdev(numbers) if len(numbers) > 1 else 0.0,
            groups,
        )

    # The rest

    def count(self, clause: Clause) -> int:
        return len(self._scored(clause))

    def suggest(self, prefix: str, size: int = 10) -> tuple[str, ...]:
        raise NotImplementedError

    def near(self, word: str, distance: int = 2) -> tuple[NearWord, ...]:
        counts = Counter(
            each
            for document in self._index.documents.values()
            for content in self.schema.content
            for each in set(written(document, content))
        )
        found = [
            NearWord(each, count, away)
            for each, count in counts.items()
            if (away := distance_within(fold(word), each, distance))
        ]
        return tuple(sorted(found, key=lambda each: (each.distance, -each.count, each.word))[:20])

    def update(self, documents: Iterable[Document]) -> int:
        made = list(documents)
        with self.writing() as writer:
            writer.replace({each[self.schema.parent.name] for each in made}, made)
            writer.commit()
        return len(made)

    def remove(self, keys: Iterable[str]) -> None:
        with self.writing() as writer:
            writer.replace(keys, ())
            writer.commit()

    def clear(self) -> None:
        self._index.documents = {}

    @contextlib.contextmanager
    def writing(self, timeout: float = 0) -> Iterator[IndexWriter]:
        yield Writer(self._index, self.schema, dict(self._index.documents))

    @contextlib.contextmanager
    def rebuilding(self, timeout: float = 0) -> Iterator[IndexWriter]:
        writer = Writer(self._index, self.schema, {})
        yield writer
        writer.commit()

    def helping_to_build(self) -> contextlib.AbstractContextManager[IndexWriter]:
        raise EngineQueryError("Only one process can write")

    def bucket_sums(self) -> Sums:
        return add_up(self._checksums())

    def checksums(self, buckets: Collection[int]) -> Iterator[tuple[str, int]]:
        return ((key, checksum) for key, checksum in self._checksums() if bucket_of(key) in buckets)

    def roll_back(self) -> None:
        raise EngineQueryError("There is no earlier index")

    def sweep(self) -> list[str]:
        return []

    def _checksums(self) -> Iterator[tuple[str, int]]:
        return ((key, _checksum(self.schema, each)) for key, each in self._index.documents.items())

    def state(self) -> IndexState:
        count = len(self._index.documents)
        return IndexState(count, count, 0, datetime.now(UTC))


def _checksum(schema: Schema, document: Document) -> int:
    return int(document.get(schema.checksum.name, 0)) if schema.checksum else 0


def _filtered(found: list[Scored], request: Request, but: Field | None = None) -> list[Scored]:
    return [
        scored
        for scored in found
        if all(
            of == but or not wanted or set(wanted).intersection(values(scored[1], of))
            for of, wanted in request.filters.items()
        )
    ]


def _compare(orders: Sequence[Order], one: Scored, other: Scored) -> int:
    for order in orders:
        first, second = (_sort_value(scored, order) for scored in (one, other))
        if first == second:
            continue
        if first is None or second is None:
            return 1 if first is None else -1
        return 1 if (first < second) == order.descending else -1
    return 0


def _sort_value(scored: Scored, order: Order) -> Any:
    if order.field is None:
        return scored[0]
    return next(iter(values(scored[1], order.field)), None)


def _dates(facet: DateFacet, found: list[Scored]) -> tuple[tuple[date | datetime, int], ...]:
    if facet.field.kind not in (FieldKind.DATE, FieldKind.DATETIME):
        raise EngineQueryError(f"{facet.field.name} is no day")
    try:
        stretches = gaps(facet)
    except ValueError as error:
        raise EngineQueryError(str(error)) from error
    days = [day for _score, each in found for day in values(each, facet.field)]
    counts = ((low, sum(low <= day < high for day in days)) for low, high in stretches)
    return tuple((low, count) for low, count in counts if count)


def _json(value: Any) -> Any:
    match value:
        case list():
            return [_json(each) for each in value]
        case date():
            return value.isoformat()
    return value


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(_json(value))
