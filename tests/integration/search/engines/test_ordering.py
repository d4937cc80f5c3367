"""Several sort keys, and cursors through them, against sorting in Python."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from search import schema
from search.clauses import AllOf, Boost, Everything, Order, Range, Request
from search.engines.base import Document, Engine
from search.engines.errors import BadCursor, EngineQueryError

COUNT = 700
ORDERS = {
    "year": (Order(schema.YEAR, descending=True),),
    "year, published": (Order(schema.YEAR, descending=False), Order(schema.PUBLISHED, descending=True)),
    "published, year": (Order(schema.PUBLISHED, descending=True), Order(schema.YEAR, descending=False)),
    "year, designation": (Order(schema.YEAR, descending=True), Order(schema.SORT_KEY, descending=True)),
    "score, year": (Order(), Order(schema.YEAR, descending=False)),
    "three": (
        *(Order(schema.WEIGHT, descending=True), Order(schema.YEAR, descending=True)),
        Order(schema.PUBLISHED, descending=False),
    ),
}


def documents() -> list[Document]:
    """Few different values, so that there are many ties, and some documents without any."""
    random = Random(7)  # noqa: S311 - always the same
    made: list[Document] = []
    for number in range(COUNT):
        key = f"standard:{number}"
        values: dict[str, Any] = {"year": random.choice([None, 2001, 2002])}
        values["published"] = random.choice([None, *(date(2000, month, 1) for month in range(1, 7))])
        values["weight"] = random.choice([20, 100])
        values["sort_key"] = f"k{random.randrange(COUNT):03d}"
        made.append({"key": key, "parent": key, "type": "standard", **values})
    return made


DOCUMENTS = documents()


@pytest.fixture(autouse=True)
def _documents(engine: Engine) -> None:
    engine.update(DOCUMENTS)


def expected(orders: tuple[Order, ...]) -> list[str]:
    ordered = sorted(DOCUMENTS, key=lambda each: (-each["weight"], each["sort_key"], each["key"]))
    for order in reversed([order for order in orders if order.field]):
        assert order.field is not None
        name = order.field.name
        ordered.sort(key=lambda each: (each[name] is not None, each[name] or 0), reverse=order.descending)
        ordered.sort(key=lambda each: each[name] is None)
    return [each["key"] for each in ordered]


@pytest.mark.parametrize("name", ORDERS)
def test_pages_follow_every_sort_key(engine: Engine, name: str) -> None:
    order, *then = orders = ORDERS[name]
    wanted = expected(orders)
    for offset, size in ((0, 20), (100, 300), (COUNT - 5, 20), (COUNT, 10), (COUNT + 30, 10)):
        answer = engine.run(Request(Everything(), order=order, then=tuple(then), offset=offset, size=size))
        assert [hit.key for hit in answer.hits] == wanted[offset : offset + size]
        assert answer.total == COUNT


@pytest.mark.parametrize("name", ORDERS)
def test_cursors_follow_every_sort_key(engine: Engine, name: str) -> None:
    order, *then = orders = ORDERS[name]
    seen: list[str] = []
    after = ""
    while not seen or after:
        answer = engine.run(Request(Everything(), order=order, then=tuple(then), after=after, size=130))
        seen += [hit.key for hit in answer.hits]
        after = answer.next
        assert len(seen) <= COUNT
    assert seen == expected(orders)


def test_a_cursor_keeps_its_place_while_the_index_changes(engine: Engine) -> None:
    """Whatever goes or comes before the cursor, what follows it is given once."""
    order, then = ORDERS["year, published"][0], ORDERS["year, published"][1:]
    wanted = expected(ORDERS["year, published"])
    first = engine.run(Request(Everything(), order=order, then=then, size=400))
    engine.remove(wanted[:390])
    following = engine.run(Request(Everything(), order=order, then=then, size=COUNT, after=first.next))
    assert [hit.key for hit in following.hits] == wanted[400:]


def test_the_score_comes_first(engine: Engine) -> None:
    better = Boost(Range(schema.YEAR, 2002, None), 5.0)
    answer = engine.run(
        Request(
            AllOf(must=(Everything(),), should=(better,)),
            order=Order(),
            then=(Order(schema.PUBLISHED, descending=False),),
            size=COUNT,
        )
    )
    years = {each["key"]: each["year"] for each in DOCUMENTS}
    assert [years[hit.key] == 2002 for hit in answer.hits] == sorted(
        (years[hit.key] == 2002 for hit in answer.hits), reverse=True
    )
    days = {each["key"]: each["published"] or date.max for each in DOCUMENTS}
    best = [days[hit.key] for hit in answer.hits if years[hit.key] == 2002]
    assert best == sorted(best)


def test_cursors_of_another_order_are_refused(engine: Engine) -> None:
    orders = ORDERS["year, published"]
    cursor = engine.run(Request(Everything(), order=orders[0], then=orders[1:], size=5)).next
    for other in ("year", "published, year", "year, designation"):
        order, *then = ORDERS[other]
        with pytest.raises(BadCursor):
            engine.run(Request(Everything(), order=order, then=tuple(then), after=cursor))


@pytest.mark.parametrize("then", [Order(), Order(schema.STATUS)])
def test_what_does_not_sort_is_refused(engine: Engine, then: Order) -> None:
    with pytest.raises(EngineQueryError):
        engine.run(Request(Everything(), order=Order(schema.YEAR), then=(then,)))
