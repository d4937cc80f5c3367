"""The cache that processes share: counting together, and doing without it."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.test import Client

from portal import shared_cache
from portal.settings.env import BASE_DIR, Env
from portal.shared_cache import Outage
from tests.factories import make_standard
from tests.services.fixtures import Starter
from tests.services.redis import Redis


@pytest.fixture(scope="module")
def redis(module_server: Starter) -> Redis:
    return module_server(Redis)


def cache_at(url: str) -> dict[str, Any]:
    """What ``CACHE_URL`` makes of it."""
    return dict(Env.cache_url_config(url))  # type: ignore[no-untyped-call]


@pytest.fixture(autouse=True)
def _shared(redis: Redis, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not redis.running:
        redis.start()
    monkeypatch.setattr(shared_cache, "outage", Outage())
    monkeypatch.setattr(shared_cache, "REST", 0.5)
    settings.CACHES = {"default": cache_at(redis.database(3))}
    cache.clear()
    yield
    caches.close_all()


def test_redis_is_the_shared_cache(redis: Redis) -> None:
    assert cache_at(redis.url)["BACKEND"] == "portal.shared_cache.SharedCache"


def test_processes_count_together(redis: Redis) -> None:
    code = f"""
import os
os.environ["CACHE_URL"] = {redis.database(3)!r}
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
import django
django.setup()
from content.quota import count
print([count("default", "client").used for _ in range(50)][-1])
"""
    processes = [
        subprocess.Popen([sys.executable, "-c", code], cwd=BASE_DIR, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    last = [int(process.communicate()[0]) for process in processes]
    assert max(last) == 150 or sum(last) >= 150  # the latter where a new minute began between them


@pytest.mark.django_db
@pytest.mark.parametrize("harm", ["gone", "silent"])
def test_pages_do_without_it(redis: Redis, client: Client, caplog: pytest.LogCaptureFixture, harm: str) -> None:
    make_standard("ISO 1:2020")
    assert client.get("/").status_code == 200
    if harm == "gone":
        redis.stop()
    else:
        redis.pause()
    try:
        with caplog.at_level(logging.WARNING, "portal.shared_cache"):
            begun = time.monotonic()
            assert client.get("/").status_code == 200
            assert client.get("/api/v1/standards/").status_code == 200
            assert time.monotonic() - begun < 8
        assert "does not answer" in caplog.text
        assert cache.get("x", "otherwise") == "otherwise"
        assert cache.get_many(["x"]) == {}
        assert not cache.add("x", 1)
        assert not cache.touch("x")
        assert not cache.has_key("x")
        assert not cache.delete("x")
        assert cache.set_many({"x": 1}) == ["x"]
        cache.set("x", 1)
        cache.delete_many(["x"])
        with pytest.raises(ValueError, match="does not answer"):
            cache.incr("x")
    finally:
        redis.resume() if harm == "silent" else redis.start()
    time.sleep(0.6)
    cache.set("x", 1)
    assert cache.incr("x") == 2
