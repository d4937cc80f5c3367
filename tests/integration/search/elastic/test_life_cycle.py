"""An index built beside the one that answers, taken over, and taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from content.standards.models import Standard
from search.clauses import Everything, Request
from search.engines import get_engine
from search.engines.elastic import mapping
from search.engines.elastic.engine import ElasticEngine
from search.engines.errors import BuildFailed, EngineQueryError, IndexBusy, IndexMissing
from search.indexing import compare, repair
from search.models import IndexOutbox
from search.outbox import drain
from search.params import parse
from search.rebuilding import rebuild
from search.service import search
from tests.factories import make_standard
from tests.integration.search.elastic.readers import Readers

pytestmark = pytest.mark.django_db


@pytest.fixture
def elastic(elastic_connection: dict[str, Any]) -> ElasticEngine:
    engine = get_engine()
    assert isinstance(engine, ElasticEngine)
    return engine


@pytest.fixture
def standards(db: None) -> list[Standard]:
    return [make_standard(f"ISO {number}:2015", title_en=f"Quality of thing {number}") for number in range(9000, 9030)]


def keys(engine: ElasticEngine) -> set[str]:
    return {hit.key for hit in engine.run(Request(Everything(), size=1000)).hits}


def key(standard: Standard) -> str:
    return f"standard:{standard.pk}"


def queue(*standards: Standard) -> None:
    IndexOutbox.objects.bulk_create(IndexOutbox(record_type="standard", record_id=each.pk) for each in standards)


def test_without_an_index_readers_are_told(elastic: ElasticEngine) -> None:
    with pytest.raises(IndexMissing, match="search rebuild"):
        elastic.state()
    with pytest.raises(IndexMissing):
        elastic.run(Request(Everything()))
    assert search(parse({"q": ["quality"]})).failure


def test_the_first_drain_builds_the_index(elastic: ElasticEngine, standards: list[Standard]) -> None:
    queue(standards[0])
    assert drain().records == len(standards)
    assert keys(elastic) == set(map(key, standards))
    assert not IndexOutbox.objects.exists()


def test_a_rebuild_is_read_only_when_it_is_whole(elastic: ElasticEngine, standards: list[Standard]) -> None:
    rebuild()
    first = elastic.indices.current().index
    standards[0].delete()
    with elastic.rebuilding() as writer:
        writer.replace((), [])
        assert elastic.indices.current().index == first
        assert len(keys(elastic)) == len(standards)
    assert elastic.indices.current().index != first
    assert keys(elastic) == set()


def test_changes_during_a_rebuild_are_in_both_indices(elastic: ElasticEngine, standards: list[Standard]) -> None:
    rebuild()
    old = elastic.indices.current().index

    def change(done: int, total: int) -> None:
        Standard.objects.filter(pk=standards[1].pk).update(title_en="Entirely renamed")
        Standard.objects.filter(pk=standards[2].pk).delete()
        late = make_standard("ISO 9999:2020")
        queue(standards[1], standards[2], late)
        drain()

    rebuild(progress=change)
    assert elastic.indices.current().index != old
    held = {each.designation for each in Standard.objects.all()}
    assert {hit.key for hit in elastic.run(Request(Everything(), size=1000)).hits} == {
        f"standard:{pk}" for pk in Standard.objects.values_list("pk", flat=True)
    }
    assert "ISO 9999:2020" in held
    assert not compare().keys
    elastic.roll_back()
    assert elastic.indices.current().index == old
    assert not compare().keys


def test_an_index_that_does_not_agree_is_not_taken(
    elastic: ElasticEngine, standards: list[Standard], monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild()
    old = elastic.indices.current().index
    monkeypatch.setattr("search.engines.elastic.writing.BulkWriter.records", lambda self: 7)
    with pytest.raises(BuildFailed, match="holds 7 records instead of 30"):
        rebuild()
    assert elastic.indices.current().index == old
    assert [slot.index for slot in elastic.indices.slots()] == [old]


def test_one_build_at_a_time_and_a_dead_one_gives_way(elastic: ElasticEngine, standards: list[Standard]) -> None:
    rebuild()
    with elastic.rebuilding(), pytest.raises(IndexBusy, match="being built"):
        rebuild()
    abandoned = elastic.indices.create()
    with pytest.raises(IndexBusy):
        rebuild()
    elastic.indices.cluster.ask(
        "PUT",
        f"/{abandoned}/_mapping",
        {"_meta": dict.fromkeys(("built", "alive"), (datetime.now(UTC) - timedelta(hours=1)).isoformat())},
    )
    assert abandoned in elastic.sweep()
    abandoned = elastic.indices.create()
    elastic.indices.still_building(abandoned, datetime.now(UTC))
    with pytest.raises(IndexBusy):
        rebuild()
    elastic.indices.discard(abandoned)
    assert rebuild() == len(standards)


def test_the_way_back_needs_an_earlier_index(elastic: ElasticEngine, standards: list[Standard]) -> None:
    rebuild()
    with pytest.raises(EngineQueryError, match="no earlier index"):
        elastic.roll_back()


def test_only_the_difference_is_repaired(elastic: ElasticEngine, standards: list[Standard]) -> None:
    rebuild()
    assert not compare().keys
    live = elastic.indices.current().index
    elastic.remove([key(standards[3])])
    Standard.objects.filter(pk=standards[4].pk).update(title_en="Changed behind the outbox")
    surplus = make_standard("ISO 8888:2001")
    queue(surplus)
    drain()
    Standard.objects.filter(pk=surplus.pk).delete()
    difference = compare()
    assert (difference.missing, difference.stale, difference.surplus) == (
        (key(standards[3]),), (key(standards[4]),), (key(surplus),)
    )  # fmt: skip
    repair(difference)
    assert IndexOutbox.objects.count() == 3
    drain()
    assert not compare().keys
    assert elastic.indices.current().index == live


def test_what_was_read_earlier_never_takes_the_place_of_what_was_read_later(
    elastic: ElasticEngine, standards: list[Standard]
) -> None:
    rebuild()

    def write(name: str, version: int) -> None:
        document = {"key": "standard:1", "parent": "standard:1", "type": "standard", "slug": name}
        with elastic.writing() as writer:
            writer.replace(["standard:1"], [document] if name else [], version)
            assert not writer.commit()

    def slug() -> str:
        found = elastic.cluster.search(elastic.indices.live, {"query": {"ids": {"values": ["standard:1"]}}})
        rows = found["hits"]["hits"]
        return str(rows[0]["_source"]["slug"]) if rows else ""

    write("later", 1_000_002)
    write("earlier", 1_000_001)
    assert slug() == "later"
    write("", 1_000_004)
    write("earlier", 1_000_003)
    assert slug() == ""
    write("", 1_000_004)
    write("again", 1_000_005)
    assert slug() == "again"


def test_a_document_that_is_refused_does_not_keep_out_the_others(
    elastic: ElasticEngine, standards: list[Standard], monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild()
    whole = mapping.to_source

    def broken(schema: Any, record: Any, pages: Any = ()) -> dict[str, Any]:
        source = whole(schema, record, pages)
        return source | {"year": "no year"} if record["key"] == key(standards[5]) else source

    monkeypatch.setattr("search.engines.elastic.writing.to_source", broken)
    Standard.objects.filter(pk=standards[6].pk).update(title_en="Findable now")
    queue(standards[5], standards[6])
    drained = drain()
    assert (drained.records, drained.failed) == (1, 1)
    assert [result.id for result in search(parse({"q": ["findable"]})).results] == [standards[6].pk]
    waiting = IndexOutbox.objects.get()
    assert waiting.record_id == standards[5].pk
    assert waiting.attempts == 1
    assert "no year" in waiting.error
    monkeypatch.setattr("search.engines.elastic.writing.to_source", whole)
    assert drain().records == 1
    assert not IndexOutbox.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_readers_notice_nothing_of_a_rebuild(elastic: ElasticEngine, standards: list[Standard]) -> None:
    standards += [make_standard(f"ISO {number}:2016") for number in range(9000, 9500)]
    rebuild()
    # Without a pause fifty threads would leave the rebuild no time of this process.
    readers = Readers(elastic, 50, 0.2)
    with readers.reading():
        for _again in range(3):
            rebuild()
    assert readers.failures == []
    assert len(readers.totals) > 200
    assert set(readers.totals) == {len(standards)}
