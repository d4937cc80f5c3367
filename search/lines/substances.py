"""Substances as lines of a list."""

from __future__ import annotations

from collections.abc import Sequence

from content.reach.models import ListEntry, Substance
from content.reach.store import RECORD_TYPE
from search.documents.substances import BODY
from search.lines.line import Line

__all__ = ["RECORD_TYPE", "lines"]


def lines(ids: Sequence[int]) -> dict[int, Line]:
    """Four queries."""
    found = Substance.objects.public().filter(pk__in=ids).prefetch_related("numbers", "entries", "groups")
    return {one.pk: _line(one) for one in found}


def _line(one: Substance) -> Line:
    numbers = [number.value for number in one.numbers.all()]
    entries = [entry for entry in (*one.entries.all(), *one.groups.all()) if entry.missing_since is None]
    labels = dict(ListEntry.List.choices)
    cas = next((number.value for number in one.numbers.all() if number.kind == "cas"), "")
    return Line(
        type=RECORD_TYPE,
        id=one.pk,
        url=one.get_absolute_url(),
        designation=f"CAS {cas}" if cas else f"EC {numbers[0]}" if numbers else "REACH",
        titles={code: title for code, title in (("zh", one.name_zh), ("en", one.name)) if title},
        text=one.description,
        status="",
        status_label="",
        dates={"listed": min((entry.included for entry in entries if entry.included), default="")},
        body=BODY,
        issuer=", ".join(dict.fromkeys(str(labels[entry.list_name]) for entry in entries)) or BODY,
        identifiers=frozenset(numbers),
    )
