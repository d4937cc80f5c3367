"""Child processes that end with their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parents[1]
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


LAUNCHER = "PORTAL_LAUNCHER"
"""Environment variable by which a child knows who started it."""


def die_with_parent(number: signal.Signals, parent: int) -> None:
    """Linux sends this process ``number`` when its parent is gone, even by kill -9; ends at once if it is gone already.

    Elsewhere it does nothing: the next start finds the port or the source taken for a while.
    """
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os._exit(1)


def start(
    command: Sequence[str],
    *,
    piped: bool = False,
    ending: signal.Signals = signal.SIGTERM,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.Popen[bytes]:
    """Start a child that ends with this process, in its own session: Ctrl-C reaches it only through its parent.

    What it writes goes where ours goes or, ``piped``, to its ``stdout``. ``ending`` is what it gets when this process
    is killed.
    """
    parent = os.getpid()
    return subprocess.Popen(  # noqa: S603 -- commands are the portal's own
        command,
        cwd=ROOT,
        env={**os.environ, LAUNCHER: str(parent), **environment},
        stdout=subprocess.PIPE if piped else None,
        stderr=subprocess.STDOUT if piped else None,
        start_new_session=True,
        preexec_fn=lambda: die_with_parent(ending, parent),
    )


def end_with_launcher() -> None:
    """In a process that a child has started in turn: end with that child, and at once if the launcher is gone already.

    A web server that is killed while it starts would else leave behind a process that holds the port.
    """
    launcher = os.environ.get(LAUNCHER)
    if launcher is None:
        return
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    try:
        os.kill(int(launcher), 0)
    except ProcessLookupError:
        os._exit(1)
    if os.getppid() == 1:
        os._exit(1)


@dataclass
class Children:
    """The processes of one portal."""

    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(
        self, name: str, command: Sequence[str], ending: signal.Signals = signal.SIGTERM, **environment: str
    ) -> subprocess.Popen[bytes]:
        """Start a child that ``stop`` ends."""
        child = self.running[name] = start(command, ending=ending, environment=environment)
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
