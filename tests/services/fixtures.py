"""Fixtures of the servers, for every test; registered by the outermost ``conftest.py``.

The servers are shared by the whole run, so tests keep apart by names: each process has a database and a Redis database
of its own, and prefixes for indices and keys which are unique to the run, and which are cleared at its end. Tests that
kill or pause a server take one of their own from ``own_server`` or ``module_server``. In CI a server that cannot be had
fails the test, elsewhere it skips it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Protocol, TypeVar
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.services import shared
from tests.services.errors import Missing


class Startable(Protocol):
    """A server or a cluster."""

    def start(self) -> object: ...

    def close(self) -> None: ...


S = TypeVar("S", bound=Startable)


class Starter(Protocol):
    def __call__(self, make: Callable[[], S]) -> S:
        """Make and start a server, and close it when the test (or module) ends."""


KEEPER = pytest.StashKey[shared.Keeper]()


def pytest_configure(config: pytest.Config) -> None:
    """Only the process that controls the run keeps servers."""
    if not hasattr(config, "workerinput"):
        config.stash[KEEPER] = keeper = shared.Keeper()
        os.environ[shared.SOCKET] = str(keeper.path)


def pytest_unconfigure(config: pytest.Config) -> None:
    if keeper := config.stash.get(KEEPER, None):
        keeper.close()


@pytest.fixture(scope="session")
def run_id() -> str:
    """Unique to this process of this run; fit for names of databases, indices and keys."""
    return f"t{secrets.token_hex(5)}"


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    return _had(lambda: shared.ask("elasticsearch"))


@pytest.fixture(scope="session")
def index_prefix(elasticsearch_url: str, run_id: str) -> Iterator[str]:
    """Begins the name of every index of this process; they are removed at the end."""
    yield f"{run_id}-"
    _remove_indices(elasticsearch_url, f"{run_id}-")


@pytest.fixture(scope="session")
def postgres_url(run_id: str) -> Iterator[str]:
    """An empty database of this process."""
    import psycopg

    server = _had(lambda: shared.ask("postgres"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{run_id}"')
    yield urlunsplit(urlsplit(server)._replace(path=f"/{run_id}"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{run_id}" WITH (FORCE)')


@pytest.fixture(scope="session")
def redis_url() -> str:
    """A Redis database of this process. On one that is given others work too, so keys begin with ``key_prefix``."""
    server = _had(lambda: shared.ask("redis"))
    if shared.given("redis"):
        return server
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return urlunsplit(urlsplit(server)._replace(path=f"/{worker}"))


@pytest.fixture(scope="session")
def key_prefix(redis_url: str, run_id: str) -> Iterator[str]:
    """Begins every key of this process; they are removed at the end."""
    import redis

    yield f"{run_id}:"
    with redis.Redis.from_url(redis_url) as client:
        for key in client.scan_iter(match=f"{run_id}:*", count=1000):
            client.delete(key)


@pytest.fixture
def own_server() -> Iterator[Starter]:
    """Starts servers for one test, which may do with them what it likes."""
    with ExitStack() as stack:
        yield _starter(stack)


@pytest.fixture(scope="module")
def module_server() -> Iterator[Starter]:
    """Starts servers for the tests of one module."""
    with ExitStack() as stack:
        yield _starter(stack)


def _starter(stack: ExitStack) -> Starter:
    def start(make: Callable[[], S]) -> S:
        server = _had(make)
        stack.callback(server.close)
        server.start()
        return server

    return start


T = TypeVar("T")


def _had(get: Callable[[], T]) -> T:
    try:
        return get()
    except Missing as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


def _remove_indices(url: str, prefix: str) -> None:
    """By name: Elasticsearch refuses to remove by pattern."""
    from elasticsearch import Elasticsearch

    with Elasticsearch(url.split(",")) as client:
        names = list(client.indices.get(index=f"{prefix}*", expand_wildcards="all"))
        for name in names:
            client.indices.delete(index=name)
