"""The API of regulations."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from content.regulations import documents
from content.regulations.models import Regulation
from tests.factories import make_source
from tests.integration.content.regulations.samples import GONE, NEW, OLD, RULE, SLUG, act, load

pytestmark = pytest.mark.django_db

LIST = "/api/v1/regulations/"
ONE = f"{LIST}{SLUG}/"


@pytest.fixture(autouse=True)
def _acts() -> None:
    load(OLD, NEW, RULE, GONE)


def get(client: Client, url: str, status: int = 200, **query: str) -> Any:
    response = client.get(url, query)
    assert response.status_code == status, response.content[:300]
    return response.json()


def test_the_list_by_cursor(client: Client) -> None:
    first = get(client, LIST, size="2")
    assert [one["amended"] for one in first["results"]] == ["2023-10-24", "2020-01-02"]
    rest = client.get(first["next"]).json()
    assert ([one["title"] for one in rest["results"]], rest["next"]) == (["旧船舶条例"], None)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        *[({"kind": "law"}, 1), ({"validity": "repealed"}, 1), ({"validity": "amended"}, 1), ({"body": "国务院"}, 2)],
        *[({"year": "1990"}, 1), ({"q": "船舶"}, 2), ({"updated_since": "2100-01-01T00:00:00Z"}, 0)],
        *[({"sort": "oldest"}, 3), ({"sort": "updated"}, 3)],
    ],
)
def test_filters(client: Client, query: dict[str, str], count: int) -> None:
    assert len(client.get(LIST, query).json()["results"]) == count


@pytest.mark.parametrize(
    "query", [{"kind": "x"}, {"year": "x"}, {"q": "\0"}, {"size": "0"}, {"sort": "x"}, {"after": "x"}]
)
def test_parameters_that_cannot_be_used(client: Client, query: dict[str, str]) -> None:
    problem = get(client, LIST, 422, **query)
    assert problem["code"] in ("invalid_parameters", "invalid_cursor")


def test_an_act_with_a_text(client: Client) -> None:
    document = get(client, ONE)
    assert (document["version"]["date"], document["validity_basis"]) == ("2023-10-24", "derived")
    assert [one["number"] for one in document["text"] if one["kind"] == "article"] == ["1", "2", "3", "4", "5"]
    assert {one["name"] for one in document["cites"]} == {"中华人民共和国宪法", "GB 3552-2018", "GB/T 19001"}
    assert [one["title"] for one in document["cited_by"]] == ["船舶污染防治条例"]
    assert get(client, ONE, on="2018-01-01")["version"]["date"] == "2017-11-04"
    assert get(client, ONE, on="1950-01-01")["version"] is None
    assert get(client, f"{ONE}versions/2017-11-04/")["version"]["date"] == "2017-11-04"


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        *[("", {"on": "soon"}, 422), ("", {"on": "2020-02-30"}, 422), ("versions/2001-01-01/", {}, 404)],
        *[("versions/x/", {}, 404), ("compare/", {"old": "x"}, 422), ("compare/", {"old": "2001-01-01"}, 422)],
        *[("compare/", {"old": "1982-08-23"}, 422), ("changes/", {"kind": "x"}, 422)],
    ],
)
def test_what_is_not_there(client: Client, path: str, query: dict[str, str], status: int) -> None:
    assert get(client, f"{ONE}{path}", status, **query)["detail"]


def test_two_versions(client: Client) -> None:
    document = get(client, f"{ONE}compare/", old="2017-11-04", new="2023-10-24")
    assert (document["old"]["date"], document["new"]["date"]) == ("2017-11-04", "2023-10-24")
    assert sum(document["counts"].values()) == len(document["rows"]) == 5


def test_changes(client: Client) -> None:
    assert {one["kind"] for one in get(client, f"{ONE}changes/")["results"]} == {"created"}


def test_a_hidden_act_is_gone(client: Client) -> None:
    Regulation.objects.filter(slug=SLUG).update(hidden_at=timezone.now(), hidden_reason="重复")
    for path in ("", "versions/2017-11-04/", "compare/", "changes/"):
        assert get(client, f"{ONE}{path}", 410)["reason"] == "重复"
    assert len(get(client, LIST)["results"]) == 2
    get(client, f"{LIST}law-1-1/", 404)


def test_queries_are_counted(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        get(client, LIST)
    with django_assert_num_queries(8):
        get(client, ONE)
    many = [RULE.model_copy(update={"key": f"k{n}", "title": f"第{n}号条例"}) for n in range(30)]
    load(*many, source=make_source("more"))
    with django_assert_num_queries(1):
        get(client, LIST)
    with django_assert_num_queries(8):
        get(client, ONE)


class TestRows:
    """What the search index is made of."""

    def test_an_act_with_the_articles_of_its_present_version(self) -> None:
        (row,) = documents.regulation_rows([act().pk])
        assert (row.slug, row.title, row.kind, row.validity) == (
            SLUG,
            "中华人民共和国海洋环境保护法",
            "law",
            "in_force",
        )
        assert [(one.anchor, one.number, one.label) for one in row.articles][:2] == [
            ("article-1", "1", "第一条"),
            ("article-2", "2", "第二条"),
        ]
        assert len(row.articles) == 5
        assert "一切单位" not in "".join(one.text for one in row.articles)

    def test_two_queries_whatever_the_number_in_the_order_of_the_ids(self, django_assert_num_queries: Any) -> None:
        ids = documents.public_ids()
        with django_assert_num_queries(2):
            rows = list(documents.regulation_rows(ids[::-1]))
        assert [row.id for row in rows] == ids[::-1]
        with django_assert_num_queries(1):
            assert all(not row.articles for row in documents.regulation_rows(ids, articles=False))

    def test_hidden_and_unknown_ones_have_no_row(self) -> None:
        pk = act().pk
        Regulation.objects.filter(pk=pk).update(hidden_at=timezone.now())
        assert list(documents.regulation_rows([pk, 999_999])) == []
        assert pk not in documents.public_ids()
