"""Longer and longer rests while something that is needed does not answer."""

from __future__ import annotations

import time
from collections.abc import Callable


class Rests:
    """Each failure in a row doubles the rest, from ``first`` to ``longest`` seconds; a success ends them."""

    def __init__(self, first: float, longest: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.first = first
        self.longest = longest
        self._clock = clock
        self._until = 0.0
        self._next = first

    @property
    def left(self) -> float:
        """Seconds that the present rest still lasts; 0 outside of one."""
        return max(0.0, self._until - self._clock())

    def begin(self) -> float:
        """Rest after a failure; answers for how long."""
        rest = self._next
        self._until = self._clock() + rest
        self._next = min(2 * rest, self.longest)
        return rest

    def end(self) -> None:
        """It answers again."""
        self._until, self._next = 0.0, self.first
