"""The live back end against a site on this machine: conditional requests, retries, robots.txt, bodies that go wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.integration.crawlers.conftest import Place, deliverable, lines

BODY = lines([deliverable(number, replaces=None) for number in range(1000, 1020)])


@dataclass
class Site:
    """What the site answers, and what it was asked."""

    body: bytes = BODY
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


def crawl(place: Place, site: Site) -> dict[str, str]:
    return place.crawl("live", records=20, changes={"data_url": site.url})


def test_asks_honestly_retries_and_asks_only_for_what_changed(place: Place, site: Site) -> None:
    place.environment["ADMIN_CONTACT"] = "mailto:crawl@example.org"
    site.failures = 2
    assert crawl(place, site)["state"] == "succeeded"
    assert place.one("select count(*) from standards_standard") == 20
    assert site.asked[0][0] == "/robots.txt"
    assert len(site.documents) == 3
    assert {one["User-Agent"] for one in site.documents} == {"standards-portal/1.0 (+mailto:crawl@example.org)"}

    assert crawl(place, site)["state"] == "succeeded"
    last = site.documents[-1]
    assert last["If-None-Match"].startswith('"')
    assert last["If-Modified-Since"] == "Mon, 02 Mar 2026 08:00:00 GMT"
    assert place.ask("select fetched, not_modified, unchanged from provenance_run order by id")[1] == (0, 1, 20)
    assert place.ask("select status, etag != '' from provenance_snapshot order by id") == [(200, 1), (304, 1)]

    site.body = lines([deliverable(number, replaces=None) for number in range(1000, 1021)])
    assert crawl(place, site)["state"] == "succeeded"
    assert place.one("select count(*) from standards_standard") == 21


def test_what_robots_txt_forbids_is_not_asked_for(place: Place, site: Site) -> None:
    site.robots = "User-agent: *\nDisallow: /data/\n"
    ended = crawl(place, site)
    assert ended["state"] == "failed"
    assert "robots.txt" in ended["reason"]
    assert site.documents == []


def test_a_body_without_end_is_cut_and_nothing_stored(place: Place, site: Site) -> None:
    place.environment["CRAWL_MAX_BODY_BYTES"] = "1000"
    ended = crawl(place, site)
    assert ended["state"] == "failed"
    assert "longer than 1000 bytes" in ended["reason"]
    assert place.one("select count(*) from standards_standard") == 0
    assert place.one("select count(*) from provenance_snapshot") == 0


def test_half_a_body_is_no_body(place: Place, site: Site) -> None:
    site.promised = len(BODY) + 5000
    ended = crawl(place, site)
    assert ended["state"] == "failed"
    assert "broke off" in ended["reason"]
    assert len(site.documents) == 4
    assert place.one("select count(*) from standards_standard") == 0


def test_a_site_that_is_away_fails_the_run(place: Place, site: Site) -> None:
    site.failures = 100
    ended = crawl(place, site)
    assert (ended["state"], "HTTP 503" in ended["reason"]) == ("failed", True)
