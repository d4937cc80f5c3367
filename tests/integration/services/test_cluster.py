"""Three nodes lose one and go on."""

from __future__ import annotations

from tests.services.elasticsearch import Cluster
from tests.services.fixtures import Starter


def test_a_cluster_answers_in_full_without_one_node_and_heals_when_it_returns(own_server: Starter) -> None:
    cluster = own_server(Cluster)
    first, second, third = cluster.nodes
    first.call("PUT", "/docs", {"settings": {"number_of_shards": 3, "number_of_replicas": 1}})
    lines = "".join(f'{{"index":{{"_id":"{n}"}}}}\n{{"n":{n}}}\n' for n in range(100))
    first.send("POST", "/docs/_bulk?refresh=true", lines, "application/x-ndjson")
    cluster.wait("green", 3)

    second.kill()
    cluster.wait("yellow", 2)
    counted = third.call("GET", "/docs/_count")
    assert (counted["count"], counted["_shards"]["failed"]) == (100, 0)

    second.start()
    cluster.wait("green", 3)
    assert second.call("GET", "/docs/_count")["count"] == 100
