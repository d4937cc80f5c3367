"""Rules of staff in what readers and programs see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from search.models import SynonymRule
from search.synonyms import history
from search.synonyms.rules import Kind, Rule
from tests.factories import make_standard


@pytest.fixture(autouse=True)
def records(build_index: Callable[[], int]) -> None:
    make_standard("ISO 4210-1:2023", title_en="Cycles - Safety requirements for bicycles")
    make_standard("GB/T 22239-2019", title_zh="网络安全等级保护基本要求")
    make_standard("GB/T 22239-2008", title_zh="信息系统安全等级保护基本要求", status="superseded")
    make_standard("GB/T 28448-2019", title_zh="网络安全等保测评要求")
    make_standard("GB/T 7714-2015", title_zh="初等保健产品和服务")
    build_index()


def add(kind: Kind, terms: tuple[str, ...], targets: tuple[str, ...] = ()) -> SynonymRule:
    return history.save(SynonymRule(), Rule(kind, terms, targets), None)


def found(client: Client, query: str) -> Any:
    return client.get("/api/v1/search/", {"q": query}).json()


def designations(client: Client, query: str) -> list[str]:
    return [one["designation"] for one in found(client, query)["results"]]


def test_a_rule_counts_from_the_next_request_on(client: Client) -> None:
    assert "ISO 4210-1:2023" not in designations(client, "单车")
    rule = add(Kind.EQUIVALENT, ("单车", "自行车"))
    answer = found(client, "单车")
    assert [one["designation"] for one in answer["results"]] == ["ISO 4210-1:2023"]
    title = "<mark>Cycles</mark> - Safety requirements for <mark>bicycles</mark>"
    assert answer["results"][0]["highlight"]["title"] == title
    assert title in client.get("/search/", {"q": "单车"}).content.decode()
    history.remove(rule, None)
    assert "ISO 4210-1:2023" not in designations(client, "单车")


def test_the_name_of_a_standard_puts_it_first_as_its_designation_does(client: Client) -> None:
    add(Kind.ALIAS, ("等保",), ("GB/T 22239",))
    answer = found(client, "等保")
    assert [one["designation"] for one in answer["results"][:2]] == ["GB/T 22239-2019", "GB/T 22239-2008"]
    assert answer["analysis"]["designations"] == ["GB/T 22239"]
    assert any("GB/T 22239" in notice for notice in answer["analysis"]["notices"])
    assert designations(client, "等保测评")[0] == "GB/T 22239-2019"
    assert "GB/T 28448-2019" in designations(client, "等保测评")
    assert designations(client, "初等保健")[0] == "GB/T 7714-2015"


def test_a_name_may_stand_for_several_standards(client: Client) -> None:
    add(Kind.ALIAS, ("网安双标",), ("GB/T 22239", "GB/T 28448"))
    assert set(designations(client, "网安双标")[:2]) == {"GB/T 22239-2019", "GB/T 28448-2019"}


def test_a_blocked_name_is_searched_for_no_more(client: Client) -> None:
    assert designations(client, "自行车") == ["ISO 4210-1:2023"]
    add(Kind.BLOCKED, ("自行车",))
    assert designations(client, "自行车") == []


def test_chinese_is_marked_by_words(client: Client) -> None:
    [kimono] = [one for one in found(client, "和服")["results"] if one["designation"] == "GB/T 7714-2015"]
    assert "<mark>" not in kimono["highlight"]["title"]


@pytest.mark.parametrize(
    "query", ["单车 <script>", "网络安全等级保护基本要求" * 30, "\x00单车", "等保" * 100, "a-b" * 100]
)
def test_hostile_queries_do_not_fail_with_rules(client: Client, query: str) -> None:
    add(Kind.EQUIVALENT, ("单车", "5G基站", "a-b"))
    add(Kind.ALIAS, ("等保",), ("GB/T 22239",))
    assert client.get("/api/v1/search/", {"q": query}).status_code in (200, 422)
