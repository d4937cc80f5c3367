"""A notification is found and its deadline taken into a calendar."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from icalendar import Calendar
from playwright.sync_api import Page, expect


def test_a_notification_is_found_and_its_deadline_added_to_a_calendar(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="TBT 通报", exact=True).click()
    page.get_by_label("通报成员").select_option("JPN")
    page.get_by_role("button", name="显示").click()
    expect(page.locator("p[role=status]")).to_have_text("1 条通报 · 全部通报")
    page.get_by_role("link", name="部分修订化妆品标准").click()
    expect(page.get_by_role("note")).to_contain_text("评议已于 2016-04-19 截止")
    assert not Axe().run(page).response["violations"]
    with page.expect_download() as downloading:
        page.get_by_role("link", name="将日期加入日历").click()
    assert downloading.value.suggested_filename == "g-tbt-n-jpn-518.ics"
    events: list[Any] = list(Calendar.from_ical(Path(downloading.value.path()).read_bytes()).walk("VEVENT"))
    days = {str(one["UID"]).partition("@")[0]: one["DTSTART"].dt for one in events}
    assert days == {
        "g-tbt-n-jpn-518-comments": date(2016, 4, 19),
        "g-tbt-n-jpn-518-adoption": date(2016, 4, 28),
    }


def test_a_product_leads_to_its_notifications(page: Page) -> None:
    page.goto("/tbt/products/")
    page.get_by_role("link", name="38 杂项化学产品").click()
    page.get_by_role("link", name="3808").click()
    page.get_by_role("link", name="2 条通报").click()
    expect(page.get_by_role("link", name="G/TBT/N/EU/1004")).to_be_visible()
    expect(page.get_by_role("link", name="G/TBT/N/EU/169")).to_be_visible()


def test_a_symbol_typed_into_the_search(page: Page) -> None:
    page.goto("/search/?q=g-tbt-n-eu-169")
    page.get_by_role("link", name="G/TBT/N/EU/169").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("生物灭杀活性物质")


def test_a_symbol_that_is_not_held(page: Page) -> None:
    answer = page.request.get("/tbt/g-tbt-n-tpkm-425/")
    assert answer.status == 404
    page.set_content(answer.text())
    expect(page.get_by_role("link", name="G/TBT/N/TPKM/425/Add.5")).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert not [one for one in found if one["id"] != "color-contrast"]  # styles are not loaded into a bare document
