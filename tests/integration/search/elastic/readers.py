"""Visitors of an engine, for tests of what they notice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from search.clauses import Everything, Request
from search.engines.elastic.engine import ElasticEngine


class Readers:
    """So many ask for everything, each with a pause of so many seconds between two questions.

    ``totals`` are the answers, ``failures`` what a visitor would have seen as an error.
    """

    def __init__(self, engine: ElasticEngine, number: int, pause: float) -> None:
        self._number, self._pause = number, pause
        self.totals: list[int] = []
        self.failures: list[Exception] = []
        self._engine = engine
        self._done = threading.Event()

    def _read(self) -> None:
        while not self._done.wait(self._pause):
            try:
                self.totals.append(self._engine.run(Request(Everything(), facets=())).total)
            except Exception as error:  # noqa: BLE001 -- whatever it is, a reader would have seen it
                self.failures.append(error)

    @contextmanager
    def reading(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._read) for _ in range(self._number)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._done.set()
            for thread in threads:
                thread.join()
