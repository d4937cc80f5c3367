"""What the tests need of Debian: ``python -m tests.services.debian`` installs it as root, else says what is missing.

Packages that are named after it are all it looks at. Installing must start nothing: no service, and no cluster that
Debian's PostgreSQL would make.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.services.errors import FetchFailed, Missing

PATH = f"{os.environ.get('PATH', '')}:/usr/local/sbin:/usr/sbin:/sbin"
"""A user's own PATH lacks the folder in which Debian puts servers."""
POLICY = Path("/usr/sbin/policy-rc.d")
CLUSTERS = Path("/etc/postgresql-common/createcluster.d/standards-portal.conf")


def program(name: str, package: str | None = None) -> Path:
    if found := shutil.which(name, path=PATH):
        return Path(found)
    raise Missing(f"{name} is not installed: apt-get install {package or name}")


def postgres_programs() -> Path:
    """The folder of the newest PostgreSQL."""
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if not versions:
        raise Missing("PostgreSQL is not installed: apt-get install postgresql")
    return max(versions, key=lambda path: float(path.parent.name))


def _chinese_font() -> None:
    fonts = subprocess.run(
        [program("fc-list", "fontconfig")], capture_output=True, text=True, check=True
    ).stdout.lower()
    if not any("noto" in line and "cjk" in line for line in fonts.splitlines()):
        raise Missing("no font with Chinese: apt-get install fonts-noto-cjk")


def _maven() -> None:
    """It fetches Elasticsearch, and is needed no more when that is done."""
    from tests.services.elasticsearch import home  # which needs this module in turn

    if not home.place().exists():
        program("mvn", "maven")


NEEDED: dict[str, Callable[[], object]] = {
    "postgresql": postgres_programs,
    "redis-server": lambda: program("redis-server"),
    "nginx": lambda: program("nginx"),
    "maven": _maven,
    "chromium": lambda: program("chromium"),
    "fontconfig": lambda: program("fc-list", "fontconfig"),
    "fonts-noto-cjk": _chinese_font,
}
"""Packages, and what raises ``Missing`` without them."""


def missing(wanted: Sequence[str] = ()) -> list[str]:
    return [package for package, check in NEEDED.items() if (not wanted or package in wanted) and _lacks(check)]


def _lacks(check: Callable[[], object]) -> bool:
    try:
        check()
    except Missing:
        return True
    return False


@contextmanager
def _nothing_starts() -> Iterator[None]:
    written = [path for path in (POLICY, CLUSTERS) if not path.exists()]
    CLUSTERS.parent.mkdir(parents=True, exist_ok=True)
    try:
        if POLICY in written:
            POLICY.write_text("#!/bin/sh\nexit 101\n")
            POLICY.chmod(0o755)
        if CLUSTERS in written:
            CLUSTERS.write_text("create_main_cluster = false\n")
        yield
    finally:
        for path in written:
            path.unlink(missing_ok=True)


def install(packages: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq", "-o", "Acquire::Retries=2", "-o", "Dpkg::Use-Pty=0"]
    install = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    with _nothing_starts():
        for command in ([*apt, "update"], install):
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                raise FetchFailed(f"{' '.join(command)}:\n{done.stdout}{done.stderr}")


def main(wanted: Sequence[str] = ()) -> int:
    packages = missing(wanted)
    if not packages:
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        sys.stdout.write(f"Installing {', '.join(packages)} …\n")
        sys.stdout.flush()
        install(packages)
        packages = missing(wanted)
    if packages:
        sys.stderr.write(f"This needs what is not installed: apt-get install {' '.join(packages)}\n")
    return int(bool(packages))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
