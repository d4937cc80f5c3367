"""How far a command is, on one line of a terminal or in few lines of a log."""

from __future__ import annotations

import time

from django.core.management.base import OutputWrapper

EVERY = 2.0
"""Seconds between lines in a log."""


class Line:
    """Overwritten on a terminal."""

    def __init__(self, output: OutputWrapper) -> None:
        self.output = output
        self._open = False
        self._last = 0.0

    def show(self, what: str, done: int, total: int) -> None:
        if self.output.isatty():
            self.output.write(f"\r\033[K{what} {done}/{total}", ending="")
            self.output.flush()
            self._open = True
        elif done == total or time.monotonic() - self._last > EVERY:
            self.output.write(f"{what} {done}/{total}")
            self._last = time.monotonic()

    def end(self) -> None:
        if self._open:
            self.output.write("")
            self._open = False
