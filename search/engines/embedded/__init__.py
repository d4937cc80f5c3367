"""The embedded search engine: tantivy, in process, its index in one folder. Chosen by ``HAYSTACK_CONNECTIONS``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from haystack.backends import BaseEngine

from search.engines.embedded.engine import TantivyEngine
from search.engines.haystack import EngineBackend, EngineSearchQuery
from search.schema import RECORDS, Schema


class EmbeddedBackend(EngineBackend):
    """``PATH`` is the folder of the index."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        if not options.get("PATH"):
            raise ImproperlyConfigured(f"HAYSTACK_CONNECTIONS[{connection_alias!r}] needs a PATH")
        self._path = Path(options["PATH"])

    def make_engine(self, schema: Schema) -> TantivyEngine:
        if schema != RECORDS:
            raise ImproperlyConfigured(
                f"The embedded engine ({self.connection_alias!r}) keeps the portal's own records; other indexes need "
                "Elasticsearch"
            )
        return TantivyEngine(self._path)


class EmbeddedEngine(BaseEngine):
    """What ``HAYSTACK_CONNECTIONS`` names."""

    backend = EmbeddedBackend
    query = EngineSearchQuery
