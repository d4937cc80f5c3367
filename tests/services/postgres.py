"""PostgreSQL, from Debian's package; its programs lie outside PATH."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.services import debian, folders
from tests.services.errors import DidNotStart
from tests.services.server import Server

FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


class Postgres(Server):
    """An empty PostgreSQL that trusts everyone on the loopback address.

    ``durable`` gives it back what tests do without: what it has confirmed, it still has after a crash. ``settings`` are
    of the form ``name=value``.
    """

    name = "postgres"
    ends_on = signal.SIGINT  # the fast shutdown: clients are disconnected

    def __init__(self, *, durable: bool = False, settings: Sequence[str] = ()) -> None:
        super().__init__()
        self._settings = (*(() if durable else FAST), *settings)
        self._programs = debian.postgres_programs()
        self._has_database = False

    @property
    def url(self) -> str:
        return f"postgres://portal@127.0.0.1:{self.port}/portal"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def launch(self) -> None:
        if not self.data.exists():
            self._make()
        super().launch()

    def wait(self) -> None:
        super().wait()
        if not self._has_database:
            self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "portal", "portal")
            self._has_database = True

    def _make(self) -> None:
        self._run(
            "initdb", "-D", self.data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )

    def command(self) -> Sequence[str | Path]:
        settings = (f"port={self.port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *self._settings)
        return [
            self._programs / "postgres",
            "-D",
            self.data,
            *(part for setting in settings for part in ("-c", setting)),
        ]

    def ready(self) -> bool:
        probe: list[str | Path] = [
            self._programs / "pg_isready",
            "-q",
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
            "-U",
            "portal",
        ]
        return subprocess.run(probe, check=False).returncode == 0

    def _run(self, program: str, *arguments: str | Path) -> None:
        command: list[str | Path] = [self._programs / program, *arguments]
        done = subprocess.run(
            command,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            **folders.identity(),
        )
        if done.returncode:
            raise DidNotStart(f"{program}: {done.stderr}")
