"""A publisher's site on this machine, which counts what it is asked and answers as the test wants."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass
class Site:
    """What the site answers, and what it was asked."""

    body: bytes = b""
    robots: str = "User-agent: *\nAllow: /\n"
    failures: int = 0
    """How many times it answers 503 first."""
    promised: int | None = None
    """Content-Length, where it is not the body's."""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/data/list.jsonl"

    @property
    def documents(self) -> list[dict[str, str]]:
        """Headers of the requests for the list."""
        return [headers for path, headers in self.asked if path == "/data/list.jsonl"]


@pytest.fixture
def site() -> Iterator[Site]:
    told = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append((self.path, dict(self.headers.items())))
            if self.path == "/robots.txt":
                self.answer(200, told.robots.encode(), {"Content-Type": "text/plain"})
            elif told.failures:
                told.failures -= 1
                self.answer(503, b"busy", {})
            elif self.headers.get("If-None-Match") == etag():
                self.answer(304, b"", {"ETag": etag()})
            else:
                self.answer(200, told.body, {"ETag": etag(), "Last-Modified": "Mon, 02 Mar 2026 08:00:00 GMT"})

        def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            length = told.promised if told.promised is not None and self.path != "/robots.txt" else len(body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True

        def log_message(self, *args: Any) -> None:
            """Nothing: the test's output is not the place."""

    def etag() -> str:
        return f'"{hash(told.body)}"'

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield told
    server.shutdown()
    server.server_close()
    thread.join()
