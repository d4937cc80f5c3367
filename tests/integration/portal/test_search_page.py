"""The search page and the suggestions while typing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_source, make_standard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _records(build_index: Callable[[], int]) -> None:
    for number in range(1, 31):
        make_standard(f"ISO {number}:2020", title_en=f"Quality of thing {number}", ics=("03.120.10",))
    make_standard("ISO 9001:2008", title_en="Quality management", status="superseded")
    make_standard("ISO 9001:2015", title_en="Quality management", title_zh="质量管理体系")
    build_index()


def test_what_was_typed_stays_in_the_box(client: Client) -> None:
    html = client.get("/en/search/", {"q": '"><b>x'}).content.decode()
    assert 'value="&quot;&gt;&lt;b&gt;x"' in html
    assert "<b>x" not in html


def test_filters_are_a_form_that_works_without_scripts(client: Client) -> None:
    html = client.get("/en/search/?q=quality&status=in_force").content.decode()
    form = html.split('id="filters"')[1].split("</form>")[0]
    assert '<input type="hidden" name="q" value="quality">' in form
    assert re.search(r'name="status" value="in_force" checked', form)
    assert re.search(r'name="status" value="superseded">', form)
    assert 'name="ics" value="03"' in form
    assert '<button type="submit"' in form


def test_chips_take_one_filter_off(client: Client) -> None:
    html = client.get("/en/search/?q=quality&status=in_force&body=ISO").content.decode()
    chips = html.split('class="chips"')[1].split("</ul>")[0]
    assert re.findall(r'href="\?([^"]+)"', chips) == [
        "q=quality&amp;body=ISO",
        "q=quality&amp;status=in_force",
        "q=quality",
    ]


def test_pages_keep_the_parameters(client: Client) -> None:
    html = client.get("/en/search/?q=quality&status=in_force").content.decode()
    assert 'rel="next" href="?q=quality&amp;status=in_force&amp;page=2"' in html


def test_wrong_parameters_are_named(client: Client) -> None:
    response = client.get("/en/search/?page=0&ics=x")
    assert response.status_code == 400
    assert "<code>page</code>" in response.content.decode()
    assert "<code>ics</code>" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["status=nonsense", "access=all", "status=in_force&status=x", "sort=best", "on=never"]
)
def test_values_that_there_cannot_be_are_refused(client: Client, query: str) -> None:
    assert client.get(f"/search/?{query}").status_code == 400
    assert client.get(f"/api/v1/search/?{query}").status_code == 422


def test_what_was_wrong_can_be_left_out(client: Client) -> None:
    html = client.get("/en/search/?q=quality&page=0&ics=x&status=in_force").content.decode()
    assert "Given: <code>x</code>" in html
    assert 'href="?q=quality&amp;status=in_force"' in html


def test_a_page_beyond_the_last_says_so(client: Client) -> None:
    response = client.get("/en/search/?q=quality&status=in_force&page=40")
    html = response.content.decode()
    assert "There is no page 40: the results end on page 2." in html
    assert 'href="?q=quality&amp;status=in_force"' in html
    assert "Nothing found" not in html


def test_of_an_undated_number_the_current_edition_stands_apart(client: Client) -> None:
    page = client.get("/en/search/?q=ISO+9001").context["page"]
    assert [(one.designation, one.standing) for one in page.results] == [
        ("ISO 9001:2015", "exact"),
        ("ISO 9001:2008", "edition"),
    ]
    dated = client.get("/en/search/?q=iso9001-2008").context["page"]
    assert [(one.designation, one.standing) for one in dated.results] == [
        ("ISO 9001:2008", "exact"),
        ("ISO 9001:2015", "edition"),
    ]


def test_groups_are_those_of_relevance_only(client: Client) -> None:
    assert "Other editions and amendments" in client.get("/en/search/?q=ISO+9001").content.decode()
    html = client.get("/en/search/?q=ISO+9001&sort=oldest").content.decode()
    assert "Other editions and amendments" not in html
    assert html.count('<ol class="results">') == 1


def test_sorting_is_a_row_of_links(client: Client) -> None:
    html = client.get("/en/search/?q=quality&status=in_force&sort=newest&page=2").content.decode()
    sorts = html.split('class="sorts"')[1].split("</nav>")[0]
    assert '<a href="?q=quality&amp;status=in_force&amp;sort=newest" aria-current="true">' in sorts
    assert '<a href="?q=quality&amp;status=in_force">Relevance</a>' in sorts
    assert '<input type="hidden" name="sort" value="newest">' in html


def test_nothing_found_says_what_to_do(client: Client) -> None:
    response = client.get("/en/search/?q=zzzzzz")
    assert response.status_code == 200
    assert "Nothing found for “zzzzzz”" in response.content.decode()


def test_a_number_that_is_not_held_leads_to_its_publisher(client: Client) -> None:
    make_source("registry", authority="SAC CN-44", human_url="https://registry.example/find")
    make_source("other", authority="ISO", human_url="https://other.example/")
    html = client.get("/en/search/?q=GB/T+19011-2012").content.decode()
    assert 'Look for it at its publisher: <a href="https://registry.example/find" rel="external">Registry</a>' in html
    assert "https://other.example/" not in html
    assert "Look for it" not in client.get("/en/search/?q=ISO+9001").content.decode()


def test_chinese_terms_are_completed(client: Client) -> None:
    rows = client.get("/search/suggest/?q=质量管").json()["suggestions"]
    assert {"text": "质量管理体系", "title": "quality management systems", "note": "", "url": ""} in rows
    assert client.get("/search/suggest/?q=质量管&format=opensearch").json()[1][0] == "质量管理"


def test_suggestions(client: Client) -> None:
    rows = client.get("/en/search/suggest/?q=iso+900").json()["suggestions"]
    assert rows[0] == {
        "text": "ISO 9001:2015", "title": "Quality management", "note": "In force",
        "url": "/en/standards/iso-9001-2015/",
    }  # fmt: skip
    opensearch = client.get("/search/suggest/?q=iso+900&format=opensearch").json()
    assert opensearch[0] == "iso 900" and "ISO 9001:2015" in opensearch[1]


def test_queries_do_not_grow(client: Client, django_assert_max_num_queries: Any) -> None:
    client.get("/search/?q=quality")
    with django_assert_max_num_queries(14):
        client.get("/search/?q=quality&size=100")


def test_an_outage_is_shown_with_what_the_database_knows(
    client: Client, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from haystack import connections

    monkeypatch.setitem(connections.connections_info["default"], "PATH", str(tmp_path / "none"))
    monkeypatch.setattr(connections.thread_local, "connections", {}, raising=False)
    response = client.get("/en/search/?q=ISO+9001:2015")
    html = response.content.decode()
    assert response.status_code == 503
    assert "notice-failure" in html
    assert 'href="/en/standards/iso-9001-2015/"' in html
    assert "Nothing found" not in html
    assert client.get("/search/suggest/?q=iso").status_code == 503


def test_beyond_the_window_it_goes_on_by_cursor(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.params.WINDOW", 20)
    monkeypatch.setattr("search.service.WINDOW", 20)
    first = client.get("/en/search/?q=quality")
    query = first.context["page"].next_query
    assert query.startswith("q=quality&after=")
    page = client.get(f"/en/search/?{query}")
    pages = page.content.decode().split('class="pagination"')[1].split("</nav>")[0]
    assert 'href="?q=quality">To the first page</a>' in pages
    assert "aria-current" not in pages
    seen = {one.key for one in first.context["page"].results}
    assert not seen & {one.key for one in page.context["page"].results}
