"""Haystack on top of an engine; what it needs of one is ``engine``."""

from __future__ import annotations

from typing import Any

from haystack.backends import BaseSearchBackend, BaseSearchQuery

from search.engines.base import Engine


class EngineBackend(BaseSearchBackend):
    """``engine`` is set by the backend of each engine."""

    engine: Engine

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)  # type: ignore[no-untyped-call]


class EngineSearchQuery(BaseSearchQuery):
    """Conditions of a ``SearchQuerySet``."""
