"""The designation services of the API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_standard, relate

pytestmark = pytest.mark.django_db
PARSE = "/api/v1/designations/parse"
RESOLVE = "/api/v1/designations/resolve"


def post(client: Client, body: Any) -> Any:
    return client.post(PARSE, body if isinstance(body, str) else json.dumps(body), content_type="application/json")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ｇｂｔ １９００１—２０１６",
            {"canonical": "GB/T 19001-2016", "publisher": "GB", "doctype": "T", "number": "19001", "year": 2016},
        ),
        ("iso/iec 27001 : 2022", {"canonical": "ISO/IEC 27001:2022", "number": "27001", "slug": "iso-iec-27001-2022"}),
        ("GB/T 1.1", {"part": "1", "year": None, "undated_slug": "gb-t-1.1"}),
    ],
)
def test_one_text_is_taken_apart(client: Client, text: str, expected: dict[str, Any]) -> None:
    found = client.get(PARSE, {"q": text}).json()
    assert found["fault"] is None
    assert {name: found["designation"][name] for name in expected} == expected


def test_supplements_are_told(client: Client) -> None:
    found = client.get(PARSE, {"q": "ISO 9001:2015/Amd 1:2024"}).json()["designation"]
    assert found["supplements"] == [{"kind": "Amd", "number": "1", "year": 2024, "included": False}]
    assert found["kind"] == "amendment"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_why_a_text_is_none_is_said_in_words(client: Client, language: str) -> None:
    found = client.get(PARSE, {"q": "hello world", "lang": language}).json()
    assert found["designation"] is None
    assert found["fault"]["code"] == "unknown-publisher"
    assert len(found["fault"]["message"]) > 5


def test_a_list_is_answered_in_its_order(client: Client) -> None:
    answer = post(client, ["GB/T 19001-2016", "", "nonsense", "ISO 9001:2015 and more", "x" * 5000]).json()
    assert [one["fault"] and one["fault"]["code"] for one in answer] == [
        None,
        "empty",
        "unknown-publisher",
        "trailing",
        "too-long",
    ]
    assert len(answer[4]["text"]) == 200


def test_a_thousand_fit_and_not_one_more(client: Client) -> None:
    assert len(post(client, ["GB 18401-2010"] * 1000).json()) == 1000
    refused = post(client, ["GB 18401-2010"] * 1001)
    assert refused.status_code == 422
    assert "1000" in refused.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 422),
        ("{", 400),
        ("null", 422),
        ('"GB 1"', 422),
        ("[1, 2]", 422),
        ('[{"a": 1}]', 422),
        ("[" * 100_000, 400),
        ('["\\ud800"]', 400),
        ("\x00", 400),
    ],
)
def test_a_body_that_is_no_list_of_texts(client: Client, body: str, status: int) -> None:
    response = post(client, body)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"


def test_a_body_without_end_is_refused(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = post(client, ["GB 18401-2010"] * 1000)
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_a_withdrawn_designation_names_its_successor(client: Client) -> None:
    old = make_standard("GB/T 19001-2008", status="superseded")
    new = make_standard("GB/T 19001-2016")
    relate(new, "replaces", old)
    found = client.get(RESOLVE, {"q": "gbt19001-2008"}).json()
    assert found["record"]["slug"] == old.slug
    assert found["in_force"]["slug"] == new.slug
    assert [one["slug"] for one in found["successors"]] == [new.slug]


def test_an_undated_designation_means_the_edition_in_force(client: Client) -> None:
    make_standard("GB/T 19001-2008", status="superseded")
    new = make_standard("GB/T 19001-2016")
    found = client.get(RESOLVE, {"q": "GB/T 19001"}).json()
    assert (found["record"]["slug"], found["in_force"]["slug"]) == (new.slug, new.slug)
    assert len(found["editions"]) == 2


def test_what_is_not_held_still_has_editions(client: Client) -> None:
    make_standard("GB/T 19001-2016")
    found = client.get(RESOLVE, {"q": "GB/T 19001-1994"}).json()
    assert found["record"] is None
    assert [one["slug"] for one in found["editions"]] == ["gb-t-19001-2016"]


def test_what_is_no_designation_cannot_be_resolved(client: Client) -> None:
    response = client.get(RESOLVE, {"q": "quality"})
    assert (response.status_code, response.json()["code"]) == (422, "unknown-publisher")
