"""Alerts reach a program of the follower's: signed, tried again, never sent into the own network."""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson
import pytest
from django.test import Client
from django.utils import timezone

from search.watch.attempts import MAX_ATTEMPTS
from search.watch.matching import match
from search.watch.models import Alert, Delivery, Follower, Webhook
from search.watch.posting import NotSent, check, post
from search.watch.webhooks import deliver, make_deliveries, replay, secret_of
from tests.integration.content.tbt.samples import LONGER, TOYS, load
from tests.integration.search.watch.people import follow, person

pytestmark = pytest.mark.django_db
NOON = datetime(2030, 5, 8, 12, tzinfo=timezone.get_default_timezone())


@dataclass
class Program:
    """What it was sent, and what it answers."""

    url: str = ""
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def program(settings: Any) -> Iterator[Program]:
    settings.WEBHOOKS_INSIDE = True
    told = Program()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}/hook?a=b"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def ada(program: Program) -> Follower:
    one = person(language="en")
    Webhook.objects.create(follower=one, url=program.url)
    follow(one, "member", "EU", label="European Union")
    return one


def turn(now: datetime = NOON) -> None:
    match()
    make_deliveries(now)
    deliver(now)


def test_a_message_is_signed_and_says_what_changed(program: Program, ada: Follower) -> None:
    load(TOYS)
    turn()
    ((headers, body),) = program.got
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    secret = base64.b64decode(secret_of(ada.webhooks.get().secret).removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-timestamp"] == str(int(NOON.timestamp()))
    message = orjson.loads(body)
    (alert,) = message["data"]
    assert message["type"] == "alerts"
    assert alert["subscription"] == {"kind": "member", "key": "EU", "label": "European Union"}
    assert (alert["change"]["label"], alert["change"]["kind"]) == (TOYS.symbol, "created")
    assert alert["url"].endswith("/en/tbt/g-tbt-n-eu-1024/")
    turn()
    assert len(program.got) == 1


def test_what_is_not_taken_is_sent_again_under_the_same_name(program: Program, ada: Follower) -> None:
    program.status = 500
    load(TOYS)
    turn()
    turn(NOON + timedelta(seconds=30))  # not yet
    program.status = 200
    turn(NOON + timedelta(minutes=2))
    first, second = program.got
    assert first[1] == second[1]
    assert first[0]["webhook-id"] == second[0]["webhook-id"]
    one = ada.webhooks.get().deliveries.get()
    assert (one.status, one.attempts, one.delivered_at) == (200, 2, NOON + timedelta(minutes=2))


def test_in_the_end_it_is_given_up_and_can_be_replayed(program: Program, ada: Follower) -> None:
    program.status = 410
    load(TOYS)
    for day in range(20):
        turn(NOON + timedelta(days=day))
    assert len(program.got) == MAX_ATTEMPTS
    program.status = 200
    replay(ada.webhooks.get().deliveries.get(), NOON + timedelta(days=30))
    turn(NOON + timedelta(days=30))
    assert ada.webhooks.get().deliveries.get().delivered_at == NOON + timedelta(days=30)


def test_a_redirect_is_not_followed(program: Program, ada: Follower) -> None:
    program.status, program.headers = 302, {"Location": "http://169.254.169.254/"}
    load(TOYS)
    turn()
    assert len(program.got) == 1
    assert ada.webhooks.get().deliveries.get().delivered_at is None


def test_without_a_webhook_nothing_waits() -> None:
    follow(person(), "member", "EU")
    load(TOYS, LONGER)
    turn()
    assert not Alert.objects.filter(wants_hook=True).exists()
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://",
        "https://user:secret@example.org/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://例子.org/",
        "https://a b/",
        "https://[::1",
        "x" * 600,
    ],
)
def test_no_such_address(url: str) -> None:
    with pytest.raises(NotSent):
        check(url)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1"),  # noqa: S104
        *("::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "100.64.0.1"),
    ],
)
def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    def resolve(host: str, port: int, **_kwargs: object) -> list[Any]:
        return [(0, 0, 0, "", (one, port)) for one in ("93.184.215.14", address)]

    monkeypatch.setattr("search.watch.posting.socket.getaddrinfo", resolve)
    with pytest.raises(NotSent, match="public"):
        post("https://example.org/", b"{}", {})


def test_a_name_that_is_not_known() -> None:
    with pytest.raises(NotSent):
        post("https://nowhere.invalid/", b"{}", {})


def test_the_page(client: Client, program: Program, ada: Follower) -> None:
    client.force_login(ada.user, backend="django.contrib.auth.backends.ModelBackend")
    assert "https://" in client.post("/account/follows/webhooks/", {"url": "ftp://x/"}).content.decode()
    client.post("/account/follows/webhooks/", {"url": "https://example.org/hook"})
    assert ada.webhooks.count() == 2
    load(TOYS)
    turn()
    page = client.get("/en/account/follows/webhooks/").content.decode()
    assert secret_of(ada.webhooks.first().secret) in page  # type: ignore[union-attr]
    assert "delivered" in page
    one = Delivery.objects.filter(webhook__url=program.url).get()
    client.post(f"/account/follows/webhooks/messages/{one.pk}/")
    one.refresh_from_db()
    assert one.delivered_at is None
    client.post(f"/account/follows/webhooks/{one.webhook_id}/delete/")
    assert ada.webhooks.count() == 1
    other = Webhook.objects.create(follower=person("eve"), url="https://example.org/")
    assert client.post(f"/account/follows/webhooks/{other.pk}/delete/").status_code == 404


def test_five_at_most(client: Client, ada: Follower) -> None:
    client.force_login(ada.user, backend="django.contrib.auth.backends.ModelBackend")
    for number in range(8):
        client.post("/account/follows/webhooks/", {"url": f"https://example.org/{number}"})
    assert ada.webhooks.count() == 5
