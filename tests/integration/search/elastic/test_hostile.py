"""What has broken search engines before, asked of this one through the public addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_file, make_standard
from tests.integration.portal.test_hostile import HOSTILE, check, texts

pytestmark = pytest.mark.django_db

ADDRESSES = ("/search/", "/en/search/", "/api/v1/search/", "/search/suggest/", "/api/v1/suggest/")
NAMES = ("q", "after", "page", "size", "sort", "status", "body", "ics", "ccs", "year", "in_force_on", "language")


@pytest.fixture(autouse=True)
def _world(elastic_connection: dict[str, Any], build_index: Callable[[], int], settings: Any) -> None:
    settings.API_RATE_LIMITS = {"default": (10**9, 60), "batch": (10**9, 60)}
    standard = make_standard("GB/T 19001-2016", ics=("03.120.10",), ccs=("A00",), title_zh="质量管理体系 要求")
    make_file(standard)
    make_standard("ISO 9001:2015", title_en="Quality management systems")
    build_index()


def send(client: Client, path: str, query: list[tuple[str, str]]) -> Any:
    response = client.get(f"{path}?{urlencode(query)}")
    check(response, path)
    return response


def test_it_is_this_engine_that_answers(client: Client) -> None:
    """So that the tests below try what they say."""
    from search.engines import get_engine
    from search.engines.elastic.engine import ElasticEngine

    assert isinstance(get_engine(), ElasticEngine)
    assert [client.get(path, {"q": "quality"}).status_code for path in ADDRESSES] == [200] * len(ADDRESSES)
    found = client.get("/api/v1/search/", {"q": "quality"}).json()["results"]
    assert "ISO 9001:2015" in [one["designation"] for one in found]


@pytest.mark.parametrize("path", ADDRESSES)
def test_hostile_queries(client: Client, path: str) -> None:
    for value in HOSTILE:
        send(client, path, [("q", value)])


def test_hostile_parameters(client: Client) -> None:
    for name in NAMES:
        for value in HOSTILE:
            send(client, "/api/v1/search/", [("q", "quality"), (name, value)])


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=st.lists(st.tuples(st.sampled_from(NAMES), texts), max_size=5))
def test_any_combination(client: Client, query: list[tuple[str, str]]) -> None:
    send(client, "/api/v1/search/", query)


def test_no_page_is_too_far(client: Client) -> None:
    """Past the window that Elasticsearch opens by default, with or without anything there."""
    for page in (2, 500, 501, 10_000, 2**31):
        send(client, "/search/", [("q", ""), ("page", str(page))])
        send(client, "/api/v1/search/", [("q", "quality"), ("page", str(page)), ("size", "20")])
