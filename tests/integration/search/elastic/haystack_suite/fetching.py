"""Haystack's source distribution, which has its tests; fetched once from PyPI, by its pinned checksum."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path

from tests.services import folders
from tests.services.elasticsearch.artifacts import alone, half_made
from tests.services.errors import FetchFailed

RELEASE = "django-haystack==3.4.0"
SHA256 = "1226a7c9ce13e1e7ead8ac83f6e87bfef4996f146ed24971fde7896115b1c530"


def source() -> Path:
    """The folder that holds the package ``test_haystack``. Raises FetchFailed."""
    target = folders.cached() / RELEASE.replace("==", "-")
    with alone():
        if not target.exists():
            with half_made(target) as folder:
                archive = _downloaded(folder)
                with tarfile.open(archive) as packed:
                    packed.extractall(folder / "made", filter="data")
                next((folder / "made").iterdir()).rename(target)
    return target


def _downloaded(folder: Path) -> Path:
    wanted = ["--no-deps", "--no-binary", ":all:", "--dest", str(folder), RELEASE]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", *wanted],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    archives = list(folder.glob("*.tar.gz"))
    if done.returncode or not archives:
        raise FetchFailed(f"pip could not fetch {RELEASE}: {done.stderr[-1000:]}")
    if (found := hashlib.sha256(archives[0].read_bytes()).hexdigest()) != SHA256:
        raise FetchFailed(f"{RELEASE} has the checksum {found}, not {SHA256}")
    return archives[0]
