"""What killed runs leave behind: folders, and servers that were paused, which hear of their owner's end too late."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path


def born(pid: int) -> str | None:
    """When a process began, which tells it from a later one of the same number; None if there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (FileNotFoundError, ProcessLookupError):
        return None


def name_of(pid: int) -> str:
    """The name of the folder of a process."""
    return f"{pid}-{born(pid)}"


def sweep(base: Path) -> None:
    """Remove the folders of processes that are no more, and end the servers that run in them."""
    for left in base.iterdir():
        if left.name != name_of(int(left.name.partition("-")[0])):
            _end_all_in(left)
            shutil.rmtree(left, ignore_errors=True)


def _end_all_in(folder: Path) -> None:
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                if Path(os.readlink(process / "cwd")).is_relative_to(folder):
                    os.kill(int(process.name), signal.SIGKILL)
            except OSError:  # ended meanwhile, or another user's
                continue
