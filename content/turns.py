"""Turns at heavy work on what people upload: so many at once on the whole machine, a short queue, then an honest no.

Threads and workers share nothing but the data folder, so a turn is a locked file in it. The kernel lets go of the lock
when its holder ends, however it ends: a killed worker blocks nobody.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import ngettext

PATIENCE = 10.0
"""Seconds in the queue; no browser has given up by then."""
WAITING = 2
"""Places in the queue for each turn. Whoever waits holds a thread that could answer others."""
RETRY_AFTER = 20
"""Seconds after which it is worth trying again: most files are read in less."""
_LOOK = 0.1


class Busy(Exception):
    """All turns and all places in the queue are taken; the message says when to try again."""

    def __init__(self) -> None:
        super().__init__()
        self.retry_after = RETRY_AFTER

    def __str__(self) -> str:
        return ngettext(
            "Many files are being read just now. Try again in %(seconds)d second.",
            "Many files are being read just now. Try again in %(seconds)d seconds.",
            self.retry_after,
        ) % {"seconds": self.retry_after}


@contextmanager
def turn(work: str) -> Iterator[None]:
    """Hold one of the turns at this kind of work; raises Busy. The queue has no order, but nobody stands in it
    longer than ``PATIENCE``."""
    folder = Path(settings.TURNS)
    folder.mkdir(parents=True, exist_ok=True)
    turns = [folder / f"{work}-{at}" for at in range(settings.UPLOADS_AT_ONCE)]
    places = [folder / f"{work}-queue-{at}" for at in range(settings.UPLOADS_AT_ONCE * WAITING)]
    with ExitStack() as held:
        if not _take(turns, held):
            _wait(turns, places, held)
        yield


def _wait(turns: list[Path], places: list[Path], held: ExitStack) -> None:
    with ExitStack() as queue:
        if not _take(places, queue):
            raise Busy
        until = time.monotonic() + PATIENCE
        while not _take(turns, held):
            if time.monotonic() > until:
                raise Busy
            time.sleep(_LOOK)


def _take(files: list[Path], held: ExitStack) -> bool:
    """Lock one of the files until ``held`` is closed. Each opening has a lock of its own, also within a process."""
    for path in files:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            continue
        held.callback(os.close, handle)
        return True
    return False
