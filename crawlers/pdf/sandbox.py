"""What the child takes from itself before it reads a stranger's bytes."""

from __future__ import annotations

import resource
import sys
from typing import Any

FORBIDDEN_EVENTS = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "ctypes.",
    "pty.",
)
WRITE_FLAGS = 0o3 | 0o100 | 0o1000 | 0o2000  # os.O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND
CHANGING_EVENTS = frozenset(
    {"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown"}
)


class Denied(PermissionError):
    """The child tried something that reading a PDF never needs."""


def lock_down(memory_bytes: int) -> None:
    """Bound memory, forbid core dumps and files of any size, and refuse sockets, processes and writing from now on."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    sys.addaudithook(_refuse)  # cannot be removed again


def allow_cpu(seconds: float) -> None:
    """Let the process use this much more processor time; the kernel ends it beyond that."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    if event == "open":
        flags = args[2] if len(args) > 2 else 0
        if isinstance(flags, int) and flags & WRITE_FLAGS:
            raise Denied(f"writing {args[0]!r}")
    elif event.startswith(FORBIDDEN_EVENTS) or event in CHANGING_EVENTS:
        raise Denied(event)
