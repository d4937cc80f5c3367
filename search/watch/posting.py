"""One request to an address that a stranger gave: never into the own network, never further than where it was sent.

The name is resolved once, every address that it has must be a public one, and the connection goes to an address that
was looked at, so that a name cannot mean another machine a moment later. Redirects are not followed.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from urllib3.exceptions import HTTPError

TIMEOUT = 10.0
MAX_ANSWER = 64 * 1024
"""Bytes of an answer that are read, for nobody looks at it."""
MAX_URL = 500


class NotSent(Exception):
    """Why a request could not be made, or was not answered."""


def check(url: str) -> None:
    """NotSent for an address to which nothing is sent, whatever it resolves to."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise NotSent("not an address") from problem
    schemes = ("https", "http") if settings.WEBHOOKS_INSIDE else ("https",)
    if len(url) > MAX_URL or not url.isascii() or any(char.isspace() for char in url):
        raise NotSent("not an address")
    if parts.scheme not in schemes or not parts.hostname:
        raise NotSent("the address must begin with https://")
    if parts.username or parts.password or port == 0:
        raise NotSent("the address must have no name and password")


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer. Raises NotSent."""
    check(url)
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _address(host, port)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    timeout = urllib3.Timeout(connect=TIMEOUT, read=TIMEOUT)
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(address, port, timeout=timeout, server_hostname=host, assert_hostname=host)
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    try:
        answer = pool.urlopen(
            "POST",
            target,
            body=body,
            headers={**headers, "Host": parts.netloc, "User-Agent": "standards-portal webhooks"},
            redirect=False,
            retries=False,
            preload_content=False,
        )
        answer.read(MAX_ANSWER)
        status: int = answer.status
        answer.release_conn()
    except (HTTPError, OSError, ValueError) as problem:
        raise NotSent(str(problem)[:500]) from problem
    finally:
        pool.close()
    return status


def _address(host: str, port: int) -> str:
    """An address of the host, all of whose addresses are public. Raises NotSent."""
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as problem:
        raise NotSent(f"{host} is not known") from problem
    if not settings.WEBHOOKS_INSIDE and not all(_is_public(one) for one in found):
        raise NotSent(f"{host} is no public address")
    return sorted(found)[0]


def _is_public(address: str) -> bool:
    try:
        one = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(one, "ipv4_mapped", None) or getattr(one, "sixtofour", None)
    return one.is_global and not one.is_multicast and (mapped is None or mapped.is_global)
