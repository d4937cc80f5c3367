"""Redis starts, and keeps what it confirmed if it is told to."""

from __future__ import annotations

import redis

from tests.services.fixtures import Starter
from tests.services.redis import Redis


def test_a_durable_one_keeps_what_it_confirmed_before_a_crash(own_server: Starter) -> None:
    server = own_server(lambda: Redis(durable=True))
    with redis.Redis.from_url(server.url) as client:
        client.set("word", "质量")
        server.kill()
        server.start()
        assert client.get("word") == "质量".encode()


def test_another_forgets(own_server: Starter) -> None:
    server = own_server(Redis)
    with redis.Redis.from_url(server.url) as client:
        client.set("word", "x")
        server.restart()
        assert client.get("word") is None


def test_the_data_goes_when_it_is_closed() -> None:
    with Redis(durable=True) as server:
        assert list(server.folder.iterdir())
    assert not server.folder.exists()


def test_the_shared_one_answers(redis_url: str, key_prefix: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.set(f"{key_prefix}word", "x")
        assert client.get(f"{key_prefix}word") == b"x"
