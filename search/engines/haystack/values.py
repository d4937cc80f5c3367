"""Values of a query as the fields of the index take them."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from django.utils import timezone

from search.clauses import Value
from search.engines.errors import EngineQueryError
from search.schema import Field, FieldKind

_BOOLEANS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def as_value(field: Field, value: object) -> Value:
    """``value`` as the field holds it, or the next lower value that it can hold. Raises EngineQueryError."""
    return as_bound(field, value)[0]


def as_bound(field: Field, value: object) -> tuple[Value, bool]:
    """Likewise, and whether that is the very value: a year of 2015.5 is 2015 but for a half."""
    try:
        match field.kind:
            case FieldKind.INTEGER:
                return _whole(value)
            case FieldKind.FLOAT:
                number = float(_number(value))
                if not math.isfinite(number):
                    raise ValueError("not finite")
                return number, True
            case FieldKind.BOOLEAN:
                return _boolean(value), True
            case FieldKind.DATE:
                return _day(value)
            case FieldKind.DATETIME:
                return _moment(value), True
    except (ValueError, TypeError, InvalidOperation, OverflowError) as error:
        raise EngineQueryError(f"{field.name} ({field.kind}) takes no {str(value)[:100]!r}") from error
    return as_text(value), True


def as_text(value: object) -> str:
    """As it is written in a query, and in a text of the index."""
    match value:
        case None:
            raise EngineQueryError("None is no value to look for")
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
    return str(value)


def _number(value: object) -> Decimal:
    return Decimal(str(int(value) if isinstance(value, bool) else value).strip())


def _whole(value: object) -> tuple[int, bool]:
    number = _number(value)
    floor = math.floor(number)
    return floor, floor == number


def _boolean(value: object) -> bool:
    if isinstance(value, str):
        if value.lower() not in _BOOLEANS:
            raise ValueError(value)
        return _BOOLEANS[value.lower()]
    return bool(value)


def _day(value: object) -> tuple[date, bool]:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value, True
    moment = _moment(value)
    if timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return moment.date(), moment.time() == time.min


def _moment(value: object) -> datetime:
    match value:
        case datetime():
            return value
        case date():
            return datetime.combine(value, time.min)
        case str():
            return datetime.fromisoformat(value.strip())
    raise TypeError(type(value).__name__)
