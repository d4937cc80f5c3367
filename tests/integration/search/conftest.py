"""The engine of a test that needs Elasticsearch."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from haystack import connections


@pytest.fixture
def elastic_connection(
    elasticsearch_url: str, index_prefix: str, _own_index: None, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Any]:
    """Makes Elasticsearch the engine of the default connection, with an index name of the test's own."""
    options = {
        "ENGINE": "search.engines.elastic.ElasticEngine",
        "URL": elasticsearch_url,
        "INDEX_NAME": f"{index_prefix}{secrets.token_hex(3)}",
        "SILENTLY_FAIL": False,
    }
    monkeypatch.setitem(connections.connections_info, "default", options)
    return options
