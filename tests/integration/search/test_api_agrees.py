"""The page and the API are two views of one search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from search.results import Facet, FacetValue, SearchPage
from tests.factories import make_standard, relate

pytestmark = pytest.mark.django_db

QUERIES = (
    "",
    "q=GB/T+19001",
    "q=gbt19001-2016",
    "q=管理体系",
    "q=quality",
    "q=ISO",
    "q=quality&status=in_force",
    "q=quality&status=in_force&status=superseded&sort=newest",
    "body=ISO&sort=designation&size=3",
    "body=ISO&sort=designation&size=3&page=2",
    "ics=03&from=2010&to=2020",
    "on=2012-05-01",
    "q=nothing+like+this+here",
    "q=GB/T+19001-1987",
    "type=standard&sort=oldest&size=100",
)


@pytest.fixture(autouse=True)
def _records(build_index: Callable[[], int]) -> None:
    old = make_standard("ISO 9001:2008", status="superseded", title_en="Quality management systems")
    new = make_standard("ISO 9001:2015", ics=("03.120.10",), title_en="Quality management systems")
    relate(new, "replaces", old)
    adoption = make_standard(
        "GB/T 19001-2016", ics=("03.120.10",), ccs=("A00",), title_zh="质量管理体系 要求", title_en="Quality management"
    )
    relate(adoption, "adopts", new, degree="IDT")
    make_standard("GB/T 24001-2016", title_zh="环境管理体系 要求及使用指南", ics=("13.020.10",))
    for number in range(1, 12):
        make_standard(f"ISO {number * 111}:{2000 + number}", title_en=f"Quality of thing {number}", ics=("01.040",))
    build_index()


def counts(facet: Facet) -> list[tuple[str, int]]:
    def below(values: tuple[FacetValue, ...]) -> list[tuple[str, int]]:
        return [pair for one in values for pair in [(one.value, one.count), *below(one.children)]]

    return below(facet.values)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("query", QUERIES)
def test_same_results_same_order_same_counts(client: Client, query: str, language: str) -> None:
    page: SearchPage = client.get(f"{'/en' if language == 'en' else ''}/search/?{query}").context["page"]
    answer = client.get(f"/api/v1/search/?{query}", headers={"Accept-Language": language}).json()
    assert answer["total"] == page.total
    assert (answer["page"], answer["size"]) == (page.params.page, page.params.size)
    assert [one["id"] for one in answer["results"]] == [one.id for one in page.results]
    assert [one["url"] for one in answer["results"]] == [one.url for one in page.results]
    assert [one["score"] for one in answer["results"]] == [one.score for one in page.results]
    assert {name: [(one["value"], one["count"]) for one in values] for name, values in answer["facets"].items()} == {
        facet.name: counts(facet) for facet in page.facets
    }
    assert [one["query"] for one in answer["suggestions"]] == [one.query for one in page.suggestions]


def test_the_answer_has_the_published_shape(client: Client) -> None:
    answer = client.get("/api/v1/search/?q=GB/T+19001").json()
    assert set(answer) == {
        "total", "took_ms", "page", "size", "results", "facets", "analysis", "suggestions", "next",
    }  # fmt: skip
    assert set(answer["results"][0]) == {
        "type", "id", "url", "designation", "title", "status", "dates",
        "body", "ics", "ccs", "score", "highlight", "page",
    }  # fmt: skip
    assert set(answer["facets"]["type"][0]) == {"value", "label", "count"}
    assert answer["results"][0]["designation"] == "GB/T 19001-2016"
    assert answer["analysis"]["designations"] == ["GB/T 19001"]


@pytest.mark.parametrize("query", ["sort=designation", "q=quality", "sort=newest"])
def test_cursors_go_through_all_results_once(client: Client, query: str) -> None:
    total = client.get(f"/api/v1/search/?{query}").json()["total"]
    url, seen = f"/api/v1/search/?{query}&size=4", []
    while url:
        response = client.get(url)
        answer: dict[str, Any] = response.json()
        assert answer["total"] == total
        seen += [one["id"] for one in answer["results"]]
        assert len(seen) <= total
        url = answer["next"]
        assert response.get("Link") == (f'<{url}>; rel="next"' if url else None)
    assert len(seen) == len(set(seen)) == total


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("page=0", {"query.page"}),
        ("page=501&size=20", {"query.page"}),
        ("size=101&sort=best", {"query.size", "query.sort"}),
        ("from=2020&to=2010", {"query.from"}),
        ("after=abc", {"query.after"}),
        ("q=" + "x" * 501, {"query.q"}),
        ("ics=3", {"query.ics"}),
    ],
)
def test_both_refuse_the_same_parameters(client: Client, query: str, wrong: set[str]) -> None:
    problem = client.get(f"/api/v1/search/?{query}")
    assert problem.status_code == 422
    assert {one["location"] for one in problem.json()["errors"]} == wrong
    assert client.get(f"/search/?{query}").status_code == 400


def test_markup_in_a_title_is_escaped_in_the_highlight(client: Client, build_index: Callable[[], int]) -> None:
    make_standard("ISO 77777:2020", title_en="<img src=x onerror=alert(1)> zebra")
    build_index()
    result = client.get("/api/v1/search/?q=zebra", headers={"Accept-Language": "en"}).json()["results"][0]
    assert "<img" not in result["highlight"]["title"] + result["highlight"]["other_title"]
    assert "<mark>zebra</mark>" in result["highlight"]["title"]


def test_equal_results_have_an_equal_tag(client: Client) -> None:
    tag = client.get("/api/v1/search/?q=quality")["ETag"]
    assert client.get("/api/v1/search/?q=quality", headers={"If-None-Match": tag}).status_code == 304


def test_the_number_of_queries_does_not_grow_with_results(client: Client, django_assert_max_num_queries: Any) -> None:
    client.get("/api/v1/search/?q=quality")
    with django_assert_max_num_queries(14):
        assert len(client.get("/api/v1/search/?q=quality&size=100").json()["results"]) > 10


def test_completions_are_those_of_the_page(client: Client) -> None:
    page = client.get("/search/suggest/", {"q": "gbt 190"}).json()["suggestions"]
    answer = client.get("/api/v1/suggest/", {"q": "gbt 190"}).json()
    assert [one["designation"] for one in answer] == [one["text"] for one in page] == ["GB/T 19001-2016"]


class TestWithoutAnIndex:
    """An outage never looks like no results."""

    @pytest.fixture(autouse=True)
    def _no_index(self, _records: None, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        from haystack import connections

        monkeypatch.setitem(connections.connections_info["default"], "PATH", str(tmp_path / "none"))
        monkeypatch.setattr(connections.thread_local, "connections", {}, raising=False)

    def test_the_search_says_so_and_still_knows_the_designation(self, client: Client) -> None:
        response = client.get("/api/v1/search/?q=GB/T+19001-2016")
        assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
        assert int(response["Retry-After"]) > 0
        problem = response.json()
        assert problem["code"] == "search_unavailable"
        assert [one["designation"] for one in problem["results"]] == ["GB/T 19001-2016"]

    def test_completion_says_so(self, client: Client) -> None:
        assert client.get("/api/v1/suggest/?q=gbt").status_code == 503
