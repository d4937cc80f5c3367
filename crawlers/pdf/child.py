"""One warm child process and the conversation with it."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from crawlers.pdf.records import Limits
from crawlers.pdf.wire import HEADER_BYTES, Finish, RawPage, WireError, decode, request

ROOT = Path(__file__).resolve().parents[2]
READ_BYTES = 1 << 16


class ChildFailed(Exception):
    """The child broke a limit, died, or answered nonsense; it must be replaced. `timed_out` tells the first from the
    others.
    """

    def __init__(self, message: str, *, timed_out: bool = False) -> None:
        super().__init__(message)
        self.timed_out = timed_out


class Child:
    """A `python -m crawlers.pdf.worker` in a session of its own, so that it can be ended with all it may have
    started.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.files = 0
        self._stderr = bytearray()
        self._buffer = bytearray()
        # A bare environment: settings and secrets of the parent are none of the child's business.
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-m", "crawlers.pdf.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            start_new_session=True,
            bufsize=0,
        )
        self._selector = selectors.DefaultSelector()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                os.set_blocking(stream.fileno(), False)
                self._selector.register(stream.fileno(), selectors.EVENT_READ)

    @property
    def pid(self) -> int:
        return self._process.pid

    def peak_memory(self) -> int:
        """The most memory (resident bytes) the child has had so far; 0 where the system does not tell."""
        try:
            status = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return 0
        line = next((ln for ln in status.splitlines() if ln.startswith("VmHWM:")), "VmHWM: 0 kB")
        return int(line.split()[1]) * 1024

    def read(self, path: Path) -> Iterator[RawPage | Finish]:
        """The messages about one file, ending with a Finish. Raises ChildFailed."""
        self.files += 1
        self._stderr.clear()
        self._send(request(str(path.resolve()), self.limits))
        waited = 0.0
        while True:
            began = time.monotonic()
            # Only waiting counts: what the caller does between pages is not the file's fault.
            message = self._receive(min(self.limits.page_wall_seconds, self.limits.file_wall_seconds - waited))
            waited += time.monotonic() - began
            yield message
            if isinstance(message, Finish):
                return

    def close(self) -> None:
        """End the child and everything in its session."""
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._selector.close()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    def _send(self, data: bytes) -> None:
        stdin = self._process.stdin
        try:
            if stdin is None or stdin.write(data) != len(data):
                raise ChildFailed("the child does not take requests")
        except BrokenPipeError as exc:
            raise ChildFailed(self._why_dead()) from exc

    def _receive(self, seconds: float) -> RawPage | Finish:
        deadline = time.monotonic() + seconds
        length = int.from_bytes(self._take(HEADER_BYTES, deadline), "big")
        if length > self.limits.frame_bytes:
            raise ChildFailed(f"a page of {length} bytes")
        body = self._take(length, deadline)
        try:
            return decode(body)
        except WireError as exc:
            raise ChildFailed(str(exc)) from exc

    def _take(self, size: int, deadline: float) -> bytes:
        while len(self._buffer) < size:
            self._fill(deadline)
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data

    def _fill(self, deadline: float) -> None:
        """Take what the child has written, waiting for it until the deadline."""
        left = deadline - time.monotonic()
        ready = self._selector.select(max(left, 0))
        if not ready:
            raise ChildFailed("no answer in time", timed_out=True)
        stdout = self._process.stdout
        for key, _ in ready:
            data = os.read(key.fd, READ_BYTES)
            if stdout is not None and key.fd == stdout.fileno():
                if not data:
                    raise ChildFailed(self._why_dead(), timed_out=self._process.poll() == -signal.SIGXCPU)
                self._buffer += data
            elif data:
                self._stderr += data
                del self._stderr[: -self.limits.stderr_bytes]
            else:
                self._selector.unregister(key.fd)

    def _why_dead(self) -> str:
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "the child closed its output"
        cause = signal.Signals(-code).name if code < 0 else f"status {code}"
        last = self._stderr.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
        return f"the child ended with {cause}{': ' + last if last else ''}"
