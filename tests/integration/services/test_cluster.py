"""Three nodes lose one and go on. Every test leaves the cluster as it was."""

from __future__ import annotations

import pytest

from tests.services.elasticsearch import Cluster
from tests.services.fixtures import Starter


@pytest.fixture(scope="module")
def cluster(module_server: Starter) -> Cluster:
    """It holds 100 documents, each on two nodes."""
    cluster = module_server(Cluster)
    node = cluster.nodes[0]
    node.call("PUT", "/docs", {"settings": {"number_of_shards": 3, "number_of_replicas": 1}})
    lines = "".join(f'{{"index":{{"_id":"{n}"}}}}\n{{"n":{n}}}\n' for n in range(100))
    node.send("POST", "/docs/_bulk?refresh=true", lines, "application/x-ndjson")
    cluster.wait("green", 3)
    return cluster


def test_it_answers_in_full_without_a_killed_node_and_heals_when_it_returns(cluster: Cluster) -> None:
    _, killed, other = cluster.nodes
    killed.kill()
    cluster.wait("yellow", 2)
    counted = other.call("GET", "/docs/_count")
    assert (counted["count"], counted["_shards"]["failed"]) == (100, 0)

    killed.start()
    cluster.wait("green", 3)
    assert killed.call("GET", "/docs/_count")["count"] == 100


def test_it_does_without_a_node_that_hangs(cluster: Cluster) -> None:
    other, _, hanging = cluster.nodes
    hanging.pause()
    cluster.wait("yellow", 2)
    assert other.call("GET", "/docs/_count")["count"] == 100
    hanging.resume()
    cluster.wait("green", 3)
