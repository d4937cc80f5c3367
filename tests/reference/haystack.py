"""The engine behind Haystack, for ``HAYSTACK_CONNECTIONS``."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from haystack.backends import BaseEngine

from search.engines.haystack import EngineBackend, EngineSearchQuery
from search.schema import Schema
from tests.reference.engine import Index, ReferenceEngine

INDEXES: dict[str, Index] = defaultdict(Index)
"""By ``NAME`` of the connection."""


class ReferenceBackend(EngineBackend):
    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self._index, self._window = INDEXES[options["NAME"]], options.get("WINDOW", 10_000)

    def make_engine(self, schema: Schema) -> ReferenceEngine:
        return ReferenceEngine(schema, self._index, self._window)


class ReferenceHaystackEngine(BaseEngine):
    """What ``HAYSTACK_CONNECTIONS`` names."""

    backend = ReferenceBackend
    query = EngineSearchQuery
