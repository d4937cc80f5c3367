"""Redis, from Debian's package."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from pathlib import Path

from tests.services import debian
from tests.services.server import Server


class Redis(Server):
    """An empty Redis. ``durable``: what it has confirmed, it still has after a crash; else it keeps nothing on disk."""

    name = "redis"

    def __init__(self, *, durable: bool = False) -> None:
        super().__init__()
        self._durable = durable
        self._program = debian.program("redis-server")

    @property
    def url(self) -> str:
        return self.database(0)

    def database(self, number: int) -> str:
        """One of its 64 databases."""
        return f"redis://127.0.0.1:{self.port}/{number}"

    def command(self) -> Sequence[str | Path]:
        keeping = ("--appendonly", "yes", "--appendfsync", "always") if self._durable else ("--appendonly", "no")
        return [
            self._program,
            *("--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)),
            *("--databases", "64", "--save", "", *keeping),
        ]

    def ready(self) -> bool:
        """It answers a ping with an error while it still reads what it kept."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
