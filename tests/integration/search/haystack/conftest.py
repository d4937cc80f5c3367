"""Haystack over real records: a module loads them once, into a transaction that it takes back at its end, and indexes
them once for each engine. Tests only read, but for those that make an index of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from haystack.query import SearchQuerySet

from search import rebuilding
from search.clauses import Answer, Request
from search.engines import get_engine
from search.engines.base import Engine
from tests.integration.search.contract import RECORD_ENGINES, use_engine
from tests.integration.search.haystack import records


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The records, for all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        records.load()
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the index of a module lies."""
    return tmp_path_factory.mktemp("haystack")


@pytest.fixture(params=RECORD_ENGINES)
def engine(
    request: pytest.FixtureRequest, loaded: None, db: None, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> Engine:
    """An engine with the records in its index."""
    folder = shared / request.param
    use_engine(request.param, request, monkeypatch, folder)
    made = get_engine()
    if not folder.exists():
        folder.mkdir()
        rebuilding.rebuild()
    return made


@pytest.fixture
def all_records(engine: Engine) -> SearchQuerySet:
    """Everything that is found."""
    return SearchQuerySet()


@pytest.fixture
def searches(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """The requests that the engine is sent from now on."""
    sent: list[Request] = []
    run = type(engine).run

    def noted(self: Engine, request: Request) -> Answer:
        sent.append(request)
        return run(self, request)

    monkeypatch.setattr(type(engine), "run", noted)
    return sent
