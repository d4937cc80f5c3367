"""Home, languages, easy reading, error pages, sitemaps, health: what no one subject owns."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client

from portal import health, sitemaps
from portal.display import COOKIE
from tests.factories import make_change, make_run, make_source, make_standard

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def html_of(response: Any) -> str:
    return str(response.content.decode())


class TestHome:
    def test_it_shows_figures_and_what_is_new(self, client: Client) -> None:
        make_run(make_source())
        new = make_standard("ISO 1111:2024", ics=("03.120",))
        make_standard("ISO 1111:2014", status="superseded")
        make_change(new, kind="status", field="status", old="upcoming", new="in_force")
        make_standard("ISO 2222:2024", hidden_at="2026-01-01T00:00:00Z")
        page = client.get("/en/")
        assert (page.context["figures"].records, page.context["figures"].in_force) == (2, 1)
        html = html_of(page)
        assert html.count('href="/en/standards/iso-1111-2024/"') == 2
        assert "iso-2222-2024" not in html
        assert '<a href="/en/standards/ics/03/"><span class="code">03</span> Class 03</a>' in html
        assert "2026-01-02" in html

    def test_an_empty_portal_has_a_home(self, client: Client) -> None:
        assert "No record yet." in html_of(client.get("/en/"))

    def test_its_queries_are_bounded(self, client: Client, django_assert_max_num_queries: Any) -> None:
        for number in range(1, 30):
            make_change(make_standard(f"ISO {number}:2020", ics=(f"{number:02d}",)))
        with django_assert_max_num_queries(16):
            client.get("/")
        with django_assert_max_num_queries(8):  # the figures are fresh
            client.get("/")


class TestLanguages:
    @pytest.mark.parametrize("path", ["/", "/standards/", "/search/?q=a%20b&status=in_force", "/nothing/here/"])
    def test_the_switch_keeps_the_page(self, client: Client, path: str) -> None:
        chinese, english = html_of(client.get(path)), html_of(client.get(f"/en{path}"))
        escaped = path.replace("&", "&amp;")
        assert re.search(rf'<a href="/en{re.escape(escaped)}" hreflang="en"', chinese)
        assert re.search(rf'<a href="{re.escape(escaped)}" hreflang="zh-Hans"', english)

    def test_chinese_stays_at_the_root_whatever_the_browser_prefers(self, client: Client) -> None:
        response = client.get("/", headers={"Accept-Language": "en"})
        assert response.status_code == 200
        assert '<html lang="zh-Hans"' in html_of(response)


class TestEasyReading:
    def test_the_choice_is_kept_and_leads_back(self, client: Client) -> None:
        form = html_of(client.get("/en/display/?next=/en/standards/"))
        assert 'name="next" value="/en/standards/"' in form
        response = client.post("/en/display/", {"text": "largest", "contrast": "high", "next": "/en/standards/"})
        assert (response.status_code, response["Location"]) == (302, "/en/standards/")
        page = client.get("/en/standards/")
        assert '<html lang="en" data-text="largest" data-contrast="high">' in html_of(page)
        assert "Cookie" in page["Vary"]

    @pytest.mark.parametrize(
        "back", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x", ""]
    )
    def test_it_leads_nowhere_else(self, client: Client, back: str) -> None:
        assert client.post("/display/", {"text": "large", "next": back})["Location"] == "/"

    @pytest.mark.parametrize("cookie", ["", "x", "huge.high", "large", "a.b.c", '"><script>'])
    def test_a_spoilt_cookie_changes_nothing_else(self, client: Client, cookie: str) -> None:
        client.cookies[COOKIE] = cookie
        html = html_of(client.get("/display/"))
        assert "<script>" not in html
        assert 'data-text="huge"' not in html

    def test_it_is_protected_against_forgery(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert strict.post("/display/", {"text": "large"}).status_code == 403


class TestErrors:
    @pytest.mark.parametrize(
        "path", ["/nothing/", "/en/nothing/", "/standards/x/", "/standards/ics/77/", "/sources/x/"]
    )
    def test_a_page_that_is_not_there_offers_a_search(self, client: Client, path: str) -> None:
        response = client.get(path)
        assert response.status_code == 404
        assert 'role="search"' in html_of(response)

    def test_a_designation_in_the_address_is_what_to_search_for(self, client: Client) -> None:
        assert 'value="GB/T 19001-2016"' in html_of(client.get("/GB-T-19001-2016"))
        assert 'value="part 3 of 7"' in html_of(client.get("/part-3_of-7/"))

    def test_a_standard_that_is_not_held_is_named(self, client: Client) -> None:
        html = html_of(client.get("/en/standards/gb-t-99999-2001/"))
        assert "<h1>GB/T 99999-2001 is not held here</h1>" in html
        assert 'value="GB/T 99999-2001"' in html

    def test_a_failure_shows_a_page_that_stands_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail() -> None:
            raise DatabaseError("no such table")

        monkeypatch.setattr("portal.views.figures", fail)
        response = Client(raise_request_exception=False).get("/en/")
        assert response.status_code == 500
        assert "Something went wrong on our side" in html_of(response)
        assert "no such table" not in html_of(response)

    def test_a_form_without_its_token_gets_a_page_of_ours(self) -> None:
        visitor = Client(enforce_csrf_checks=True)
        for path, title in (("/display/", "表单未被接受"), ("/en/display/", "The form was not taken")):
            response = visitor.post(path, {"text": "large"})
            assert response.status_code == 403
            assert f"<h1>{title}</h1>" in html_of(response)

    @pytest.mark.parametrize("path", ["/search/?q=" + "x" * 10_000, "/" + "x" * 7_000])
    def test_a_refusal_does_not_repeat_what_is_too_long(self, client: Client, path: str) -> None:
        response = client.get(path)
        assert response.status_code in (400, 404)
        assert len(response.content) < 15_000

    def test_a_wrong_parameter_is_explained(self, client: Client) -> None:
        make_standard("ISO 1:2020")
        response = client.get("/en/standards/bodies/ISO/?sort=best")
        assert response.status_code == 400
        assert "Sort is one of designation, newest, oldest." in html_of(response)


class TestSitemaps:
    def test_every_record_in_both_languages(
        self, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sitemaps, "KEYS_PER_FILE", 2)
        made = [make_standard(f"ISO {number}:2020") for number in range(1, 6)]
        make_standard("ISO 9:2020", hidden_at="2026-01-01T00:00:00Z")
        index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 -- our own
        found = []
        for loc in index.iter(f"{SITEMAP}loc"):
            path = str(loc.text).removeprefix(settings.SITE_URL)
            response: Any = client.get(path)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            urls = ElementTree.fromstring(content)  # noqa: S314
            found += [str(one.text).removeprefix(settings.SITE_URL) for one in urls.iter(f"{SITEMAP}loc")]
        for standard in made:
            assert f"/standards/{standard.slug}/" in found
            assert f"/en/standards/{standard.slug}/" in found
        assert not [path for path in found if "iso-9-2020" in path]
        assert len(found) == len(set(found))
        assert {"/", "/en/", "/standards/", "/sources/"} <= set(found)

    @pytest.mark.parametrize("number", [0, 99, 10**30])
    def test_a_file_that_is_not_there(self, client: Client, number: int) -> None:
        assert client.get(f"/sitemaps/standards-{number}.xml").status_code == 404

    def test_robots(self, client: Client, settings: Any) -> None:
        robots = client.get("/robots.txt").content.decode()
        assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in robots
        assert "Disallow: /admin/" in robots

    def test_browsers_can_take_it_as_a_search_engine(self, client: Client) -> None:
        ElementTree.fromstring(client.get("/en/opensearch.xml").content)  # noqa: S314


class TestHealth:
    def test_alive_without_touching_anything(self, client: Client, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            assert client.get("/healthz").json() == {"status": "ok"}

    def test_ready(self, client: Client, build_index: Callable[[], int]) -> None:
        make_standard("ISO 1:2020")
        build_index()
        response = client.get("/readyz")
        assert response.status_code == 200, response.json()
        assert response.json()["records"] == 1
        assert set(response.json()["checks"].values()) == {"ok"}
        assert "no-store" in response["Cache-Control"]

    def test_not_ready_without_an_index(self, client: Client) -> None:
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["checks"]["database"] == "ok"
        assert response.json()["checks"]["index"] not in ("", "ok")

    def test_not_ready_without_a_database(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail() -> int:
            raise DatabaseError("unable to open database file")

        monkeypatch.setitem(health.CHECKS, "database", fail)
        assert client.get("/readyz").json()["checks"]["database"] == "unable to open database file"

    def test_readers_are_told_while_the_first_load_runs(
        self, client: Client, settings: Any, tmp_path: Path, django_assert_max_num_queries: Any
    ) -> None:
        notice = "The bundled records are still being loaded"
        assert notice not in html_of(client.get("/en/display/"))
        settings.EXPECT_BUNDLES = True
        assert notice in html_of(client.get("/en/display/"))
        assert "still to be loaded" in client.get("/readyz").json()["checks"]["facts"]
        with django_assert_max_num_queries(0):
            client.get("/en/display/")
        cache.delete(health.LOADING)
        settings.CRAWL_BUNDLE_DIR = tmp_path  # nothing bundled
        assert notice not in html_of(client.get("/en/display/"))

    def test_not_ready_while_a_migration_waits(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(health, "migrated", Event())
        plan = "django.db.migrations.executor.MigrationExecutor.migration_plan"
        monkeypatch.setattr(plan, lambda *_: [("standards.0009_more", False)])
        answer = client.get("/readyz").json()
        assert "standards.0009_more" in answer["checks"]["migrations"]


def test_no_page_has_style_or_script_of_its_own(client: Client, build_index: Callable[[], int]) -> None:
    """The content security policy would drop it without a word."""
    make_standard("ISO 1:2020", ics=("03.120",))
    build_index()
    for path in (
        "/",
        "/search/?q=iso",
        "/standards/",
        "/standards/iso-1-2020/",
        "/changes/",
        "/sources/",
        "/display/",
        "/x/",
    ):
        response = client.get(path)
        html = html_of(response)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|href=\"javascript:", html), path
        for script in re.findall(r"<script[^>]*>", html):
            assert "src=" in script or "nonce=" in script, (path, script)
        policy = response["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "object-src 'none'" in policy
