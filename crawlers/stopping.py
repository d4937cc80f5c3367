"""Tells every process of a worker that the worker is to stop, so that long tasks end themselves.

Celery lets running tasks finish before it stops, and a crawl takes hours. One byte of memory is shared by the worker
and the processes that it forks later; a signal handler may write it.
"""

from __future__ import annotations

import mmap

_byte = mmap.mmap(-1, 1)


def announce() -> None:
    """The worker is to stop."""
    _byte[0] = 1


def stopping() -> bool:
    """Whether the worker is to stop."""
    return _byte[0] == 1
