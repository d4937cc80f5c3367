"""Tells the servers in front which pages have changed, so that a change is public at once.

nginx keeps a page in a file named by the MD5 of the page's key. The portal computes the same name and has nginx delete
the file (its own WebDAV module, on a port that only the portal reaches: ``deploy/nginx/templates``). So a purge costs
the deletion of some files, whatever it takes to make the page, and the page is made when someone asks for it.

A page that was being made while its record changed may be kept just after its purge, so each purge is repeated. What is
not purged, because nginx did not answer or because very much changed at once, is out of date for two minutes at most
(``portal.caching``).
"""

from __future__ import annotations

import atexit
import hashlib
import logging
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from http.client import HTTPConnection, HTTPException
from itertools import product
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from portal.display import CONTRASTS, TEXT_SIZES

logger = logging.getLogger(__name__)

FORMATS = ("html", "json")
"""What one address may answer with, by ``Accept``."""
MAX_WAITING = 5_000
"""Addresses that wait at most; a crawl that changes more leaves its pages to their short life."""
REPEAT_AFTER = 3.0
TIMEOUT = 2.0
LAST_WORDS = 5.0
"""Seconds that a command which ends may still take to send what waits."""


class Waiting(NamedTuple):
    due: float
    addresses: tuple[str, ...]
    repeat: bool


def cache_key(host: str, address: str, display: str, format_: str) -> str:
    """``proxy_cache_key`` of ``deploy/nginx/portal/cache.conf``."""
    return f"{host}|{address}|{display}|{format_}"


def file_of(key: str) -> str:
    """Where nginx keeps a page below its folder (``levels=1:2``)."""
    name = hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()
    return f"{name[-1]}/{name[-3:-1]}/{name}"


def hosts() -> list[str]:
    """The names under which readers know the portal, as nginx's ``$host`` gives them."""
    named = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))]
    return list(dict.fromkeys([urlsplit(settings.SITE_URL).hostname or "", *(host.lower() for host in named)]))


def files_of(addresses: Iterable[str]) -> Iterator[str]:
    """The files of every copy of these pages."""
    displays = [f"{text}.{contrast}" for text, contrast in product(TEXT_SIZES, CONTRASTS)]
    for address, host, display, format_ in product(addresses, hosts(), displays, FORMATS):
        yield file_of(cache_key(host, address, display, format_))


class Purger:
    """Sends purges from a thread of its own; whoever changes a record never waits for nginx."""

    def __init__(self) -> None:
        self._waiting: deque[Waiting] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._ending = False
        self._reachable: dict[str, bool] = {}

    def purge(self, addresses: Iterable[str]) -> None:
        """Have these addresses forgotten, now and once more ``REPEAT_AFTER`` seconds later."""
        wanted = tuple(dict.fromkeys(addresses))
        if not wanted or not settings.PURGE_URLS:
            return
        with self._changed:
            if sum(len(one.addresses) for one in self._waiting) + len(wanted) > MAX_WAITING:
                logger.info("Too many changes at once: %d pages are left to their short life", len(wanted))
                return
            self._waiting.append(Waiting(time.monotonic(), wanted, repeat=True))
            self._changed.notify()
            if self._thread is None or not self._thread.is_alive():  # a fork leaves it behind
                self._thread = threading.Thread(target=self._run, name="purging", daemon=True)
                self._thread.start()
                atexit.register(self._finish)

    def _run(self) -> None:
        while (one := self._next()) is not None:
            self._send(one.addresses)
            if one.repeat:
                with self._changed:
                    self._waiting.append(Waiting(time.monotonic() + REPEAT_AFTER, one.addresses, repeat=False))

    def _next(self) -> Waiting | None:
        """The next that is due; None when the process ends and nothing waits any more."""
        with self._changed:
            while True:
                first = min(self._waiting, key=lambda one: one.due, default=None)
                if first is None:
                    if self._ending:
                        return None
                    self._changed.wait()
                elif self._ending or (left := first.due - time.monotonic()) <= 0:
                    self._waiting.remove(first)
                    return first
                else:
                    self._changed.wait(left)

    def _finish(self) -> None:
        with self._changed:
            self._ending = True
            self._changed.notify()
            thread = self._thread
        if thread is not None:
            thread.join(LAST_WORDS)

    def _send(self, addresses: tuple[str, ...]) -> None:
        for server in settings.PURGE_URLS:
            try:
                delete(server, files_of(addresses), {"X-Purge-Key": settings.PURGE_KEY})
            except (OSError, HTTPException) as error:
                if self._reachable.get(server, True):  # once per outage
                    logger.warning("Pages at %s can't be purged: %s", server, error)
                self._reachable[server] = False
            else:
                self._reachable[server] = True


def delete(server: str, files: Iterable[str], headers: Mapping[str, str]) -> None:
    """Delete kept pages over one connection. Raises OSError, HTTPException."""
    parts = urlsplit(server)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        for file in files:
            connection.request("DELETE", f"{parts.path.rstrip('/')}/pages/{file}", headers=dict(headers))
            answer = connection.getresponse()
            answer.read()
            if answer.status not in {204, 404}:
                raise HTTPException(f"{answer.status} {answer.reason}")
    finally:
        connection.close()


purger = Purger()
