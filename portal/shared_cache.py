"""Redis as the cache that all processes share, and that pages do without while it is away."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as Away
from redis.exceptions import TimeoutError as Late

logger = logging.getLogger(__name__)

PATIENCE = 0.5
"""Seconds for a connection, and for an answer."""
REST = 5.0
"""Seconds for which a Redis that did not answer is not asked again, so that readers do not wait for it each time."""

Found = TypeVar("Found")


class Outage:
    """Whether Redis is away, as all threads of this process know it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until = 0.0

    @property
    def resting(self) -> bool:
        return time.monotonic() < self._until

    def begin(self, error: Exception) -> None:
        with self._lock:
            if not self.resting:
                logger.warning("The cache does not answer, and is not asked for %s s: %s", REST, error)
            self._until = time.monotonic() + REST


outage = Outage()


class SharedCache(RedisCache):
    """Without Redis nothing is found, nothing is kept and nothing counts; what is shown is made anew."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        given = {name.lower(): value for name, value in params.get("OPTIONS", {}).items()}  # of the URL's query
        options = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE} | given
        super().__init__(server, params | {"OPTIONS": options})

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return _tried(lambda: super(SharedCache, self).add(*args, **kwargs), otherwise=False)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _tried(lambda: super(SharedCache, self).get(key, default, version), otherwise=default)

    def set(self, *args: Any, **kwargs: Any) -> None:
        _tried(lambda: super(SharedCache, self).set(*args, **kwargs), otherwise=None)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return _tried(lambda: super(SharedCache, self).touch(*args, **kwargs), otherwise=False)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return _tried(lambda: super(SharedCache, self).delete(*args, **kwargs), otherwise=False)

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        return _tried(lambda: super(SharedCache, self).get_many(*args, **kwargs), otherwise={})

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> list[Any]:
        return _tried(lambda: super(SharedCache, self).set_many(data, *args, **kwargs), otherwise=list(data))

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        _tried(lambda: super(SharedCache, self).delete_many(*args, **kwargs), otherwise=None)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return _tried(lambda: super(SharedCache, self).has_key(*args, **kwargs), otherwise=False)

    def incr(self, key: Any, *args: Any, **kwargs: Any) -> int:
        """Raises ValueError where the key is not there, and where Redis is not."""
        counted: int | None = _tried(lambda: super(SharedCache, self).incr(key, *args, **kwargs), otherwise=None)
        if counted is None:
            raise ValueError(f"Key {key!r} not found: the cache does not answer")
        return counted


def _tried(ask: Callable[[], Found], otherwise: Found) -> Found:
    if outage.resting:
        return otherwise
    try:
        return ask()
    except (Away, Late) as error:
        outage.begin(error)
        return otherwise
