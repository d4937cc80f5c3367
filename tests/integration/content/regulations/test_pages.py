"""The list, the page of an act, its versions and comparisons."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import orjson
import pytest
from django.test import Client
from django.utils import timezone

from content.provenance.models import Change
from content.regulations.models import Regulation
from crawlers.parsers import flk
from tests.factories import make_source, make_standard
from tests.integration.content.regulations.samples import GONE, NEW, OLD, PAGE, RULE, SLUG, act, load

pytestmark = pytest.mark.django_db


def text(client: Client, url: str, status: int = 200, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == status, response.content[:500]
    return str(response.content.decode())


class TestList:
    @pytest.fixture(autouse=True)
    def _acts(self) -> None:
        load(OLD, NEW, RULE, GONE)

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("", {"中华人民共和国海洋环境保护法", "船舶污染防治条例", "旧船舶条例"}),
            ("kind=law", {"中华人民共和国海洋环境保护法"}),
            ("validity=repealed", {"旧船舶条例"}),
            ("validity=amended", {"中华人民共和国海洋环境保护法"}),
            (f"body={quote('国务院')}", {"船舶污染防治条例", "旧船舶条例"}),
            ("year=2020", {"船舶污染防治条例"}),
            ("year=1982", {"中华人民共和国海洋环境保护法"}),
            (f"q={quote('船舶 条例')}", {"船舶污染防治条例", "旧船舶条例"}),
            (f"q={quote('第700号')}", {"船舶污染防治条例"}),
        ],
    )
    def test_filters(self, client: Client, query: str, titles: set[str]) -> None:
        page = client.get(f"/regulations/?{query}").context["page"]
        assert {one.title for one in page.object_list} == titles

    @pytest.mark.parametrize(
        ("sort", "first"), [("newest", "中华人民共和国海洋环境保护法"), ("title", "中华人民共和国海洋环境保护法")]
    )
    def test_orders(self, client: Client, sort: str, first: str) -> None:
        assert client.get(f"/regulations/?sort={sort}").context["page"].object_list[0].title == first
        oldest = client.get("/regulations/?sort=oldest").context["page"].object_list
        assert oldest[0].title == "中华人民共和国海洋环境保护法"

    @pytest.mark.parametrize(
        "query",
        [
            "kind=poem",
            "validity=x",
            "year=20",
            "year=abcd",
            "sort=x",
            "body=" + "x" * 301,
            "q=%00",
            "body=%00",
            "year=%C2%B2",
        ],
    )
    def test_what_nobody_can_mean_is_refused_with_a_sentence(self, client: Client, query: str) -> None:
        assert '<p class="error-code">400</p>' in text(client, f"/regulations/?{query}", 400)

    @pytest.mark.parametrize("page", ["0", "x", "99", "-1", "9" * 40])
    def test_pages_that_do_not_exist(self, client: Client, page: str) -> None:
        text(client, f"/regulations/?page={page}", 404)

    def test_nothing_found_says_what_to_do(self, client: Client) -> None:
        assert "没有符合条件的法规" in text(client, "/regulations/?q=zzz")

    def test_hidden_acts_are_not_listed(self, client: Client) -> None:
        Regulation.objects.filter(match="旧船舶条例").update(hidden_at=timezone.now())
        assert "旧船舶条例" not in text(client, "/regulations/")

    def test_the_list_takes_a_fixed_number_of_queries(self, client: Client, django_assert_num_queries: Any) -> None:
        many = [RULE.model_copy(update={"key": f"k{n}", "title": f"第{n}号条例"}) for n in range(60)]
        load(*many, source=make_source("more"))
        with django_assert_num_queries(3):
            page = client.get("/regulations/")
        assert page.context["page"].paginator.num_pages == 2
        assert "page=2" in page.content.decode()


def test_an_empty_portal_says_so(client: Client) -> None:
    assert "尚未载入法规" in text(client, "/regulations/")


class TestAct:
    @pytest.fixture(autouse=True)
    def _acts(self) -> None:
        load(OLD, NEW, RULE, GONE)

    def test_the_present_version_with_its_articles(self, client: Client) -> None:
        page = text(client, PAGE)
        assert '<div class="law-unit" id="article-3">' in page
        assert 'id="article-3-para-1-item-2"' in page
        assert 'href="#chapter-1"' in page
        assert "任何单位和个人都有保护海洋环境的义务" in page
        assert "一切单位和个人" not in page
        assert "依据本站所收文本中的日期与废止条款推定" in page
        assert f'<link rel="canonical" href="http://127.0.0.1:8000{PAGE}">' in page

    def test_the_english_edition(self, client: Client) -> None:
        page = text(client, f"/en{PAGE}")
        assert "derived from dates and repeals in the texts held here" in page
        assert 'lang="zh">中华人民共和国海洋环境保护法</h1>' in page

    def test_as_in_force_on_a_day(self, client: Client) -> None:
        assert "一切单位和个人" in text(client, f"{PAGE}?on=2020-01-01")
        assert "一切单位和个人" in text(client, f"{PAGE}?on=2023-12-31")
        assert "任何单位和个人" in text(client, f"{PAGE}?on=2024-01-01")
        none = text(client, f"{PAGE}?on=1970-01-01")
        assert "这一天没有可供显示的文本" in none
        assert "没有生效的版本" in none

    @pytest.mark.parametrize("day", ["2020", "2020-13-01", "yesterday", "2020-02-30", "%00", "９９９９-01-01"])
    def test_a_day_that_is_none_is_refused(self, client: Client, day: str) -> None:
        assert '<p class="error-code">400</p>' in text(client, f"{PAGE}?on={day}", 400)

    def test_a_version_has_a_page_of_its_own(self, client: Client) -> None:
        page = text(client, f"{PAGE}versions/2017-11-04/")
        assert "一切单位和个人" in page
        assert f'<link rel="canonical" href="http://127.0.0.1:8000{PAGE}versions/2017-11-04/">' in page
        assert "其后已修改" in page

    def test_where_no_text_is_held_the_page_says_so_and_where_to_read_it(self, client: Client) -> None:
        page = text(client, f"{PAGE}versions/1982-08-23/")
        assert "本站未收录此版本的文本，仅有其基本信息" in page
        assert 'href="https://flk.npc.gov.cn/"' in page

    def test_a_version_that_does_not_exist(self, client: Client) -> None:
        for day in ("2001-01-01", "undated", "2001-1-1"):
            text(client, f"{PAGE}versions/{day}/", 404)

    def test_addresses_in_capitals_and_unknown_ones(self, client: Client) -> None:
        moved = client.get(f"/regulations/{SLUG.upper()}/")
        assert (moved.status_code, moved["Location"]) == (301, PAGE)
        text(client, "/regulations/law-1999-01-01-ffffff/", 404)

    def test_the_number_of_queries_is_fixed(self, client: Client, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(12):
            client.get(PAGE)
        many = [RULE.model_copy(update={"key": f"k{n}", "title": f"第{n}号条例"}) for n in range(30)]
        load(*many, source=make_source("more"))
        with django_assert_num_queries(12):
            client.get(PAGE)

    def test_citations_lead_both_ways(self, client: Client) -> None:
        make_standard("GB 3552-2018", title_zh="船舶水污染物排放控制标准")
        make_standard("GB/T 19001-2016", title_zh="质量管理体系 要求")
        page = text(client, PAGE)
        assert '<a href="/standards/gb-3552-2018/">GB 3552-2018</a>' in page
        assert '<a href="/standards/gb-t-19001/">GB/T 19001</a>' in page, "without its year: to the edition in force"
        assert "船舶水污染物排放控制标准" in page
        assert act("船舶污染防治条例").get_absolute_url() in page, "cited by"
        for standard in ("gb-3552-2018", "gb-t-19001-2016"):
            there = text(client, f"/standards/{standard}/")
            assert f'<a href="{PAGE}" lang="zh">中华人民共和国海洋环境保护法</a>' in there
            assert f'href="{PAGE}#article-4"' in there
        rule = text(client, act("船舶污染防治条例").get_absolute_url())
        assert f'根据《<a href="{PAGE}">中华人民共和国海洋环境保护法</a>》' in rule

    def test_an_act_that_is_repealed_says_by_which(self, client: Client) -> None:
        page = text(client, act("旧船舶条例").get_absolute_url())
        assert "自 2020-03-01 起被下列法规废止" in page
        assert act("船舶污染防治条例").get_absolute_url() in page

    def test_words_of_a_source_are_never_markup(self, client: Client) -> None:
        evil = flk.parse_markdown(
            "# 恶意<script>alert(1)</script>条例\n\n2020年1月1日 <b>国务院令</b>第1号公布\n\n<!-- INFO END -->\n\n"
            "第一条 <img src=x onerror=alert(1)>《<i>某法</i>》GB 3552-2018<svg>。".encode(),
            "行政法规/恶意条例(2020-01-01).md",
        )
        make_standard("GB 3552-2018")
        load(evil, source=make_source("evil"))
        page = text(client, Regulation.objects.get(title__contains="恶意").get_absolute_url())
        for mark in ("<script>alert", "<img src=x", "<svg>。", "<i>某法", "<b>国务院"):
            assert mark not in page

    def test_a_hidden_act_is_gone_and_says_why(self, client: Client) -> None:
        Regulation.objects.filter(slug=SLUG).update(hidden_at=timezone.now(), hidden_reason="重复")
        assert "重复" in text(client, PAGE, 410)
        for path in (f"{PAGE}versions/2017-11-04/", f"{PAGE}compare/", f"/regulations/{SLUG}.json"):
            text(client, path, 410)
        text(client, f"{PAGE}compare.json", 410)
        text(client, f"{PAGE}versions/2017-11-04.json", 410)

    def test_as_data(self, client: Client) -> None:
        document = orjson.loads(text(client, f"/regulations/{SLUG}.json"))
        assert (document["version"]["date"], len(document["versions"])) == ("2023-10-24", 3)
        assert [one["anchor"] for one in document["text"]][:2] == ["chapter-1", "article-1"]
        old = orjson.loads(text(client, f"/regulations/{SLUG}.json?on=2020-01-01"))
        assert old["version"]["date"] == "2017-11-04"
        assert orjson.loads(text(client, f"{PAGE}versions/2017-11-04.json"))["text"] == old["text"]
        assert orjson.loads(text(client, PAGE, accept="application/json")) == document

    def test_how_to_cite(self, client: Client) -> None:
        page = text(client, PAGE)
        assert "全国人民代表大会常务委员会. 中华人民共和国海洋环境保护法[EB/OL]. (2023-10-24)" in page
        assert "《中华人民共和国海洋环境保护法》（2023年修订）" in page


class TestComparison:
    @pytest.fixture(autouse=True)
    def _acts(self) -> None:
        load(OLD, NEW, RULE)

    def test_the_two_newest_texts(self, client: Client) -> None:
        page = text(client, f"{PAGE}compare/")
        assert "<ins>根据《中华人民共和国宪法》，</ins>" in page or "<ins>" in page
        assert "<del>一切</del><ins>任何</ins>单位和个人都有保护海洋环境的义务" in page
        assert "原第二条" in page

    def test_rows_as_data(self, client: Client) -> None:
        document = orjson.loads(text(client, f"{PAGE}compare.json?from=2017-11-04&to=2023-10-24"))
        kinds = {(row["new"] or row["old"])["number"]: row["kind"] for row in document["rows"]}
        assert kinds == {"1": "changed", "2": "added", "3": "changed", "4": "changed", "5": "changed"}
        assert document["counts"]["added"] == 1

    def test_it_is_kept_and_costs_little_the_second_time(self, client: Client, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(4):
            client.get(f"{PAGE}compare/")
        with django_assert_num_queries(2):
            client.get(f"{PAGE}compare/")

    @pytest.mark.parametrize("query", ["from=x", "to=2001-01-01", "from=%00", "to=" + "9" * 300])
    def test_versions_that_do_not_exist(self, client: Client, query: str) -> None:
        text(client, f"{PAGE}compare/?{query}", 400)
        text(client, f"{PAGE}compare.json?{query}", 400)

    def test_versions_without_a_text(self, client: Client) -> None:
        assert "所选版本中有一个未收录文本" in text(client, f"{PAGE}compare/?from=1982-08-23")
        text(client, f"{PAGE}compare.json?from=1982-08-23", 400)
        assert "无从比较" in text(client, f"{act('船舶污染防治条例').get_absolute_url()}compare/")


class TestFeedAndSitemap:
    def test_the_feed(self, client: Client) -> None:
        load(OLD)
        load(NEW, source=make_source("other"))
        feed = text(client, "/feeds/regulations.atom")
        assert "<title>中华人民共和国海洋环境保护法</title>" in feed
        assert "2023-10-24" in feed
        assert f'href="http://127.0.0.1:8000{PAGE}"' in feed
        assert client.get("/feeds/regulations.atom?kind=law").status_code == 200
        assert client.get("/feeds/regulations.atom?kind=poem").status_code == 400

    def test_a_reader_that_has_it_gets_304(self, client: Client) -> None:
        load(OLD)
        first = client.get("/feeds/regulations.atom")
        again = client.get("/feeds/regulations.atom", headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304

    def test_what_is_hidden_is_not_told(self, client: Client) -> None:
        load(OLD)
        Regulation.objects.update(hidden_at=timezone.now())
        assert Change.objects.exists()
        assert "海洋环境保护法" not in text(client, "/feeds/regulations.atom")

    def test_the_sitemap(self, client: Client) -> None:
        load(OLD)
        index = text(client, "/sitemap.xml")
        assert "/sitemaps/regulations-1.xml" in index
        page = b"".join(client.get("/sitemaps/regulations-1.xml").streaming_content).decode()  # type: ignore[attr-defined]
        assert f"<loc>http://127.0.0.1:8000/en{PAGE}</loc>" in page
        assert client.get("/sitemaps/regulations-9.xml").status_code == 404
        assert "/regulations/" in b"".join(client.get("/sitemaps/pages.xml")).decode()
