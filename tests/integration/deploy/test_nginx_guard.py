"""What nginx hands out by itself, and what it keeps from the portal."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.integration.deploy.front import Answer, Front
from tests.integration.deploy.stub import Reply, Stub


class TestStatic:
    @pytest.mark.parametrize(
        ("accepted", "body", "encoding"),
        [
            ("", b"plain", None),
            ("gzip", b"gzip", "gzip"),
            ("gzip, deflate, br", b"brotli", "br"),
            ("br;q=0, gzip", b"gzip", "gzip"),
            ("br;q=0.5", b"brotli", "br"),
            ("brotli", b"plain", None),
        ],
    )
    def test_the_form_that_the_reader_takes(
        self, front: Front, accepted: str, body: bytes, encoding: str | None
    ) -> None:
        answer = front.ask("/static/css/base.0123456789ab.css", {"Accept-Encoding": accepted})
        assert (answer.status, answer.body, answer.headers.get("content-encoding")) == (200, body, encoding)
        assert answer.headers["content-type"] == "text/css"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "Accept-Encoding" in answer.headers["vary"] if encoding else True

    def test_a_name_without_a_hash_is_not_for_ever(self, front: Front) -> None:
        assert front.ask("/static/css/base.css").headers["cache-control"] == "public, max-age=3600"
        image = front.ask("/static/img/logo.0123456789ab.png", {"Accept-Encoding": "br"})
        assert (image.headers["content-type"], image.body) == ("image/png", b"png")
        assert "immutable" in image.headers["cache-control"]

    @pytest.mark.parametrize(
        "address",
        ["/static/../secret-key", "/static/%2e%2e/secret-key", "/static/..%2fsecret-key", "/static/", "/_files/x"],
    )
    def test_nothing_else_is_handed_out(self, front: Front, portal: Stub, data: Path, address: str) -> None:
        (data / "secret-key").write_text("secret")
        answer = front.ask(address)
        assert b"secret" not in answer.body
        assert answer.status in {403, 404} or portal.seen


class TestHostile:
    def test_the_client_is_who_connects(self, front: Front, portal: Stub) -> None:
        front.ask(
            "/client/",
            {
                "X-Forwarded-For": "1.2.3.4",
                "X-Forwarded-Host": "evil.example",
                "X-Forwarded-Proto": "gopher",
                "Forwarded": "for=1.2.3.4",
                "X-Request-ID": "chosen-by-me",
            },
        )
        headers = portal.seen[0].headers
        assert (headers["x-forwarded-for"], headers["x-forwarded-proto"]) == ("127.0.0.1", "http")
        assert not {"x-forwarded-host", "forwarded"} & headers.keys()
        assert headers["x-request-id"] != "chosen-by-me"

    def test_a_foreign_name_gets_no_answer(self, front: Front, portal: Stub) -> None:
        with pytest.raises((ConnectionError, OSError)):
            front.ask("/", {"Host": "evil.example"})
        assert raw(front, b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n") == b""
        assert portal.seen == []

    @pytest.mark.parametrize(
        "request_",
        [
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"x" * 9000 + b"\r\n\r\n",
            b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\0b\r\n\r\n",
            b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
            b"\x16\x03\x01\x02\x00",
        ],
        ids=["header", "address", "two hosts", "smuggling", "two lengths", "NUL", "version", "TLS"],
    )
    def test_what_is_malformed_stops_here(self, front: Front, portal: Stub, request_: bytes) -> None:
        answer = raw(front, request_)
        assert answer.split(b" ")[1][:1] in (b"4", b"5"), answer[:100]
        assert portal.seen == []

    def test_one_reader_cannot_write_the_page_of_the_next(self, front: Front, portal: Stub) -> None:
        """Nothing that is not in the key reaches the portal."""
        portal.reply = lambda request: Reply(json.dumps([request.address, request.headers]).encode())
        front.ask(
            "/poison/", {"X-Evil": "1", "Cookie": "display=large.<script>", "Accept-Language": "xx", "Accept": "x/y"}
        )
        headers = json.loads(front.ask("/poison/").body)[1]
        assert headers["cookie"] == "display=standard.standard"
        assert headers["accept"] == "text/html"
        assert "accept-language" not in headers

    def test_a_slow_client_is_let_go(self, front: Front) -> None:
        with socket.create_connection(("127.0.0.1", front.port)) as connection:
            connection.settimeout(15)
            connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            begun = time.monotonic()
            with contextlib.suppress(ConnectionResetError):
                assert connection.recv(1000) == b""
            assert 8 < time.monotonic() - begun < 13


def flood(front: Front, address: str) -> Answer:
    """The first answer that says it is too much; the first of all does not."""
    assert front.ask(address).status == 200
    with ThreadPoolExecutor(8) as clients:
        for _ in range(50):
            answers = clients.map(lambda number: front.ask(f"{address}?page={number}"), range(20))
            if refused := [one for one in answers if one.status == 429]:
                return refused[0]
    pytest.fail(f"1,000 requests to {address} were not too many")


def raw(front: Front, request: bytes) -> bytes:
    """What comes back for these very bytes."""
    with socket.create_connection(("127.0.0.1", front.port), timeout=15) as connection:
        connection.sendall(request)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except ConnectionResetError:
            return answer
        return answer


class TestLimits:
    def test_a_flood_of_searches(self, front: Front) -> None:
        busy = flood(front, "/search/")
        assert busy.headers["retry-after"] == "5"
        assert "访问过于频繁" in busy.body.decode()

    def test_a_flood_at_the_api(self, front: Front) -> None:
        busy = flood(front, "/api/v1/standards/")
        assert json.loads(busy.body)["code"] == "too_many_requests"

    def test_guessing_passwords(self, front: Front) -> None:
        looks = [front.ask("/admin/login/").status for _ in range(20)]
        tries = [front.ask("/admin/login/", method="POST", body=b"x").status for _ in range(10)]
        assert set(looks) == {200}
        assert tries == [*[200] * 6, *[429] * 4]

    def test_what_is_too_large(self, front: Front, portal: Stub) -> None:
        large = b"x" * (2561 * 1024)
        assert front.ask("/display/", method="POST", body=large).status == 413
        refused = front.ask("/api/v1/designations/parse", method="POST", body=large)
        assert (refused.status, json.loads(refused.body)["code"]) == (413, "too_large")
        assert portal.seen == []
        assert front.ask("/admin/images/add/", method="POST", body=large).status == 200


def test_each_request_has_one_name_everywhere(front: Front, portal: Stub) -> None:
    answer = front.ask("/named/")
    name = answer.headers["x-request-id"]
    assert portal.seen[0].headers["x-request-id"] == name
    line = next(line for line in map(json.loads, lines(front)) if line["request_id"] == name)
    assert (line["address"], line["status"], line["cache"]) == ("/named/", 200, "MISS")


def lines(front: Front) -> list[str]:
    return (front.folder / "access.log").read_text().splitlines()
