"""The environment and the two folders every other settings module needs."""

from __future__ import annotations

from pathlib import Path

import environ
from environ.fileaware_mapping import FileAwareMapping


class _Environment(FileAwareMapping):
    """``NAME_FILE`` names a file that holds the value of NAME, as containers and systemd hand out secrets."""

    def __getitem__(self, key: str) -> str:
        return str(super().__getitem__(key)).rstrip("\n")  # type: ignore[no-untyped-call]


class Env(environ.FileAwareEnv):
    ENVIRON = _Environment()  # type: ignore[no-untyped-call]
    CACHE_SCHEMES = environ.Env.CACHE_SCHEMES | dict.fromkeys(("redis", "rediss"), "portal.shared_cache.SharedCache")


env = Env()  # type: ignore[no-untyped-call]

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
"""Everything the portal writes in the embedded profile: database, index, files, secrets."""
