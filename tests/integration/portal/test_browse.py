"""Browsing by body and class, latest changes, the feed, sources."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from content import paging
from content.provenance.models import RejectedItem
from content.reach import store as reach
from content.reach.items import EntryItem, SubstanceItem
from content.standards import browse
from content.standards.figures import class_counts
from content.standards.models import CcsClass, IcsClass
from tests.factories import NOW, make_change, make_claim, make_run, make_source, make_standard

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def designations(response: Any) -> list[str]:
    return [one.designation for one in response.context["page"].object_list]


class TestClasses:
    @pytest.fixture(autouse=True)
    def _records(self) -> None:
        make_standard("ISO 1:2001", ics=("03.120.10",), ccs=("A00",), published="2001-05")
        make_standard("ISO 2:2002", ics=("03.120.20", "03.100.70"), published="2002-05")
        make_standard("ISO 3:2003", ics=("03",), status="withdrawn", published="2003-05")
        make_standard("ISO 4:2004", ics=("13.020",), published="2004-05")
        make_standard("ISO 5:2005", ics=("03.120.10",), hidden_at=NOW)

    def test_a_class_counts_its_narrower_ones_and_each_record_once(self) -> None:
        counts = class_counts(IcsClass)
        assert {code: counts[code] for code in ("03", "03.120", "03.120.10", "03.100", "13", "13.020")} == {
            "03": 3, "03.120": 2, "03.120.10": 1, "03.100": 1, "13": 1, "13.020": 1,
        }  # fmt: skip
        assert class_counts(CcsClass) == {"A00": 1}

    def test_a_class_lists_its_narrower_ones(self, client: Client) -> None:
        assert designations(client.get("/standards/ics/03/")) == ["ISO 1:2001", "ISO 2:2002", "ISO 3:2003"]
        assert designations(client.get("/standards/ics/03.120/")) == ["ISO 1:2001", "ISO 2:2002"]
        assert designations(client.get("/standards/ccs/A00/")) == ["ISO 1:2001"]

    def test_status_and_sort(self, client: Client) -> None:
        assert designations(client.get("/standards/ics/03/?status=withdrawn")) == ["ISO 3:2003"]
        assert designations(client.get("/standards/ics/03/?sort=newest")) == ["ISO 3:2003", "ISO 2:2002", "ISO 1:2001"]
        assert designations(client.get("/standards/ics/03/?sort=oldest")) == ["ISO 1:2001", "ISO 2:2002", "ISO 3:2003"]

    def test_the_path_to_a_class(self, client: Client) -> None:
        trail = client.get("/en/standards/ics/03.120.10/").context["trail"]
        assert [url for _label, url in trail] == [
            "/en/standards/#ics", "/en/standards/ics/03/", "/en/standards/ics/03.120/",
        ]  # fmt: skip

    def test_browsing_begins_with_bodies_and_widest_classes(self, client: Client) -> None:
        html = client.get("/en/standards/").content.decode()
        assert 'href="/en/standards/bodies/ISO/"' in html
        assert 'href="/en/standards/ics/13/"' in html

    @pytest.mark.parametrize(
        "path",
        ["ics/03/", "ics/03.120/?status=in_force", "ccs/A00/", "bodies/ISO/", "bodies/ISO/?status=withdrawn"],
    )
    def test_the_api_has_the_same_list(self, client: Client, path: str) -> None:
        page = client.get(f"/standards/{path}")
        answer = client.get(page.context["json_url"]).json()
        assert [one["designation"] for one in answer["results"]] == designations(page)

    def test_a_body_with_a_slash(self, client: Client) -> None:
        make_standard("GB/T 1-2020")
        assert designations(client.get("/standards/bodies/GB/T/")) == ["GB/T 1-2020"]
        assert client.get("/standards/bodies/XX/").status_code == 404


class TestPaging:
    @pytest.fixture(autouse=True)
    def _records(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(browse, "PER_PAGE", 2)
        monkeypatch.setattr(paging, "MAX_PAGES", 3)
        for number in range(1, 9):
            make_standard(f"ISO {number}:2020")

    def test_pages_keep_the_choice(self, client: Client) -> None:
        html = client.get("/standards/bodies/ISO/?sort=newest&status=in_force&page=2").content.decode()
        links = re.findall(r'<a rel="(?:prev|next)" href="([^"]+)"', html)
        assert links == [
            "?sort=newest&amp;status=in_force&amp;page=1", "?sort=newest&amp;status=in_force&amp;page=3",
        ]  # fmt: skip

    def test_nobody_leafs_without_end(self, client: Client) -> None:
        last = client.get("/en/standards/bodies/ISO/?page=3")
        assert "Narrow the list" in last.content.decode()
        assert client.get("/standards/bodies/ISO/?page=4").status_code == 404

    @pytest.mark.parametrize("page", ["0", "-1", "x", "1e3", "99999999999999999999", ""])
    def test_numbers_that_are_no_page(self, client: Client, page: str) -> None:
        assert client.get(f"/standards/bodies/ISO/?page={page}").status_code == 404

    def test_queries_do_not_grow(self, client: Client, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(3):
            client.get("/standards/bodies/ISO/")


class TestChanges:
    def test_what_happened_to_a_record_at_once_is_one_entry(self, client: Client) -> None:
        standard = make_standard("ISO 1:2020")
        make_change(standard, field="title_en", old="A", new="B")
        make_change(standard, kind="status", field="status", old="upcoming", new="in_force")
        make_change(standard, field="pages", old=1, new=2, at=NOW - timedelta(days=1))
        records = client.get("/en/changes/").context["records"]
        assert [len(record.lines) for record in records] == [2, 1]
        assert set(records[0].lines) == {
            "title (English): A → B",
            "status: Published, not yet in force → In force",
        }

    def test_records_of_every_type_are_told_of(self, client: Client) -> None:
        make_change(make_standard("ISO 1:2020"), new="words")
        lead = EntryItem(
            key="lead",
            url="https://echa.europa.eu/",
            list_name="candidate",
            substance=SubstanceItem(name="Lead", cas=("7439-92-1",)),
            included="2018-06-27",
        )
        reach.upsert([lead], source=make_source("echa_candidate"))
        records = client.get("/en/changes/").context["records"]
        assert {one.record_type for one in records} == {"standard", "substance"}
        (only,) = client.get("/en/changes/?type=substance").context["records"]
        assert (only.label, only.title, only.path) == ("CAS 7439-92-1", "Lead", "/en/reach/substances/cas-7439-92-1/")
        assert "on the list since 2018-06-27: Candidate List" in only.lines
        assert client.get("/changes/?type=nonsense").status_code == 400
        listed = client.get("/api/v1/changes/?type=substance").json()["results"]
        assert {one["record_type"] for one in listed} == {"substance"}
        narrowed = client.get("/en/feeds/changes.atom?type=substance").content.decode()
        assert "<title>Latest changes (Substance)</title>" in narrowed

    def test_filters(self, client: Client) -> None:
        iso, gb = make_standard("ISO 1:2020"), make_standard("GB/T 1-2020")
        make_change(iso, kind="created", field="")
        make_change(gb, kind="status", field="status", old="upcoming", new="in_force")
        for query, labels in (("kind=status", ["GB/T 1-2020"]), ("body=ISO", ["ISO 1:2020"]), ("body=X", [])):
            assert [one.label for one in client.get(f"/changes/?{query}").context["records"]] == labels
        assert client.get("/changes/?kind=nonsense").status_code == 400
        assert client.get("/changes/?after=nonsense").status_code == 400
        assert client.get("/feeds/changes.atom?kind=nonsense").status_code == 400

    def test_the_day_is_that_of_the_readers_calendar(self, client: Client) -> None:
        make_change(make_standard("ISO 1:2020"), at=datetime(2026, 1, 2, 17, 30, tzinfo=UTC))
        html = client.get("/changes/").content.decode()
        assert '<h2><time datetime="2026-01-03">2026-01-03</time></h2>' in html
        assert "2026-01-03 01:30" in html
        assert "2026-01-02" not in html

    def test_older_changes_by_cursor(self, client: Client) -> None:
        standard = make_standard("ISO 1:2020")
        for hour in range(70):
            make_change(standard, at=NOW - timedelta(hours=hour), new=str(hour))
        url, seen = "/changes/", []
        while url:
            page = client.get(url)
            seen += [one.lines[0].rpartition("：")[2] for one in page.context["records"]]
            cursor = page.context["cursor"]
            url = f"/changes/?after={cursor}" if cursor else ""
        assert seen == [str(hour) for hour in range(70)]

    def test_a_hidden_record_keeps_its_values_to_itself(self, client: Client) -> None:
        hidden = make_standard("ISO 1:2020", hidden_at=NOW)
        make_change(hidden, field="title_en", old="secret", new="words")
        make_change(hidden, kind="hidden", field="")
        html = client.get("/en/changes/").content.decode()
        assert "secret" not in html
        assert "withdrawn from public view" in html
        assert "/standards/iso-1-2020/" not in html

    def test_the_feed(self, client: Client, settings: Any) -> None:
        standard = make_standard("ISO 1:2020", title_en="Vocabulary")
        make_change(standard, kind="status", field="status", old="upcoming", new="in_force")
        response = client.get("/en/feeds/changes.atom")
        assert response["Content-Type"].startswith("application/atom+xml")
        feed = ElementTree.fromstring(response.content)  # noqa: S314 -- our own
        (entry,) = feed.iter(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == "ISO 1:2020 Vocabulary"
        assert entry.findtext(f"{ATOM}summary") == "status: Published, not yet in force → In force"
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href") == f"{settings.SITE_URL}/en/standards/iso-1-2020/"
        own = [one.get("href") for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"]
        assert own == [f"{settings.SITE_URL}/en/feeds/changes.atom"]
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Standards and Technical Regulations Portal"
        again = client.get("/en/feeds/changes.atom", headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304
        make_change(standard, new="x")
        narrow = client.get("/en/feeds/changes.atom?kind=status&body=ISO").content.decode()
        assert "<title>Latest changes (status changed, ISO)</title>" in narrow
        assert f'href="{settings.SITE_URL}/en/feeds/changes.atom?kind=status&amp;body=ISO" rel="self"' in narrow
        assert client.get("/en/feeds/changes.atom", headers={"If-None-Match": response["ETag"]}).status_code == 200


class TestSources:
    def test_list_and_page(self, client: Client) -> None:
        source = make_source("registry", verification="recorded")
        make_run(source, state="failed", started_at=NOW + timedelta(days=1), finished_at=NOW + timedelta(days=1))
        run = make_run(source, created=4321, rejected=2)
        make_claim(make_standard("ISO 1:2020"), source)
        for key in "ab":
            RejectedItem.objects.create(run=run, source=source, key=key, reason="no designation", at=NOW)
        html = client.get("/en/sources/").content.decode()
        assert "Registry Office" in html and "verified against recorded real pages" in html
        assert "2026-01-02" in html and "2026-01-03" not in html
        page = client.get("/en/sources/registry/")
        assert "来源" not in page.content.decode() and "每天" in client.get("/sources/registry/").content.decode()
        assert list(page.context["rejected"]) == [("no designation", 2)]
        assert "4,321" in page.content.decode()

    def test_facts_from_a_recording_are_no_fresher_than_it(self, client: Client, settings: Any, tmp_path: Path) -> None:
        (tmp_path / "bundled").mkdir()
        document = {"url": "https://x.example/", "file": "x", "media_type": "text/x", "recorded": "2024-05-06"}
        manifest = {"documents": [document | {"sha256": "0" * 64}]}
        (tmp_path / "bundled" / "manifest.json").write_text(json.dumps(manifest))
        settings.CRAWL_BUNDLE_DIR = tmp_path
        for name, backend in (("bundled", "recorded"), ("lost", "recorded"), ("live", "live")):
            make_run(make_source(name), backend=backend)
        rows = client.get("/en/sources/").content.decode().split('<tr role="row">')[2:]
        assert ["from the bundled recording of 2024-05-06" in row for row in rows] == [True, False, False]
        assert ["from the bundled recording" in row for row in rows] == [True, False, True]

    def test_queries_do_not_grow(self, client: Client, django_assert_num_queries: Any) -> None:
        for name in "abcdef":
            make_run(make_source(name))
        with django_assert_num_queries(2):
            client.get("/sources/")
