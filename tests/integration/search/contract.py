"""Which engines the contract tests run against. A new engine is one more entry in ``CONNECTIONS`` and the lists."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from haystack import connections


def _embedded(folder: Path, request: pytest.FixtureRequest) -> dict[str, Any]:
    return {"ENGINE": "search.engines.embedded.EmbeddedEngine", "PATH": str(folder / "index")}


def _reference(folder: Path, request: pytest.FixtureRequest) -> dict[str, Any]:
    """The window is small, so that tests reach beyond it."""
    return {"ENGINE": "tests.reference.haystack.ReferenceHaystackEngine", "NAME": str(folder), "WINDOW": 1000}


def _elastic(folder: Path, request: pytest.FixtureRequest) -> dict[str, Any]:
    prefix: str = request.getfixturevalue("index_prefix")
    return {
        "ENGINE": "search.engines.elastic.ElasticEngine",
        "URL": request.getfixturevalue("elasticsearch_url"),
        "INDEX_NAME": f"{prefix}{zlib.crc32(str(folder).encode()):08x}",
    }


CONNECTIONS: dict[str, Callable[[Path, pytest.FixtureRequest], dict[str, Any]]] = {
    "embedded": _embedded,
    "reference": _reference,
    "elastic": _elastic,
}
"""Name → the entry of ``HAYSTACK_CONNECTIONS`` for an index of the test's own; it skips where its server is missing."""
ENGINES = ("embedded", "reference", "elastic")
"""Under the contract of ``search.engines.base``, as far as it does not speak of pages."""
RECORD_ENGINES = ("embedded", "elastic")
"""Those that keep the portal's records, with their pages."""
OBJECT_ENGINES = ("reference", "elastic")
"""Those that keep the objects of any ``SearchIndex``."""


def use_engine(
    name: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    alias: str = "default",
    **more: Any,
) -> None:
    """Put the engine behind a connection for the time of one test."""
    options = CONNECTIONS[name](folder, request) | {"INCLUDE_SPELLING": True} | more
    monkeypatch.setitem(connections.connections_info, alias, options)
    monkeypatch.setattr(connections.thread_local, "connections", {}, raising=False)
