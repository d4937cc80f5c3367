"""A bound on processor time that ends a computation from within."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Expired(BaseException):
    """The time is up. Not an Exception, so that no library swallows it."""


@contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Raise Expired in the body after so much processor time of this process; main thread only.

    Processor time, not the clock: a busy machine must not change what is read.
    """
    before = signal.signal(signal.SIGPROF, _expire)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _expire(signum: int, frame: FrameType | None) -> None:
    raise Expired
