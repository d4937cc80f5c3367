"""Reading results in order, from anywhere and however far.

A stretch that continues the last one is read by the engine's cursor, and the longer the reading goes on, the more is
read ahead: whoever goes through all results costs the engine few searches, and holds one stretch of keys at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.clauses import Answer, Hit, Request
from search.engines.base import Engine

KEYS = 10_000
"""Hits of one search at most, of keys alone."""
DOCUMENTS = 1_000
"""Likewise, with their documents."""


@dataclass(slots=True)
class Reading:
    """Where the reading of a request stands. A request of another kind begins anew."""

    request: Request | None = None
    answer: Answer | None = None
    """The first one; it has the total and the figures."""
    start: int = 0
    hits: tuple[Hit, ...] = ()
    cursor: str = ""
    """Continues after ``hits``."""

    @property
    def end(self) -> int:
        return self.start + len(self.hits)


def read(engine: Engine, request: Request, start: int, stop: int | None, reading: Reading) -> tuple[Answer, list[Hit]]:
    """Total and figures, and the hits from ``start`` to ``stop``, or to the end. Raises EngineError.

    ``request`` is without place and size.
    """
    if reading.request != request:
        reading.request, reading.answer, reading.start, reading.hits, reading.cursor = request, None, 0, (), ""
    if reading.answer is None:
        size = _most(request) if stop is None else min(stop - start, _most(request))
        size = max(min(size, engine.window - start), 0)
        reading.answer = engine.run(replace(request, offset=start if size else 0, size=size))
        _set(reading, start if size else 0, reading.answer)
    end = reading.answer.total if stop is None else min(stop, reading.answer.total)
    return reading.answer, list(_hits(engine, _without_figures(request), start, end, reading))


def _hits(engine: Engine, request: Request, start: int, end: int, reading: Reading) -> Iterator[Hit]:
    at = start
    while at < end:
        if not reading.start <= at < reading.end:
            _go_on(engine, request, at, end, reading)
            if not reading.start <= at < reading.end:  # there are fewer than there were
                return
        found = reading.hits[at - reading.start : end - reading.start]
        yield from found
        at += len(found)


def _go_on(engine: Engine, request: Request, at: int, end: int, reading: Reading) -> None:
    """Bring the reading to ``at``."""
    most = _most(request)
    if at != reading.end and at + min(end - at, most) <= engine.window:
        _set(reading, at, engine.run(replace(request, offset=at, size=min(end - at, most))))
        return
    if at < reading.end:
        _set(reading, 0, engine.run(replace(request, size=min(most, engine.window))))
    while at >= reading.end:
        if not reading.cursor and reading.end:
            return
        ahead = most if at > reading.end else min(max(end - at, reading.end), most)
        if not reading.cursor:
            ahead = min(ahead, engine.window)
        _set(reading, reading.end, engine.run(replace(request, after=reading.cursor, size=ahead)))
        if not reading.hits:
            return


def _most(request: Request) -> int:
    return DOCUMENTS if request.stored else KEYS


def _set(reading: Reading, start: int, answer: Answer) -> None:
    reading.start, reading.hits, reading.cursor = start, answer.hits, answer.next


def _without_figures(request: Request) -> Request:
    return replace(request, facets=(), date_facets=(), query_facets=(), stats=(), stats_by=())
