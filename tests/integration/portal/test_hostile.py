"""Whatever is sent to whatever public address: a clear answer, never a failure of ours.

Addresses are read from the URL resolver, so that a new one is tried without being named here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils.regex_helper import normalize
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_change, make_claim, make_file, make_run, make_source, make_standard, relate

pytestmark = pytest.mark.django_db

NOT_PUBLIC = ("admin/",)
PROBLEM = "application/problem+json"


def addresses(resolver: Any, prefix: str = "") -> Iterator[str]:
    """Every route as a format string: ``standards/%(slug)s/``. Both languages where there are two."""
    for pattern in resolver.url_patterns:
        regex = pattern.pattern.regex.pattern.removeprefix("^").replace(r"\Z", "").replace("$", "")
        for form, _names in normalize(regex) or [("", [])]:
            route = prefix + form
            if route.startswith(NOT_PUBLIC):
                continue
            if isinstance(pattern, URLResolver):
                yield from addresses(pattern, route)
                if prefix == "" and form == "":  # the editions in other languages
                    yield from addresses(pattern, "en/")
            else:
                yield route


ADDRESSES = sorted(set(addresses(get_resolver())))
CHINESE = [route for route in ADDRESSES if not route.startswith("en/")]
"""The English edition runs the same code; its addresses are tried among all the others below."""
SOUND = {"slug": "gb-t-19001-2016", "name": "iso", "code": "03", "form": "bib"}
"""Names that lead somewhere."""

HOSTILE = (
    "",
    " ",
    "x" * 10_000,
    "质" * 3_000,
    "\x00",
    "a\x00b",
    "\r\nSet-Cookie: a=b",
    "".join(map(chr, range(1, 32))),
    "\u202e\u2066gnp.exe\u2069\u200f",
    "\ufeff\ufffe\U000e0001",
    "“\"'`‘«「『([{<",
    '"unbalanced',
    "'; DROP TABLE standards_standard; --",
    "(a+)+" * 200 + "$",
    "a" * 2_000 + "!",
    "-" * 500,
    "1-" * 2_000,
    "GB/T " * 500,
    "GB/T 1.1-" + "9" * 400,
    "ISO 9001:2015/Amd " * 100,
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "....//....//",
    "C:\\windows\\win.ini",
    "{{7*7}}{% debug %}",
    "<script>alert(1)</script>",
    "title_zh:* AND NOT (",
    "*?~^\\",
    "-1",
    "0",
    "99999999999999999999",
    "1e309",
    "NaN",
    "２０１６",
    "2016-99-99",
    "0000",
    "true",
    "WyJhIiwxXQ",
    "WyJhXHUwMDAwIiwxXQ",
    "W10",
    "=" * 50,
)
"""What has broken software of this kind before."""

RAW = (
    "%ff%fe",
    "%c0%ae%c0%ae/",
    "%ed%a0%80",
    "%00",
    "%",
    "%zz",
    "%2e%2e/%2e%2e/",
    "//",
    ";a=b",
    "%0d%0aX: y",
    "\\..\\",
)
"""Bytes in a path that are no text."""

HEADERS: dict[str, tuple[str, ...]] = {
    "Range": ("bytes=0-", "bytes=9-1", "bytes=-99999999999999", "bytes=" + "0-1," * 500, "lines=1-2", "bytes=a-b"),
    "If-None-Match": ("*", 'W/"', '"' + "x" * 5_000 + '"', 'garbage, "a', '""'),
    "If-Match": ('"nothing"', "*"),
    "If-Range": ('"x"', "yesterday"),
    "If-Modified-Since": ("yesterday", "Sat, 99 Foo 9999 99:99:99 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"),
    "Accept": ("", "*/*;q=x", "application/json;q=9," * 200, "text/html;level=", "image/png"),
    "Accept-Language": ("", "*", "zh-" + "a" * 5_000, "en;q=x", "../../en", "xx-XX," * 300),
    "Accept-Encoding": ("br;q=9, *", "gzip" * 500),
    "Cookie": (
        "a" * 4_000,
        "sessionid=../../x; csrftoken=; =;;;",
        "display=%00; django_language=../../etc",
        "\u00e9=\u00ff",
    ),
    "X-Forwarded-For": ("not an address", "::ffff:1.2.3.4, " * 300, "1.2.3.4\x1f"),
    "Origin": ("null", "https://" + "x" * 3_000),
    "Referer": ("javascript:alert(1)", "http://[::1"),
    "X-HTTP-Method-Override": ("DELETE",),
    "Content-Type": (
        "multipart/form-data",
        "application/json; charset=nonsense",
        "x" * 500,
        "multipart/form-data; boundary=",
    ),
    "HX-Request": ("true",),
}


@pytest.fixture(autouse=True)
def _world(build_index: Callable[[], int], settings: Any) -> None:
    """One record of everything, so that addresses lead somewhere."""
    settings.API_RATE_LIMITS = {"default": (10**9, 60), "batch": (10**9, 60)}
    source = make_source("iso")
    make_run(source)
    standard = make_standard("GB/T 19001-2016", ics=("03.120.10",), ccs=("A00",), title_zh="质量管理体系 要求")
    relate(standard, "adopts", "ISO 9001:2015")
    make_claim(standard, source)
    make_change(standard, source=source)
    make_file(standard)
    build_index()


def check(response: Any, path: str) -> None:
    """No failure of ours, and an answer that its reader can read."""
    assert response.status_code < 500, (path[:300], response.status_code, response.content[:500])
    kind = response.headers.get("Content-Type", "")
    if response.streaming:
        b"".join(response.streaming_content)
        return
    if response.status_code < 400 or response.request["REQUEST_METHOD"] == "HEAD":
        return
    if response.status_code == 412 and not response.content:
        return  # the client's own condition failed: there is nothing to explain
    if path.startswith("/api/v1/"):
        assert kind == PROBLEM, (path[:300], response.status_code, kind)
        problem = json.loads(response.content)
        assert problem["status"] == response.status_code
        assert problem["detail"]
    else:
        assert re.match(r"text/html|text/plain|application/(problem\+)?json", kind), (path[:300], kind)
        assert response.content, (path[:300], response.status_code)


def names_of(route: str) -> list[str]:
    return re.findall(r"%\((\w+)\)s", route)


def sound_path(route: str) -> str:
    return "/" + route % {name: SOUND.get(name, "1") for name in names_of(route)}


def parameter_names() -> list[str]:
    """Every parameter the API describes, and those that only pages have."""
    described = Client().get("/api/v1/openapi.json").json()
    api = {one["name"] for path in described["paths"].values() for op in path.values() for one in op["parameters"]}
    return sorted(api | {"page", "p", "view", "format", "next", "theme", "mode", "text", "designations", "return"})


def send(client: Client, method: str, path: str, **extra: Any) -> None:
    check(client.generic(method, path, **extra), path)


def test_the_resolver_gives_the_addresses_we_know() -> None:
    """So that the tests below do not pass for want of anything to try."""
    known = {"", "search/", "standards/%(slug)s/", "en/standards/%(slug)s/", "api/v1/search/", "api/docs", "sources/"}
    assert known <= set(ADDRESSES)
    assert len(ADDRESSES) > 40


@pytest.mark.parametrize("route", [route for route in ADDRESSES if names_of(route)])
def test_hostile_names_in_the_path(client: Client, route: str) -> None:
    for value in (*map(quote, HOSTILE), *(quote(value, safe="") for value in HOSTILE), *RAW):
        for name in names_of(route):
            values = {other: SOUND.get(other, "1") for other in names_of(route)} | {name: value}
            send(client, "GET", "/" + route % values)


@pytest.mark.parametrize("route", CHINESE)
def test_hostile_parameters(client: Client, route: str) -> None:
    path = sound_path(route)
    for name in parameter_names():
        for value in HOSTILE if name in ("q", "after") else HOSTILE[::14]:
            send(client, "GET", f"{path}?{urlencode({name: value})}")
    for raw in (
        "?",
        "&&&=",
        "q",
        "q=%ff%fe",
        "q=%00",
        "page=1&page=2&page=x",
        "a=" * 3_000,
        "&".join("a=1" for _ in range(1_500)),
    ):
        send(client, "GET", f"{path}?{raw}")


@pytest.mark.parametrize("route", CHINESE)
def test_odd_headers(client: Client, route: str) -> None:
    path = sound_path(route)
    for name, values in HEADERS.items():
        for value in values:
            send(client, "GET", path, headers={name: value})


@pytest.mark.parametrize("route", CHINESE)
def test_every_method_with_any_body(client: Client, route: str) -> None:
    """Only POST reads a body anywhere; the others get two, so that one which begins to is noticed."""
    path = sound_path(route)
    bodies = ("", "{", "[" * 50_000, "null", '["\\ud800"]', '["a\\u0000b"]', "\xff\xfe", json.dumps(list(HOSTILE)))
    for body in bodies:
        for kind in (
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/x",
        ):
            send(client, "POST", path, data=body, content_type=kind)
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "BREW"):
        for body, kind in (("{", "application/json"), ("\xff\xfe", "multipart/form-data; boundary=x")):
            send(client, method, path, data=body, content_type=kind)


def test_a_request_for_another_host_is_refused(client: Client) -> None:
    response = client.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400


texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=400),
    st.text(alphabet="GB/TISO 0123456789.-:—（）", max_size=120),
    st.lists(st.sampled_from(HOSTILE[4:]), min_size=2, max_size=4).map(" ".join),
)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_combination(client: Client, data: st.DataObject) -> None:
    """Any address with any names, any parameters, any headers."""
    route = data.draw(st.sampled_from(ADDRESSES))
    path = "/" + route % {name: quote(data.draw(texts), safe="") for name in names_of(route)}
    names = st.sampled_from(parameter_names())
    query = data.draw(st.lists(st.tuples(names, texts), max_size=6))
    chosen = data.draw(st.lists(st.sampled_from(sorted(HEADERS)), max_size=4, unique=True))
    headers = {name: data.draw(st.sampled_from(HEADERS[name])) for name in chosen}
    send(client, "GET", f"{path}?{urlencode(query)}", headers=headers)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | texts,
        lambda one: st.lists(one, max_size=5) | st.dictionaries(texts, one, max_size=3),
        max_leaves=20,
    )
)
def test_any_json_to_the_designation_parser(client: Client, body: Any) -> None:
    send(client, "POST", "/api/v1/designations/parse", data=json.dumps(body), content_type="application/json")
