"""Child processes that end with their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.settings.env import BASE_DIR

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    """Linux tells the child when its parent is gone, even by kill -9; elsewhere the next start finds the port taken."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Children:
    """The processes of one portal."""

    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, command: Sequence[str], **environment: str) -> subprocess.Popen[bytes]:
        """Start a child in its own session, so that Ctrl-C reaches it only through ``stop``."""
        child = subprocess.Popen(  # noqa: S603 -- commands are the launcher's own
            command,
            cwd=BASE_DIR,
            env={**os.environ, **environment},
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        self.running[name] = child
        return child

    def ended(self) -> tuple[str, int] | None:
        """The first child that has ended, with its exit status; it is forgotten."""
        for name, child in list(self.running.items()):
            status = child.poll()
            if status is not None:
                del self.running[name]
                return name, status
        return None

    def stop(self, grace: float = 15.0) -> None:
        """Ask every child to end, and end those that do not within ``grace`` seconds."""
        for child in self.running.values():
            child.terminate()
        deadline = time.monotonic() + grace
        for child in self.running.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.running.clear()
