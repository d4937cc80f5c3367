"""The portal's commands in processes of their own; ``manage.py run`` with the small bundles starts in seconds."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.settings.env import BASE_DIR

STANDARDS = ("hbba", "openstd", "ttbz", "xorg")
BUNDLES = (*STANDARDS, "echa_candidate", "echa_authorisation", "echa_restriction", "flk", "tbt_portals")


def environment(folder: Path) -> dict[str, str]:
    """Data, bundles and a free port of its own."""
    for name in BUNDLES:
        shutil.copytree(BASE_DIR / "crawlers" / "recorded" / name, folder / "bundles" / name)
    return {
        **os.environ,
        "DATA_DIR": str(folder / "var"),
        "CRAWL_BUNDLE_DIR": str(folder / "bundles"),
        "PORT": str(_free_port()),
        "PYTHONUNBUFFERED": "1",
    }


def command(environment: Mapping[str, str], *words: str | Path) -> subprocess.CompletedProcess[str]:
    """``manage.py`` with these words, run to its end, however it ends."""
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def manage(environment: Mapping[str, str], *words: str | Path) -> str:
    """What ``manage.py`` with these words says; fails if it ends with an error."""
    done = command(environment, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The started portal; killed at the end, if it has not ended before."""
    portal = subprocess.Popen(
        [sys.executable, "manage.py", "run"], cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        yield portal
    finally:
        portal.kill()
        portal.wait()
        if portal.stdout:
            portal.stdout.close()


def until(portal: subprocess.Popen[str], beginning: str) -> str:
    """Everything the portal says up to the line that begins so; fails if it ends before."""
    said = ""
    for line in portal.stdout or ():
        said += line
        if line.startswith(beginning):
            return said
    pytest.fail(f"the portal ended before it said {beginning!r}:\n{said}")
