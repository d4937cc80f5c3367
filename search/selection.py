"""What narrows a search besides its words, and what that asks of the engine; pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from search import schema
from search.clauses import Clause, Order, Range

ORDERS: dict[str, Order] = {
    "relevance": Order(),
    "newest": Order(schema.PUBLISHED, descending=True),
    "oldest": Order(schema.PUBLISHED, descending=False),
    "designation": Order(schema.SORT_KEY, descending=False),
    "updated": Order(schema.UPDATED, descending=True),
    "deadline": Order(schema.DEADLINE, descending=False),
}


class Comments(StrEnum):
    """Whether comments on a notified measure are still taken, and for how long."""

    OPEN = "open"
    WEEK = "7"
    """Seven days at most."""
    MONTH = "30"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Selection:
    """What narrows a search besides its words: filters by parameter name, dates, and which stretch of the results."""

    filters: dict[str, tuple[str | int, ...]] = field(default_factory=dict)
    published_from: date | None = None
    published_before: date | None = None
    on: date | None = None
    comments: Comments | None = None
    today: date | None = None
    """What ``comments`` is counted from."""
    sort: str = "relevance"
    offset: int = 0
    size: int = 20
    after: str = ""


def narrowing(selection: Selection) -> tuple[Clause, ...]:
    """What the dates of a selection ask for."""
    clauses: list[Clause] = []
    if selection.published_from or selection.published_before:
        clauses.append(Range(schema.PUBLISHED, selection.published_from, selection.published_before))
    if selection.on:
        after = selection.on + timedelta(days=1) if selection.on < date.max else None
        clauses.append(Range(schema.IN_FORCE_FROM, None, after))
        if after:
            clauses.append(Range(schema.IN_FORCE_TO, after, None))
    if selection.comments and selection.today:
        clauses.append(comments_clause(selection.comments, selection.today))
    return tuple(clauses)


def comments_clause(wanted: Comments, today: date) -> Clause:
    """Notifications by the days that are left for comments."""
    if wanted is Comments.OVER:
        return Range(schema.DEADLINE, None, today)
    days = {Comments.WEEK: 7, Comments.MONTH: 30}.get(wanted)
    return Range(schema.DEADLINE, today, today + timedelta(days=days + 1) if days else None)


def comment_facets(selection: Selection) -> tuple[tuple[str, Clause], ...]:
    """How many notifications are open for comments: asked for where notifications are what is looked at."""
    if selection.today is None or "tbt" not in selection.filters.get("type", ()):
        return ()
    return tuple((one.value, comments_clause(one, selection.today)) for one in Comments)
