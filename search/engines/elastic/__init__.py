"""Elasticsearch 9 behind Haystack. Chosen by ``HAYSTACK_CONNECTIONS``.

Options of a connection: ``URL`` (addresses of nodes, separated by commas), ``INDEX_NAME``, and if wanted ``API_KEY``,
``CA_CERTS``, ``SHARDS`` (1), ``REPLICAS`` (0). Serves the portal's records as well as any other search indexes.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from haystack.backends import BaseEngine

from search.engines.elastic import engine
from search.engines.elastic.client import Connection, cluster_at
from search.engines.haystack import EngineBackend, EngineSearchQuery
from search.schema import Schema


class ElasticBackend(EngineBackend):
    """One index name in one cluster."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        urls = tuple(filter(None, (url.strip() for url in str(options.get("URL", "")).split(","))))
        self._name = str(options.get("INDEX_NAME", ""))
        if not urls or not self._name:
            raise ImproperlyConfigured(f"HAYSTACK_CONNECTIONS[{connection_alias!r}] needs a URL and an INDEX_NAME")
        self._connection = Connection(urls, str(options.get("API_KEY", "")), str(options.get("CA_CERTS", "")))
        self._shards, self._replicas = int(options.get("SHARDS", 1)), int(options.get("REPLICAS", 0))

    def make_engine(self, schema: Schema) -> engine.ElasticEngine:
        cluster = cluster_at(self._connection)
        return engine.ElasticEngine(cluster, self._name, schema, shards=self._shards, replicas=self._replicas)


class ElasticEngine(BaseEngine):
    """What ``HAYSTACK_CONNECTIONS`` names."""

    backend = ElasticBackend
    query = EngineSearchQuery
