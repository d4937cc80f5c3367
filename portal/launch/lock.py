"""One portal per data folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process holds the data folder; the message names it."""


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold ``path`` until the block or the process ends, however it ends: the kernel lets go of the lock.

    Raises AlreadyRunning.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            file.seek(0)
            raise AlreadyRunning(f"process {file.read().strip() or 'unknown'}") from exc
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
