"""The engine on three nodes, one of which dies while others read and write."""

from __future__ import annotations

import secrets
import time

import pytest
from haystack import connections

from content.standards.models import Standard
from search.engines import get_engine
from search.engines.elastic.engine import ElasticEngine
from search.indexing import compare
from search.models import IndexOutbox
from search.outbox import drain
from search.rebuilding import rebuild
from tests.factories import make_standard
from tests.integration.search.elastic.readers import Readers
from tests.services.elasticsearch import Cluster
from tests.services.fixtures import Starter

pytestmark = pytest.mark.django_db(transaction=True)

RECORDS = 60
READERS = 8
PAUSE = 0.02


@pytest.fixture(scope="module")
def cluster(module_server: Starter) -> Cluster:
    """Every test leaves it whole."""
    return module_server(Cluster)


@pytest.fixture
def engine(cluster: Cluster, _own_index: None, monkeypatch: pytest.MonkeyPatch) -> ElasticEngine:
    """Three shards, each on two of the nodes, all of which the portal knows."""
    options = {
        "ENGINE": "search.engines.elastic.ElasticEngine",
        "URL": cluster.url,
        "INDEX_NAME": f"standards-{secrets.token_hex(3)}",
        "SHARDS": 3,
        "REPLICAS": 1,
        "SILENTLY_FAIL": False,
    }
    monkeypatch.setitem(connections.connections_info, "default", options)
    found = get_engine()
    assert isinstance(found, ElasticEngine)
    return found


def change(standards: list[Standard], at: int) -> None:
    """Change some records and bring the index up to date, as a worker does."""
    some = [standard.pk for standard in standards[at % 6 :: 6]]
    Standard.objects.filter(pk__in=some).update(title_en=f"Change {at}")
    IndexOutbox.objects.bulk_create(IndexOutbox(record_type="standard", record_id=pk) for pk in some)
    drain()


@pytest.mark.parametrize("killed", [0, 2])
def test_a_killed_node_costs_no_answer_and_no_document(engine: ElasticEngine, cluster: Cluster, killed: int) -> None:
    standards = [make_standard(f"ISO {number}:2015") for number in range(9000, 9000 + RECORDS)]
    rebuild()
    cluster.wait("green", 3)
    readers = Readers(engine, READERS, PAUSE)
    with readers.reading():
        for at in range(30):
            if at == 5:
                cluster.nodes[killed].kill()
            change(standards, at)
            time.sleep(0.1)
        before = len(readers.totals)
    assert readers.failures == []
    assert set(readers.totals) == {RECORDS}
    assert before > 100
    assert not IndexOutbox.objects.exists()
    assert compare().keys == ()
    cluster.nodes[killed].start()
    cluster.wait("green", 3)
    assert compare().keys == ()


def test_a_node_that_hangs_costs_no_document(engine: ElasticEngine, cluster: Cluster) -> None:
    """Readers may wait for it until it is noticed, but get their answer."""
    standards = [make_standard(f"ISO {number}:2015") for number in range(9000, 9000 + RECORDS)]
    rebuild()
    cluster.wait("green", 3)
    readers = Readers(engine, READERS, PAUSE)
    with readers.reading():
        change(standards, 0)
        cluster.nodes[1].pause()
        cluster.wait("yellow", 2)
        change(standards, 1)
        time.sleep(1)
    cluster.nodes[1].resume()
    assert readers.failures == []
    assert set(readers.totals) == {RECORDS}
    cluster.wait("green", 3)
    assert compare().keys == ()
