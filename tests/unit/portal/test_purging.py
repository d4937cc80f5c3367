"""Which kept pages are forgotten, and how the portal says so."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from portal import purging
from portal.purging import Purger, cache_key, file_of, files_of, hosts


class Front:
    """Stands in for nginx: remembers what it was told to delete."""

    def __init__(self) -> None:
        self.deleted: list[str] = []
        self.keys: set[str] = set()
        self.status = 204
        front = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_DELETE(self) -> None:
                front.deleted.append(self.path)
                front.keys.add(self.headers["X-Purge-Key"])
                self.send_response(front.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_words: object) -> None:
                """Nothing to say."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def until(self, number: int) -> list[str]:
        deadline = time.monotonic() + 10
        while len(self.deleted) < number:
            assert time.monotonic() < deadline, self.deleted
            time.sleep(0.02)
        return self.deleted


@pytest.fixture
def front(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    one = Front()
    settings.PURGE_URLS = [one.url]
    settings.PURGE_KEY = "key"
    settings.SITE_URL = "https://portal.example"
    settings.ALLOWED_HOSTS = ["Portal.example", ".sub.example", "*"]
    monkeypatch.setattr(purging, "REPEAT_AFTER", 0.1)
    yield one
    one.server.shutdown()
    one.server.server_close()


def test_a_page_lies_where_nginx_keeps_it() -> None:
    """The example of nginx's own documentation: ``levels=1:2`` puts b7f54b2df7773722d382f4809d65029c into c/29."""
    assert file_of("") == "e/27/d41d8cd98f00b204e9800998ecf8427e"
    assert cache_key("h", "/a/?b=1", "large.high", "json") == "h|/a/?b=1|large.high|json"


def test_every_copy_of_a_page_is_named(settings: Any, front: Front) -> None:
    assert hosts() == ["portal.example"]
    found = list(files_of(["/a/"]))
    assert len(found) == len(set(found)) == 3 * 2 * 2
    assert file_of("portal.example|/a/|largest.high|json") in found


def test_a_purge_is_sent_and_repeated(front: Front) -> None:
    Purger().purge(["/a/", "/b/", "/a/"])
    copies = len(list(files_of(["/a/", "/b/"])))
    deleted = front.until(2 * copies)
    assert deleted[:copies] == deleted[copies:]
    assert front.keys == {"key"}
    assert all(path.startswith("/pages/") for path in deleted)


def test_without_a_front_nothing_happens(settings: Any) -> None:
    settings.PURGE_URLS = []
    purger = Purger()
    purger.purge(["/a/"])
    assert purger._thread is None


def test_a_front_that_is_away_is_told_of_once(settings: Any, front: Front, caplog: pytest.LogCaptureFixture) -> None:
    settings.PURGE_URLS = ["http://127.0.0.1:9", front.url]
    purger = Purger()
    purger.purge(["/a/"])
    purger.purge(["/b/"])
    front.until(4 * 12)
    assert caplog.text.count("can't be purged") == 1


def test_a_front_that_refuses_is_told_of(front: Front, caplog: pytest.LogCaptureFixture) -> None:
    front.status = 403
    Purger().purge(["/a/"])
    front.until(2)
    assert "403" in caplog.text


def test_too_many_at_once_are_left_to_their_short_life(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "MAX_WAITING", 3)
    purger = Purger()
    purger.purge([f"/{number}/" for number in range(4)])
    purger.purge(["/a/"])
    assert len(set(front.until(24))) == 12


def test_who_changes_something_does_not_wait(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the connection, and never answers
        settings.PURGE_URLS = [f"http://127.0.0.1:{silent.getsockname()[1]}"]
        begun = time.monotonic()
        Purger().purge(["/a/"])
        assert time.monotonic() - begun < 0.5


def test_what_waits_is_sent_before_a_command_ends(front: Front) -> None:
    purger = Purger()
    purger.purge(["/a/"])
    purger._finish()
    assert len(front.deleted) == 24
