"""What every server has in common."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from tests.services import folders
from tests.services.errors import DidNotStart
from tests.services.ports import Port
from tests.services.process import family, send, spawn, wait_gone


class Server(ABC):
    """A server on this machine. It keeps its port and its data from start to start, until it is closed."""

    name: ClassVar[str]
    ends_on: ClassVar[signal.Signals] = signal.SIGTERM
    """The signal that ends it in order and at once, whoever is connected."""
    patience: ClassVar[float] = 60

    def __init__(self) -> None:
        self.folder = folders.make(self.name)
        self._port = Port()
        self._process: subprocess.Popen[bytes] | None = None
        self.paused = False

    @property
    def port(self) -> int:
        return self._port.number

    @property
    @abstractmethod
    def url(self) -> str:
        """Where it is reached, in the form of the portal's settings."""

    @abstractmethod
    def command(self) -> Sequence[str | Path]:
        """What starts it in the foreground."""

    @abstractmethod
    def ready(self) -> bool:
        """Whether it answers a query."""

    def environment(self) -> Mapping[str, str]:
        return {}

    def greeting(self) -> bytes:
        """What it wants to hear on its standard input."""
        return b""

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        if self._process is None:
            raise DidNotStart(f"{self.name} is not running")
        return self._process.pid

    def start(self) -> Self:
        """Start it and wait until it answers."""
        self.launch()
        self.wait()
        return self

    def launch(self) -> None:
        """Start it without waiting."""
        self._process = spawn(
            self.command(), cwd=self.folder, log=self.log, environment=self.environment(), on_death=self.ends_on
        )
        if self._process.stdin is not None:
            self._process.stdin.write(self.greeting())
            self._process.stdin.flush()

    def wait(self) -> None:
        """Wait until it answers."""
        deadline = time.monotonic() + self.patience
        while not self.ready():
            if self._process is None or self._process.poll() is not None:
                raise DidNotStart(f"{self.name} ended while it started:\n{self._last_words()}")
            if time.monotonic() > deadline:
                raise DidNotStart(f"{self.name} does not answer after {self.patience:.0f} s:\n{self._last_words()}")
            time.sleep(0.05)

    def stop(self, grace: float = 20) -> None:
        """End it in order; nothing if it is not running."""
        if self._process is not None and self.running:
            send([self.pid], self.ends_on)
            send([self.pid], signal.SIGCONT)  # a paused one would never hear of it
            try:
                self._process.wait(grace)
            except subprocess.TimeoutExpired:
                self.kill()
        self._forget()

    def kill(self) -> None:
        """End it and its children at once, as a crash or a loss of power does."""
        everyone = family(self.pid)
        send(everyone, signal.SIGKILL)
        self._forget()
        wait_gone(everyone)

    def restart(self) -> Self:
        self.stop()
        return self.start()

    def pause(self) -> None:
        """Stop it and its children without ending them: connections stay open and get no answer."""
        send(family(self.pid), signal.SIGSTOP)
        self.paused = True

    def resume(self) -> None:
        send(family(self.pid), signal.SIGCONT)
        self.paused = False

    def close(self) -> None:
        """End it for good, and remove its data."""
        self.stop()
        self._port.release()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _forget(self) -> None:
        if self._process is not None:
            self._process.wait()
            if self._process.stdin is not None:
                self._process.stdin.close()
        self._process = None
        self.paused = False

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-30:]) if self.log.exists() else ""
