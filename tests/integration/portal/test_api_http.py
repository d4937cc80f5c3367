"""What every answer of the API has: problem documents, language, validators, CORS, limits."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import make_standard

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "standards/iso-404/", 404, "not_found"),
        ("get", "no/such/thing", 404, "not_found"),
        ("get", "sources/none/", 404, "not_found"),
        ("delete", "standards/", 405, "method_not_allowed"),
        ("get", "standards/?size=0", 422, "invalid_parameters"),
        ("get", "standards/?after=!!!", 422, "invalid_cursor"),
        ("get", "standards/?after=WyJhIiwgMV0", 200, None),
        ("get", "standards/?sort=updated&after=WyJhIiwgMV0", 422, "invalid_cursor"),
        ("get", "standards/?lang=klingon", 422, "unknown_language"),
        ("get", "changes/?since=yesterday", 422, "invalid_parameters"),
    ],
)
def test_errors_are_problem_documents(client: Client, method: str, path: str, status: int, code: str | None) -> None:
    response = getattr(client, method)(f"/api/v1/{path}")
    assert response.status_code == status
    if code:
        assert response["Content-Type"] == "application/problem+json"
        problem = response.json()
        assert (problem["status"], problem["code"], problem["type"]) == (status, code, "about:blank")
        assert problem["detail"]
        assert problem["instance"].startswith("/api/v1/")


def test_a_wrong_method_is_told_the_right_ones(client: Client) -> None:
    assert client.delete("/api/v1/standards/")["Allow"] == "GET"


def test_each_wrong_parameter_is_named(client: Client) -> None:
    problem = client.get("/api/v1/standards/?size=9999&status=old&year=x").json()
    assert {error["location"] for error in problem["errors"]} == {"query.size", "query.status", "query.year"}


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [
        ("", "", "zh-hans"),
        ("", "en", "en"),
        ("", "en-GB,zh;q=0.5", "en"),
        ("", "fr, zh-TW;q=0.9, en;q=0.1", "zh-hans"),
        ("", "de", "zh-hans"),
        ("", "*;q=;;,,", "zh-hans"),
        ("?lang=en", "zh", "en"),
        ("?lang=zh", "en", "zh-hans"),
    ],
)
def test_the_language_is_chosen(client: Client, query: str, accept: str, language: str) -> None:
    response = client.get(f"/api/v1/standards/{query}", headers={"Accept-Language": accept})
    assert response["Content-Language"] == language
    assert "Accept-Language" in response["Vary"]


def test_addresses_of_pages_are_in_the_language_of_the_answer(client: Client) -> None:
    make_standard("ISO 9001:2015")
    urls = [
        client.get("/api/v1/standards/", {"lang": language}).json()["results"][0]["url"] for language in ("zh", "en")
    ]
    assert urls == ["/standards/iso-9001-2015/", "/en/standards/iso-9001-2015/"]


def test_an_unchanged_answer_is_not_sent_twice(client: Client) -> None:
    standard = make_standard("ISO 9001:2015")
    url = f"/api/v1/standards/{standard.slug}/"
    tag = client.get(url)["ETag"]
    again = client.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    standard.title_en = "Another title"
    standard.save()
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_head_is_get_without_the_body(client: Client) -> None:
    make_standard("ISO 9001:2015")
    got, head = client.get("/api/v1/standards/"), client.head("/api/v1/standards/")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", got["ETag"])


def test_other_sites_may_read(client: Client) -> None:
    for path in ("standards/", "standards/none/", "openapi.json"):
        response = client.get(f"/api/v1/{path}", headers={"Origin": "https://elsewhere.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "RateLimit" in response["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Credentials" not in response


def test_preflight_of_a_json_post(client: Client) -> None:
    response = client.options("/api/v1/designations/parse", headers={"Origin": "https://elsewhere.example"})
    assert response.status_code == 204
    assert "POST" in response["Access-Control-Allow-Methods"]
    assert "Content-Type" in response["Access-Control-Allow-Headers"]


def test_limits_are_told_and_kept(client: Client, settings: Any) -> None:
    settings.API_RATE_LIMITS = {"default": (3, 60), "batch": (1, 60)}
    left = []
    for _request in range(3):
        response = client.get("/api/v1/standards/")
        assert response["RateLimit-Policy"] == '"default";q=3;w=60'
        left.append(response["RateLimit"].split(";")[1])
    assert left == ["r=2", "r=1", "r=0"]
    refused = client.get("/api/v1/standards/")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
    assert 1 <= int(refused["Retry-After"]) <= 60
    # A batch has a quota of its own.
    assert client.post("/api/v1/designations/parse", "[]", content_type="application/json").status_code == 200
    assert client.post("/api/v1/designations/parse", "[]", content_type="application/json").status_code == 429


def test_clients_are_counted_apart(settings: Any) -> None:
    settings.API_RATE_LIMITS = {"default": (1, 60), "batch": (1, 60)}
    one, other = Client(REMOTE_ADDR="198.51.100.1"), Client(REMOTE_ADDR="198.51.100.2")
    assert [client.get("/api/v1/bodies/").status_code for client in (one, other, one)] == [200, 200, 429]


def test_a_client_cannot_invent_its_address(settings: Any) -> None:
    settings.API_RATE_LIMITS = {"default": (1, 60), "batch": (1, 60)}
    client = Client(REMOTE_ADDR="198.51.100.1")
    codes = [client.get("/api/v1/bodies/", headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in (1, 2)]
    assert codes == [200, 429]


def test_a_proxy_of_ours_is_believed(settings: Any) -> None:
    settings.API_RATE_LIMITS = {"default": (1, 60), "batch": (1, 60)}
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    client = Client(REMOTE_ADDR="10.0.0.7")
    # What the client itself sent stands to the left of what our proxies wrote.
    forwarded = ["1.1.1.1, 203.0.113.1", "2.2.2.2, 203.0.113.1, 10.0.0.9", "203.0.113.2"]
    codes = [client.get("/api/v1/bodies/", headers={"X-Forwarded-For": value}).status_code for value in forwarded]
    assert codes == [200, 429, 200]


def test_a_subscriber_of_ipv6_is_one_client(settings: Any) -> None:
    settings.API_RATE_LIMITS = {"default": (1, 60), "batch": (1, 60)}
    addresses = ["2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1"]
    assert [Client(REMOTE_ADDR=one).get("/api/v1/bodies/").status_code for one in addresses] == [200, 429, 200]
