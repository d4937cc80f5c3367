"""nginx speaking TLS, by the template for it."""

from __future__ import annotations

import http.client
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.deploy.front import Front
from tests.integration.deploy.stub import Stub
from tests.services import folders
from tests.services.fixtures import Starter
from tests.services.ports import Port

HOST = "portal.example"


@pytest.fixture(scope="module")
def certificate() -> Path:
    """A folder with ``cert.pem`` and ``key.pem``, signed by themselves."""
    folder = folders.make("tls")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-keyout", folder / "key.pem", "-out", folder / "cert.pem", "-days", "1", "-subj", f"/CN={HOST}"),
            *("-addext", f"subjectAltName=DNS:{HOST}"),
        ],
        check=True,
        capture_output=True,
    )
    for path in folder.iterdir():
        folders.give(path)
    return folder


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    kept = Port()
    yield kept.number
    kept.release()


@pytest.fixture(scope="module")
def front(portal: Stub, data: Path, certificate: Path, port: int, module_server: Starter) -> Front:
    return module_server(
        lambda: Front(
            portal.address,
            data,
            "tls",
            PORTAL_HOST=HOST,
            HTTPS_LISTEN=f"127.0.0.1:{port}",
            TLS_CERTIFICATE=str(certificate / "cert.pem"),
            TLS_KEY=str(certificate / "key.pem"),
        )
    )


def ask(port: int, name: str, context: ssl.SSLContext) -> http.client.HTTPResponse:
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname=name) as secure,
    ):
        secure.sendall(f"GET / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode())
        answer = http.client.HTTPResponse(secure)
        answer.begin()
        return answer


def test_the_portal_learns_that_it_was_https(front: Front, portal: Stub, port: int, certificate: Path) -> None:
    answer = ask(port, HOST, ssl.create_default_context(cafile=str(certificate / "cert.pem")))
    assert answer.status == 200
    assert portal.seen[0].headers["x-forwarded-proto"] == "https"
    assert portal.seen[0].headers["host"] == HOST


def test_a_foreign_name_gets_no_certificate(front: Front, portal: Stub, port: int, certificate: Path) -> None:
    context = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
    with pytest.raises(ssl.SSLError, match="(?i)unrecognized"):
        ask(port, "evil.example", context)
    assert portal.seen == []


def test_weak_ciphers_are_refused(front: Front, port: int, certificate: Path) -> None:
    context = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    ask(port, HOST, context)
    context.set_ciphers("ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA256")
    with pytest.raises(ssl.SSLError, match="(?i)handshake"):
        ask(port, HOST, context)


def test_plain_http_leads_to_https(front: Front) -> None:
    moved = front.ask("/a/?b=1", {"Host": "evil.example"})
    assert (moved.status, moved.headers["location"]) == (301, f"https://{HOST}/a/?b=1")
