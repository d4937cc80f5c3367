"""Fixtures of the tests that need a database.

Every test has an index of its own, which is empty until the test builds it, and an empty cache. Pages name static files
by their plain names, so that no test waits for ``collectstatic``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from haystack import connections

from search import rebuilding


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Counters and figures of one test are not the next one's."""
    cache.clear()


@pytest.fixture(autouse=True)
def _own_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connections.connections_info["default"], "PATH", str(tmp_path / "index"))
    monkeypatch.setattr(connections.thread_local, "connections", {}, raising=False)


@pytest.fixture
def build_index(db: None) -> Callable[[], int]:
    """Builds the index from the records of the test; gives their number."""
    return rebuilding.rebuild
