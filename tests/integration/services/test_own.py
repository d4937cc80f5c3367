"""``python -m tests.services`` says what to export, and takes its servers with it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.settings.env import BASE_DIR
from tests.services import folders, leftovers
from tests.services.ports import answers
from tests.services.process import family, wait_gone

PAUSING = """
import time
from tests.services.redis import Redis

redis = Redis().start()
redis.pause()
print(redis.pid, flush=True)
time.sleep(60)
"""


@contextmanager
def services(*kinds: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The running command and the line that it says to copy."""
    command = [sys.executable, "-m", "tests.services", *kinds]
    with subprocess.Popen(command, cwd=BASE_DIR, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = next(line for line in process.stdout or () if line.startswith("export "))
            yield process, line
        finally:
            process.kill()
            process.wait()
            leftovers.sweep(folders.of_all())


def test_ctrl_c_stops_the_servers_and_removes_their_data() -> None:
    with services("postgres", "redis") as (process, _):
        children, (data,) = family(process.pid)[1:], folders.of_all().glob(f"{process.pid}-*")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        wait_gone(children, 1)
        assert not data.exists()


def test_a_server_that_was_paused_when_its_owner_was_killed_is_ended_by_the_next_run() -> None:
    with subprocess.Popen([sys.executable, "-c", PAUSING], cwd=BASE_DIR, stdout=subprocess.PIPE, text=True) as owner:
        redis = int((owner.stdout or sys.stdin).readline())
        owner.kill()
    assert Path(f"/proc/{redis}").exists()
    leftovers.sweep(folders.of_all())
    wait_gone([redis])
    assert not list(folders.of_all().glob(f"{owner.pid}-*"))


def test_all_answer_where_it_says_and_a_kill_takes_them_along() -> None:
    with services() as (process, line):
        names = re.findall(r"(\w+)=\w+://[\w@.]+:(\d+)", line)
        assert {name for name, _ in names} == {"DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "ELASTICSEARCH_URL"}
        assert all(answers(int(port)) for _, port in names)
        children = family(process.pid)[1:]
        process.kill()
        wait_gone(children, 30)
        assert not any(answers(int(port)) for _, port in names)
