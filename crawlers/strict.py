"""Strict reading: a value in scope is handled, ignored by name, or an error; nothing is guessed.

``StructureChanged`` stops a run (the document is built differently), ``RecordError`` sets one record aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Any, TypeVar

from crawlers.errors import RecordError, StructureChanged

T = TypeVar("T")


def expect_exactly(count: int, found: Sequence[T], what: str) -> Sequence[T]:
    """``found``, if it has ``count`` members; else StructureChanged."""
    if len(found) != count:
        raise StructureChanged(f"expected {count} of {what}, found {len(found)}")
    return found


def expect_one(found: Sequence[T], what: str) -> T:
    """The only member of ``found``; else StructureChanged."""
    return expect_exactly(1, found, what)[0]


def expect_at_most_one(found: Sequence[T], what: str) -> T | None:
    """The only member of ``found``, None if it has none; StructureChanged if it has more."""
    return expect_one(found, what) if found else None


def expect_keys(row: Mapping[str, Any], known: Iterable[str], what: str) -> None:
    """StructureChanged if ``row`` has a key that nobody has decided about."""
    unknown = row.keys() - set(known)
    if unknown:
        raise StructureChanged(f"{what} has fields nobody knows: {', '.join(sorted(map(str, unknown)))[:300]}")


def pop(row: MutableMapping[str, Any], key: str, kind: type[T], *, default: T | None = None) -> T:
    """Take ``key`` out of ``row``; RecordError if it is missing without a default, or of another type."""
    value = row.pop(key, None)
    if value is None:
        if default is None:
            raise RecordError("missing_value", key)
        return default
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise RecordError("wrong_type", f"{key} is {type(value).__name__}, expected {kind.__name__}")
    return value


def look_up(table: Mapping[str, T], value: str, what: str) -> T:
    """The value that the source's lookup table gives for ``value``; RecordError for one nobody has decided about."""
    try:
        return table[value]
    except KeyError:
        raise RecordError("unknown_value", f"{what}: {value[:200]!r}") from None
