"""One server of each kind for all processes of a test run.

The process that controls the run keeps the servers; it starts one when the first test asks for it, and ends them all
when the run ends. Workers of pytest-xdist ask it through a socket whose path they find in their environment. A server
that the environment names already is used as it is.
"""

from __future__ import annotations

import json
import os
import socket
import socketserver
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tests.services import folders
from tests.services.elasticsearch import Elasticsearch
from tests.services.errors import Missing, ServiceError
from tests.services.postgres import Postgres
from tests.services.redis import Redis
from tests.services.server import Server

SOCKET: Final = "PORTAL_TEST_SERVICES"
KINDS: dict[str, Callable[[], Server]] = {"postgres": Postgres, "redis": Redis, "elasticsearch": Elasticsearch}
GIVEN = {
    "elasticsearch": (("ELASTICSEARCH_URL",), "http"),
    "postgres": (("DATABASE_URL",), "postgres"),
    "redis": (("REDIS_URL", "CELERY_BROKER_URL"), "redis"),
}
"""The variables that may name a server, and how its address begins."""


def given(kind: str) -> str | None:
    """The address that the environment gives."""
    names, scheme = GIVEN[kind]
    return next((url for name in names if (url := os.environ.get(name, "")).startswith(scheme)), None)


class Keeper:
    """Keeps the servers of a run, and answers those who ask for one."""

    def __init__(self) -> None:
        self.path: Path = folders.make("shared") / "socket"
        self._open = ExitStack()
        self._running: dict[str, Server] = {}
        self._listener = socketserver.UnixStreamServer(str(self.path), self._handler())
        # Servers end with the thread that started them: this one, which lives as long as the keeper.
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._listener.shutdown()  # once the server that is starting, if any, has started
        self._open.close()
        self._thread.join()
        self._listener.server_close()

    def _url(self, kind: str) -> str:
        """Only one question is answered at a time, so no kind is started twice."""
        if kind not in self._running:
            self._running[kind] = self._open.enter_context(KINDS[kind]())
        return self._running[kind].url

    def _answer(self, kind: str) -> dict[str, str]:
        try:
            return {"url": self._url(kind)}
        except Missing as error:
            return {"missing": str(error)}
        except Exception as error:  # noqa: BLE001 -- whatever it is, it must reach the test that asked
            return {"error": f"{type(error).__name__}: {error}"}

    def _handler(self) -> type[socketserver.StreamRequestHandler]:
        keeper = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                kind = self.rfile.readline().decode().strip()
                self.wfile.write(json.dumps(keeper._answer(kind)).encode())

        return Handler


def ask(kind: str) -> str:
    """The address of the run's server of this kind, started if need be."""
    if url := given(kind):
        return url
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(os.environ[SOCKET])
        connection.sendall(f"{kind}\n".encode())
        with connection.makefile() as reader:
            answer = json.load(reader)
    if "missing" in answer:
        raise Missing(answer["missing"])
    if "error" in answer:
        raise ServiceError(answer["error"])
    return str(answer["url"])
