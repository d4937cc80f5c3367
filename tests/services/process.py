"""Processes that end with the one that started them, however it ends."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.services.folders import give, identity

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def spawn(
    command: Sequence[str | Path], *, cwd: Path, log: Path, environment: Mapping[str, str], on_death: signal.Signals
) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own, so that Ctrl-C reaches it only through its owner.

    ``on_death`` is what the kernel sends it when the thread that started it is gone, by kill -9 too. Its standard input
    stays open as long as its owner lives.
    """
    owner = os.getpid()

    def die_with_owner() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, on_death)
        if os.getppid() != owner:
            os._exit(1)

    log.touch()
    with give(log).open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=cwd,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(cwd), **environment},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_owner,
            **identity(),
        )


def family(pid: int) -> list[int]:
    """A process and all its descendants, which may have sessions of their own, as PostgreSQL's have."""
    children: dict[int, list[int]] = {}
    for process, parent, _ in _processes():
        children.setdefault(parent, []).append(process)
    found = [pid]
    for member in found:
        found.extend(children.get(member, []))
    return found


def send(pids: Sequence[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def wait_gone(pids: Sequence[int], patience: float = 10) -> None:
    """Wait until none of these runs. Those that ended and await their parent's notice count as gone."""
    deadline = time.monotonic() + patience
    while any(pid in pids and state != "Z" for pid, _, state in _processes()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"processes {list(pids)} do not end")
        time.sleep(0.02)


def _processes() -> Iterator[tuple[int, int, str]]:
    """Number, parent and state of every process."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            except (FileNotFoundError, ProcessLookupError):
                continue
            yield int(folder.name), int(parent), state
