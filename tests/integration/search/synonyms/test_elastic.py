"""The rules of staff in a real cluster: in the portal's own searches, and in its synonyms set for other clients."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.resting import Rests
from portal.worker import Worker
from search.engines import get_engine
from search.engines.elastic.analysis import CHINESE_NAMES, ENGLISH_NAMES
from search.engines.elastic.engine import ElasticEngine
from search.engines.errors import EngineUnavailable
from search.models import IndexOutbox, SynonymRule, SynonymState
from search.synonyms import history
from search.synonyms.rules import Kind, Rule
from tests.factories import make_standard

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def engine(elastic_connection: dict[str, Any], build_index: Callable[[], int]) -> ElasticEngine:
    make_standard("ISO 4210-1:2023", title_en="Cycles - Safety requirements for bicycles")
    make_standard("GB 3565-2005", title_zh="自行车安全要求")
    build_index()
    found = get_engine()
    assert isinstance(found, ElasticEngine)
    return found


def matches(engine: ElasticEngine, field: str, analyzer: str, words: str) -> int:
    """What another client finds that names the analyzer."""
    query = {"match": {field: {"query": words, "analyzer": analyzer, "operator": "and"}}}
    return int(engine.cluster.search(engine.indices.live, {"query": query})["hits"]["total"]["value"])


def test_a_rule_counts_at_once_and_without_a_rebuild(engine: ElasticEngine, client: Client) -> None:
    def found() -> set[str]:
        return {one["designation"] for one in client.get("/api/v1/search/", {"q": "velocipede"}).json()["results"]}

    live = engine.indices.current().index
    assert found() == set()
    assert matches(engine, "title_en", ENGLISH_NAMES, "velocipedes") == 0
    rule = history.save(SynonymRule(), Rule(Kind.EQUIVALENT, ("velocipede", "bicycle")), None)
    assert "ISO 4210-1:2023" in found()
    assert matches(engine, "title_en", ENGLISH_NAMES, "velocipedes") == 1
    history.remove(rule, None)
    assert found() == set()
    assert matches(engine, "title_en", ENGLISH_NAMES, "velocipedes") == 0
    assert engine.indices.current().index == live


def test_chinese_names_as_well(engine: ElasticEngine) -> None:
    assert matches(engine, "title_zh", CHINESE_NAMES, "要则") == 0
    history.save(SynonymRule(), Rule(Kind.EQUIVALENT, ("要则", "要求")), None)
    assert matches(engine, "title_zh", CHINESE_NAMES, "要则") == 1


def test_the_bundled_names_are_there_from_the_first_build_on(engine: ElasticEngine) -> None:
    state = SynonymState.objects.get()
    assert state.pushed and not state.push_error
    assert engine.synonyms is not None
    held = engine.cluster.ask("GET", f"/_synonyms/{engine.synonyms.name}", size=10_000)
    assert held["count"] > 100


def test_a_cluster_that_lost_them_has_them_again_with_the_next_build(
    engine: ElasticEngine, build_index: Callable[[], int]
) -> None:
    assert engine.synonyms is not None
    engine.cluster.ask("PUT", f"/_synonyms/{engine.synonyms.name}", {"synonyms_set": []})
    assert build_index() == 2
    assert engine.cluster.ask("GET", f"/_synonyms/{engine.synonyms.name}")["count"] > 100


def test_a_cluster_that_refuses_them_has_its_records_all_the_same(
    engine: ElasticEngine, build_index: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one does whose key may write to indices only."""

    def refuse(*_args: object) -> None:
        raise EngineUnavailable("this key may not")

    monkeypatch.setattr(type(engine.synonyms), "push", refuse)
    monkeypatch.setattr("portal.names._rests", Rests(first=60.0, longest=600.0))
    history.save(SynonymRule(), Rule(Kind.EQUIVALENT, ("velocipede", "bicycle")), None)
    added = make_standard("ISO 4210-2:2023", title_en="Cycles")
    IndexOutbox.objects.create(record_type="standard", record_id=added.pk)
    assert Worker(threading.Event()).turn()
    assert not IndexOutbox.objects.exists()
    assert engine.state().records == 3
    assert build_index() == 3
    assert SynonymState.objects.get().push_error == "this key may not"
