"""The order of hits, and cursors into it.

Equal hits follow ``mapping.ORDER``, which no two share, so the last hit of one stretch says where the next begins, at
the millionth as at the tenth, without anything kept between requests.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from search import schema as portal_schema
from search.clauses import Order, Request
from search.engines.elastic.mapping import ORDER
from search.engines.errors import BadCursor, EngineQueryError

_MAX_CURSOR = 4000


def sort_of(request: Request) -> list[dict[str, Any]]:
    """The ``sort`` of a request. Raises EngineQueryError."""
    if any(order.field is None for order in request.then):
        raise EngineQueryError("Results are ordered by score first or not at all")
    keys = [_key(order) for order in (request.order, *request.then)]
    return [*keys, {ORDER: {"order": "asc"}}]


def _key(order: Order) -> dict[str, Any]:
    direction = "desc" if order.descending else "asc"
    if order.field is None:
        return {"_score": {"order": direction}}
    if not order.field.sort:
        raise EngineQueryError(f"Results can't be ordered by {order.field.name}")
    return {order.field.name: {"order": direction, "missing": "_last"}}


def _name(request: Request) -> str:
    """Tells the orders apart, so that a cursor is not read in another one."""
    return ",".join(
        f"{'-' if one.descending else ''}{one.field.name if one.field else 'score'}"
        for one in (request.order, *request.then)
    )


def encoded(request: Request, values: list[Any], served: int) -> str:
    """A cursor behind the hit with these sort values."""
    raw = json.dumps([_name(request), values, served], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def decoded(request: Request) -> tuple[list[Any], int]:
    """Sort values and the number of hits that were given out before. Raises BadCursor."""
    try:
        if len(request.after) > _MAX_CURSOR:
            raise ValueError("too long")
        raw = base64.urlsafe_b64decode(request.after + "=" * (-len(request.after) % 4))
        name, values, served = json.loads(raw)
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise BadCursor("This is not a cursor") from error
    sound = (
        isinstance(values, list)
        and len(values) == len(request.then) + 2
        and all(_sound(order, value) for order, value in zip((request.order, *request.then), values[:-1], strict=True))
        and isinstance(values[-1], str)
        and isinstance(served, int)
        and not isinstance(served, bool)
        and 0 <= served < 2**40
    )
    if not sound:
        raise BadCursor("This is not a cursor")
    if name != _name(request):
        raise BadCursor("The cursor belongs to results in another order")
    return values, served


def _sound(order: Order, value: object) -> bool:
    if isinstance(value, bool):
        return False
    if order.field is None:
        return isinstance(value, float | int)
    if order.field.kind is portal_schema.FieldKind.KEYWORD:
        return value is None or isinstance(value, str)
    return value is None or (isinstance(value, float | int) and -(2**63) <= value < 2**63)
