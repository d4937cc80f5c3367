"""PostgreSQL starts, keeps what it confirmed, hangs when paused, and stands beside another."""

from __future__ import annotations

import psycopg
import pytest

from tests.services.fixtures import Starter
from tests.services.postgres import Postgres


def test_a_durable_one_keeps_what_it_confirmed_before_a_crash(own_server: Starter) -> None:
    postgres = own_server(lambda: Postgres(durable=True))
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('质量')")
        url = postgres.url
        postgres.kill()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    postgres.start()
    assert postgres.url == url
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("质量",)]
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


def test_two_at_once_are_two(own_server: Starter) -> None:
    first, second = own_server(Postgres), own_server(Postgres)
    with psycopg.connect(first.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE here (n int)")
    with psycopg.connect(second.url) as connection:
        assert connection.execute("SELECT to_regclass('here')").fetchone() == (None,)


def test_a_paused_one_does_not_answer_until_it_is_resumed(own_server: Starter) -> None:
    postgres = own_server(Postgres)
    postgres.pause()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(postgres.url, connect_timeout=2)
    postgres.resume()
    with psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_stopping_ends_it_although_someone_is_connected(own_server: Starter) -> None:
    postgres = own_server(Postgres)
    with psycopg.connect(postgres.url):
        postgres.stop(grace=5)
    assert not postgres.running
    assert "received fast shutdown request" in postgres.log.read_text()


def test_the_shared_one_has_a_database_for_this_process(postgres_url: str, run_id: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == (run_id,)
