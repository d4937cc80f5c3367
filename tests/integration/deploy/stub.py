"""A stand-in for the portal that answers as a test wants and remembers what reached it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEPT = "public, max-age=0, s-maxage=60"


@dataclass(slots=True)
class Request:
    """``headers`` by lower-case name."""

    method: str
    address: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Reply:
    body: bytes = b"<p>page</p>"
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html", "Cache-Control": KEPT})


class Stub:
    """Listens on a port of its own while the context lasts; ``reply`` may be exchanged at any time."""

    def __init__(self) -> None:
        self.seen: list[Request] = []
        self.reply: Callable[[Request], Reply] = lambda _request: Reply()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    def forget(self) -> None:
        self.seen.clear()
        self.reply = lambda _request: Reply()

    def __enter__(self) -> Stub:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Request(self.command, self.path, headers, body)
                stub.seen.append(request)
                reply = stub.reply(request)
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            do_GET = do_HEAD = do_POST = answer

            def log_message(self, *_words: object) -> None:
                """Nothing to say."""

        return Handler
