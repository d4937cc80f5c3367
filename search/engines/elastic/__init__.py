"""Elasticsearch 9 behind Haystack. Chosen by ``HAYSTACK_CONNECTIONS``.

Options of a connection: ``URL`` (addresses of nodes, separated by commas), ``INDEX_NAME``, and if wanted ``API_KEY``,
``CA_CERTS``, ``SHARDS`` (1), ``REPLICAS`` (0).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from haystack.backends import BaseEngine

from search import schema
from search.engines.elastic.client import Connection, cluster_at
from search.engines.elastic.engine import ElasticEngine as Engine
from search.engines.haystack_backend import EngineBackend, EngineSearchQuery


class ElasticBackend(EngineBackend):
    """The portal's records in a cluster."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        urls = tuple(filter(None, (url.strip() for url in str(options.get("URL", "")).split(","))))
        name = str(options.get("INDEX_NAME", ""))
        if not urls or not name:
            raise ImproperlyConfigured(f"HAYSTACK_CONNECTIONS[{connection_alias!r}] needs a URL and an INDEX_NAME")
        connection = Connection(urls, str(options.get("API_KEY", "")), str(options.get("CA_CERTS", "")))
        self.engine = Engine(
            cluster_at(connection),
            name,
            schema.RECORDS,
            shards=int(options.get("SHARDS", 1)),
            replicas=int(options.get("REPLICAS", 0)),
        )


class ElasticEngine(BaseEngine):
    """What ``HAYSTACK_CONNECTIONS`` names."""

    backend = ElasticBackend
    query = EngineSearchQuery
