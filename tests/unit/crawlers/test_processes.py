"""Children end with their parent, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawlers.processes import Children

SLEEPER = [sys.executable, "-c", "import signal; signal.pause()"]
DEAF = [
    sys.executable,
    "-c",
    "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True)\nwhile True: signal.pause()",
]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_stop_ends_a_child() -> None:
    children = Children()
    child = children.start("sleeper", SLEEPER)
    children.stop()
    assert child.returncode == -signal.SIGTERM
    assert children.running == {}


def test_stop_kills_a_child_that_does_not_listen(capfd: pytest.CaptureFixture[str]) -> None:
    children = Children()
    child = children.start("deaf", DEAF)
    while not capfd.readouterr().out:  # it has installed its handler
        assert child.poll() is None
    children.stop(grace=0.2)
    assert child.returncode == -signal.SIGKILL


def test_ended_tells_name_and_status_once() -> None:
    children = Children()
    children.start("short", [sys.executable, "-c", "raise SystemExit(7)"]).wait()
    assert children.ended() == ("short", 7)
    assert children.ended() is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_a_child_ends_when_its_parent_is_killed() -> None:
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from crawlers.processes import Children; import signal, sys\n"
            f"print(Children().start('child', {SLEEPER!r}).pid, flush=True); signal.pause()",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert alive(child)
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while alive(child) and time.monotonic() < deadline:
        os.sched_yield()
    assert not alive(child)
