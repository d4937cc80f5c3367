"""Every page, in both editions, light and dark, wide and narrow: accessible and without sideways scrolling."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

PAGES = (
    "/",
    "/search/?q=GB/T+1.1",
    "/search/?q=window+manager",
    "/search/?q=communication+conventions&status=in_force&sort=newest",
    "/search/?q=zzzzqqq",
    "/search/?q=GB/T+1.9&status=in_force",
    "/standards/",
    "/standards/gb-t-1.1-2009/",
    "/standards/x.org-icccm-2.0/",
    "/changes/",
    "/sources/",
    "/sources/openstd/",
    "/standards/check/",
    "/standards/check/verify/",
    "/reach/",
    "/reach/?q=zzz",
    "/reach/check/",
    "/reach/substances/cas-117-81-7/",
    "/reach/updates/",
    "/reach/updates/candidate/2026-02-04/",
    "/reach/guidance/",
    "/changes/?type=substance",
    "/regulations/",
    "/regulations/?q=zzz",
    "/tbt/",
    "/tbt/?q=zzz",
    "/tbt/g-tbt-n-eu-169/",
    "/tbt/g-tbt-n-tpkm-425-add-5/",
    "/tbt/products/",
    "/tbt/products/hs/38/",
    "/regulations/law-1982-08-23-758b33/",
    "/regulations/law-1982-08-23-758b33/?on=2020-01-01",
    "/regulations/law-1982-08-23-758b33/compare/",
    "/data/",
    "/display/",
    "/api/docs",
)
OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


@pytest.mark.parametrize("edition", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_accessible_at_every_width_and_colour(browser: Browser, address: str, path: str, edition: str) -> None:
    for width, scheme in ((1280, "light"), (390, "dark")):
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": 844},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page = context.new_page()
        answer = page.goto(edition + path)
        assert answer is not None
        assert answer.status == 200
        assert page.locator("html").get_attribute("lang") == ("en" if edition else "zh-Hans")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, options=OPTIONS).response["violations"]
        assert not found, [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]
        context.close()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search/?q=GB/T+1.1",
        "/standards/",
        "/standards/gb-t-1.1-2009/",
        "/changes/",
        "/sources/xorg/",
        "/regulations/",
    ],
)
def test_very_large_type_stays_within_a_phone(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 320, "height": 844})
    context.add_cookies([{"name": "display", "value": "largest.high", "url": address}])
    page = context.new_page()
    for edition in ("", "/en"):
        page.goto(edition + path)
        assert page.locator("html").get_attribute("data-text") == "largest"
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_on_paper_a_page_says_what_it_is_and_where_it_is_from(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    page.emulate_media(media="print")
    page.goto("/en/search/?q=GB/T+1.1&status=in_force")
    assert page.locator("h1").inner_text() == "Search for “GB/T 1.1”"
    assert "In force" in page.locator(".chips").inner_text()
    assert page.get_by_text("GB/T 1.1-2020").first.is_visible()
    assert page.get_by_text(f"{address}/en/search/?q=GB/T+1.1&status=in_force, printed on").is_visible()
    assert page.locator("button:visible, input:visible, nav:visible").count() == 0
    page.goto("/en/standards/gb-t-1.1-2009/")
    assert page.get_by_role("heading", name="GB/T 7714—2015").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.close()


def test_an_unknown_address_offers_the_search(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    answer = page.goto("/standards/gb-t-99999-2001/")
    assert answer is not None
    assert answer.status == 404
    assert page.locator("main input[name=q], header input[name=q]").first.is_visible()
    page.close()
