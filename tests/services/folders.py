"""Where the servers' files lie, and as whom they run.

PostgreSQL and Elasticsearch refuse to run as root. Where the tests are root, servers run as ``nobody``, who must be
able to reach their files: hence folders under the temporary folder rather than pytest's, which are closed to others,
and root's cache under ``/var/cache`` rather than in its closed home.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TypedDict

from tests.services import leftovers

USER, GROUP = "nobody", "nogroup"


class Identity(TypedDict, total=False):
    """Arguments of ``subprocess.Popen``; empty where the tests are not root."""

    user: str
    group: str
    extra_groups: list[str]


def identity() -> Identity:
    return {"user": USER, "group": GROUP, "extra_groups": []} if os.geteuid() == 0 else {}


def give(path: Path) -> Path:
    """Give a file or folder to the user that the servers run as."""
    if os.geteuid() == 0:
        shutil.chown(path, USER, GROUP)
    return path


def make(name: str) -> Path:
    """A new folder for one server."""
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=_own()))
    folder.chmod(0o755)
    return give(folder)


def closed_to_others(path: Path) -> Path | None:
    """The folder, if any, that keeps other users from reaching this path."""
    return next(
        (folder for folder in (path, *path.parents) if folder.is_dir() and not folder.stat().st_mode & 0o001), None
    )


def cached() -> Path:
    """The folder for what is fetched once."""
    if given := os.environ.get("XDG_CACHE_HOME"):
        base = Path(given)
    else:
        base = Path("/var/cache") if os.geteuid() == 0 else Path.home() / ".cache"
    folder = base / "standards-portal"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@cache
def _own() -> Path:
    """The folder of this process, removed at its end; those that killed processes have left behind are removed now."""
    base = of_all()
    base.mkdir(mode=0o755, exist_ok=True)
    if base.stat().st_uid != os.geteuid():
        raise PermissionError(f"{base} belongs to someone else")
    leftovers.sweep(base)
    own = base / leftovers.name_of(os.getpid())
    own.mkdir(mode=0o755, exist_ok=True)
    atexit.register(_remove, own, os.getpid())
    return own


def of_all() -> Path:
    """The folder that holds those of every process of this user."""
    return Path(tempfile.gettempdir()) / f"portal-services-{os.geteuid()}"


def _remove(folder: Path, owner: int) -> None:
    """A forked child that ends is not the owner."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
