"""The glossary on its way to a cluster that is there, away, back, or another one."""

from __future__ import annotations

from typing import Any

import pytest

from search.engines import get_engine
from search.engines.elastic.synonyms import SynonymSet
from search.engines.errors import EngineUnavailable
from search.models import SynonymRule, SynonymState
from search.synonyms import history, live
from search.synonyms.rules import Kind, Rule

pytestmark = pytest.mark.django_db(transaction=True)

BIKES = Rule(Kind.EQUIVALENT, ("单车", "自行车"))


class Cluster:
    """Takes what a cluster takes, while it is up."""

    def __init__(self) -> None:
        self.up = True
        self.taken: list[tuple[str, str, Any]] = []

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        if not self.up:
            raise EngineUnavailable("away")
        self.taken.append((method, path, body))
        return {"result": "updated"}

    @property
    def lines(self) -> list[str]:
        """The rules of the last push."""
        return [rule["synonyms"] for rule in self.taken[-1][2]["synonyms_set"]]


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Cluster:
    found = Cluster()
    monkeypatch.setattr(get_engine(), "synonyms", SynonymSet(found, "portal words", "http://one"), raising=False)
    return found


def test_a_change_is_pushed_when_it_is_committed(cluster: Cluster) -> None:
    history.save(SynonymRule(), BIKES, None)
    [(method, path, _body)] = cluster.taken
    assert (method, path) == ("PUT", "/_synonyms/portal%20words")
    assert "单车 => 单车, cycles, bicycles, 自行车" in cluster.lines
    assert not live.push_if_behind()
    state = SynonymState.objects.get()
    assert (bool(state.pushed), bool(state.pushed_at), state.push_error) == (True, True, "")


def test_what_a_cluster_missed_is_made_up_for(cluster: Cluster) -> None:
    cluster.up = False
    history.save(SynonymRule(), BIKES, None)
    assert live.glossary().entry("单车").chinese == ("自行车",)
    assert SynonymState.objects.get().push_error == "away"
    with pytest.raises(EngineUnavailable):
        live.push_if_behind()
    cluster.up = True
    assert live.push_if_behind()
    assert SynonymState.objects.get().push_error == ""
    assert any(line.startswith("单车 => ") for line in cluster.lines)


def test_another_cluster_has_nothing_yet(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    assert live.push_if_behind()
    assert not live.push_if_behind()
    monkeypatch.setattr(get_engine(), "synonyms", SynonymSet(cluster, "portal words", "http://two"))
    assert live.push_if_behind()


def test_a_push_can_be_forced(cluster: Cluster) -> None:
    assert live.push_if_behind()
    assert live.push_if_behind(force=True)
    assert len(cluster.taken) == 2


def test_a_push_leaves_the_stamp_alone(cluster: Cluster) -> None:
    history.save(SynonymRule(), BIKES, None)
    stamp = live.stamp()
    live.push_if_behind(force=True)
    assert live.stamp() == stamp


def test_an_engine_without_synonyms_of_its_own_is_asked_for_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert not live.push_if_behind()
