"""What a list of results shows of a record, the same for every type; read for a page of hits at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from search.lines import guidance, notifications, regulations, standards, substances
from search.lines.line import Line

__all__ = ["Line", "lines"]

READERS: dict[str, Callable[[Sequence[int]], dict[int, Line]]] = {
    standards.RECORD_TYPE: standards.lines,
    substances.RECORD_TYPE: substances.lines,
    regulations.RECORD_TYPE: regulations.lines,
    notifications.RECORD_TYPE: notifications.lines,
    guidance.RECORD_TYPE: guidance.lines,
}
"""By record type: the lines of the public records among these, by key, in a number of queries that does not depend on
how many they are."""


def lines(record_type: str, ids: Sequence[int]) -> dict[int, Line]:
    """Lines by the records' keys; hidden and unknown records, and those of an unknown type, have none."""
    reader = READERS.get(record_type)
    return reader(ids) if reader and ids else {}
