"""The environment and the two folders every other settings module needs."""

from __future__ import annotations

from pathlib import Path

import environ

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
"""Everything the portal writes in the embedded profile: database, index, files, secrets."""
