"""Writing through Haystack: the same documents as in bulk, through the outbox, by its management commands."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from haystack import connections
from haystack.query import SearchQuerySet

from content.standards.models import Standard
from search import documents, rebuilding
from search.engines import get_engine
from search.engines.errors import EngineError, EngineQueryError, IndexBusy, IndexMissing
from search.engines.haystack import writing
from search.models import IndexOutbox
from search.outbox import drain
from search.search_indexes import StandardIndex
from tests.factories import make_standard
from tests.integration.search.contract import RECORD_ENGINES, use_engine

pytestmark = pytest.mark.django_db


@pytest.fixture(params=RECORD_ENGINES)
def engine_name(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    use_engine(request.param, request, monkeypatch, tmp_path)
    return str(request.param)


@pytest.fixture
def standards(engine_name: str) -> list[Standard]:
    """Three records, none of them indexed."""
    return [make_standard(f"ISO {number}:2015", title_en=f"Thing {number}") for number in (1001, 1002, 1003)]


def indexed() -> set[str]:
    return {result.designation[0] for result in SearchQuerySet()}


def command(name: str, *words: str, **options: Any) -> str:
    told = StringIO()
    call_command(name, *words, stdout=told, **options)
    return told.getvalue()


def test_objects_are_written_through_the_outbox(standards: list[Standard]) -> None:
    StandardIndex().update_object(standards[0])
    # There was no index, and building it takes all records.
    assert indexed() == {"iso10012015", "iso10022015", "iso10032015"}
    assert IndexOutbox.objects.count() == 0
    Standard.objects.filter(pk=standards[1].pk).update(title_en="Another thing")
    assert SearchQuerySet().filter(title_en="another").count() == 0
    StandardIndex().update_object(standards[1])
    assert SearchQuerySet().filter(title_en="another").count() == 1


def test_without_a_commit_the_worker_writes(standards: list[Standard]) -> None:
    rebuilding.rebuild()
    Standard.objects.filter(pk=standards[0].pk).update(title_en="Another thing")
    connections["default"].get_backend().update(StandardIndex(), standards[:1], commit=False)
    assert SearchQuerySet().filter(title_en="another").count() == 0
    assert drain().records == 1
    assert SearchQuerySet().filter(title_en="another").count() == 1


@pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)  # several may write to Elasticsearch
def test_another_writer_is_waited_for_and_nothing_is_lost(
    standards: list[Standard], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "PATIENCE", 0.3)
    rebuilding.rebuild()
    Standard.objects.filter(pk=standards[0].pk).update(title_en="Another thing")
    with get_engine().writing(), pytest.raises(IndexBusy):
        StandardIndex().update_object(standards[0])
    assert IndexOutbox.objects.count() == 1
    assert drain().records == 1
    assert SearchQuerySet().filter(title_en="another").count() == 1


def test_a_record_that_can_not_be_indexed_is_told(standards: list[Standard], monkeypatch: pytest.MonkeyPatch) -> None:
    rebuilding.rebuild()

    def broken(ids: Any) -> Any:
        raise ValueError("no such thing")

    projection = documents.PROJECTIONS["standard"]
    monkeypatch.setitem(
        documents.PROJECTIONS, "standard", documents.Projection(broken, broken, projection.depending, projection.ids)
    )
    with pytest.raises(EngineError, match="no such thing"):
        StandardIndex().update_object(standards[0])


def test_removing(standards: list[Standard]) -> None:
    rebuilding.rebuild()
    backend = connections["default"].get_backend()
    backend.remove(standards[0])
    backend.remove(f"standards.standard.{standards[1].pk}")
    backend.remove("standards.standard.999999")
    assert indexed() == {"iso10032015"}
    for wrong in ("standards.standard.x", "provenance.source.1", "17"):
        with pytest.raises(EngineQueryError):
            backend.remove(wrong)


def test_clearing(standards: list[Standard]) -> None:
    rebuilding.rebuild()
    StandardIndex().clear()
    assert indexed() == set()
    StandardIndex().reindex()
    assert len(indexed()) == 3
    connections["default"].get_backend().clear()
    assert indexed() == set()


def test_without_an_index_everything_says_so(engine_name: str) -> None:
    backend = connections["default"].get_backend()
    for act in (
        lambda: SearchQuerySet().count(),
        lambda: list(SearchQuerySet()),
        lambda: SearchQuerySet().facet("status").facet_counts(),
        lambda: backend.remove("standards.standard.1"),
        lambda: backend.search("*:*"),
        lambda: SearchQuerySet().auto_query("x").spelling_suggestion("qualty"),
    ):
        with pytest.raises(IndexMissing):
            act()


def test_another_connection_is_written_directly(
    engine_name: str,
    request: pytest.FixtureRequest,
    standards: list[Standard],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    (tmp_path / "other").mkdir()
    use_engine(engine_name, request, monkeypatch, tmp_path / "other", "other")
    index = StandardIndex()
    with pytest.raises(IndexMissing):
        index.update(using="other")
    connections["other"].get_backend().setup()
    index.update(using="other")
    assert SearchQuerySet(using="other").count() == SearchQuerySet().using("other").count() == 3
    assert IndexOutbox.objects.count() == 0
    with pytest.raises(IndexMissing):
        SearchQuerySet().count()


def test_saving_an_object_does_not_index_it(standards: list[Standard]) -> None:
    """The outbox learns of changes from ``records_changed``; Haystack's signals stay off."""
    rebuilding.rebuild()
    standards[0].title_en = "Another thing"
    standards[0].save()
    standards[1].delete()
    assert SearchQuerySet().filter(title_en="another").count() == 0
    assert SearchQuerySet().count() == 3


class TestCommands:
    def test_update_index(self, standards: list[Standard]) -> None:
        assert "Indexing 3" in command("update_index", "standards")
        assert len(indexed()) == 3
        Standard.objects.filter(pk=standards[0].pk).update(title_en="Another thing")
        command("update_index", batchsize=2)
        assert SearchQuerySet().filter(title_en="another").count() == 1

    def test_update_index_of_the_last_hours(self, standards: list[Standard]) -> None:
        rebuilding.rebuild()
        assert "Indexing 0" in command("update_index", age=1)

    def test_update_index_takes_out_what_is_gone(self, standards: list[Standard]) -> None:
        rebuilding.rebuild()
        standards[0].delete()
        command("update_index")
        assert SearchQuerySet().count() == 3
        assert "removing 1 stale" in command("update_index", remove=True)
        assert len(indexed()) == 2

    def test_several_workers_are_refused_on_sqlite(self, standards: list[Standard]) -> None:
        from django.db import connection

        if connection.vendor != "sqlite":
            pytest.skip("a database server can be asked by several processes")
        with pytest.raises(CommandError, match="SQLite"):
            command("update_index", workers=2, batchsize=1)

    def test_clear_and_rebuild_index(self, standards: list[Standard]) -> None:
        command("rebuild_index", interactive=False)
        assert len(indexed()) == 3
        command("clear_index", interactive=False)
        assert indexed() == set()

    def test_haystack_info(self, engine_name: str) -> None:
        assert "Standard by Index" in command("haystack_info")
