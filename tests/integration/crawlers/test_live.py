"""The live back end against a site on this machine: conditional requests, retries, robots.txt, bodies that go wrong."""

from __future__ import annotations

import pytest

from tests.integration.crawlers.conftest import Place, deliverable, lines
from tests.integration.crawlers.site import Site

BODY = lines([deliverable(number, replaces=None) for number in range(1000, 1020)])


@pytest.fixture
def site(site: Site) -> Site:
    site.body = BODY
    return site


def crawl(place: Place, site: Site) -> dict[str, str]:
    return place.crawl("live", records=20, changes={"data_url": site.url})


def test_asks_honestly_retries_and_asks_only_for_what_changed(place: Place, site: Site) -> None:
    place.environment["ADMIN_CONTACT"] = "mailto:crawl@example.org"
    site.failures = 2
    assert crawl(place, site)["state"] == "succeeded"
    assert place.one("select count(*) from standards_standard") == 20
    assert site.asked[0][0] == "/robots.txt"
    assert len(site.documents) == 3
    assert {one["User-Agent"] for one in site.documents} == {"standards-portal/1.0 (+mailto:crawl@example.org)"}

    assert crawl(place, site)["state"] == "succeeded"
    last = site.documents[-1]
    assert last["If-None-Match"].startswith('"')
    assert last["If-Modified-Since"] == "Mon, 02 Mar 2026 08:00:00 GMT"
    assert place.ask("select fetched, not_modified, unchanged from provenance_run order by id")[1] == (0, 1, 20)
    assert place.ask("select status, etag != '' from provenance_snapshot order by id") == [(200, 1), (304, 1)]

    site.body = lines([deliverable(number, replaces=None) for number in range(1000, 1021)])
    assert crawl(place, site)["state"] == "succeeded"
    assert place.one("select count(*) from standards_standard") == 21


def test_what_robots_txt_forbids_is_not_asked_for(place: Place, site: Site) -> None:
    site.robots = "User-agent: *\nDisallow: /data/\n"
    ended = crawl(place, site)
    assert ended["state"] == "failed"
    assert "robots.txt" in ended["reason"]
    assert site.documents == []


def test_a_body_without_end_is_cut_and_nothing_stored(place: Place, site: Site) -> None:
    place.environment["CRAWL_MAX_BODY_BYTES"] = "1000"
    ended = crawl(place, site)
    assert ended["state"] == "failed"
    assert "longer than 1000 bytes" in ended["reason"]
    assert place.one("select count(*) from standards_standard") == 0
    assert place.one("select count(*) from provenance_snapshot") == 0


def test_half_a_body_is_no_body(place: Place, site: Site) -> None:
    site.promised = len(BODY) + 5000
    ended = crawl(place, site)
    assert ended["state"] == "failed"
    assert "broke off" in ended["reason"]
    assert len(site.documents) == 4
    assert place.one("select count(*) from standards_standard") == 0


def test_a_site_that_is_away_fails_the_run(place: Place, site: Site) -> None:
    site.failures = 100
    ended = crawl(place, site)
    assert (ended["state"], "HTTP 503" in ended["reason"]) == ("failed", True)
