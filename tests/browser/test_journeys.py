"""What people come for, step by step."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect


def test_from_the_search_box_to_the_downloaded_text(page: Page, address: str) -> None:
    page.goto("/")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill("inter client communication")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="ICCCM").first.click()
    expect(page).to_have_url(f"{address}/standards/x.org-icccm-2.0/")
    with page.expect_download() as downloading:
        page.evaluate("document.querySelector('a[href$=\".pdf\"]').setAttribute('download', '')")
        page.locator("a[href$='.pdf']").first.click()
    path = downloading.value.path()
    content = Path(path).read_bytes()
    assert content.startswith(b"%PDF-")
    assert hashlib.sha256(content).hexdigest() in page.content()


def test_a_withdrawn_edition_names_the_one_in_force(page: Page, address: str) -> None:
    page.goto("/search/?q=gbt1.1-2009")
    expect(page.get_by_role("link", name="GB/T 1.1-2020").first).to_be_visible()  # told before any record is opened
    page.locator("main a[href='/standards/gb-t-1.1-2009/']").first.click()
    page.get_by_role("link", name="GB/T 1.1-2020").first.click()
    expect(page).to_have_url(f"{address}/standards/gb-t-1.1-2020/")
    expect(page.get_by_text("现行").first).to_be_visible()


def test_a_hit_inside_a_file_leads_to_its_page(page: Page) -> None:
    page.goto("/en/search/?q=selection+atom+window+manager")
    assert page.locator("a[href*='.pdf#page=']").count() >= 1


def test_without_scripts_filters_work_as_a_form(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search/?q=GB/T+1.1")
    page.locator("input[name=status][value=in_force]").check()
    page.get_by_role("button", name="筛选", exact=True).click()
    assert "status=in_force" in page.url
    expect(page.get_by_role("link", name="GB/T 1.1-2020").first).to_be_visible()
    expect(page.get_by_role("link", name="GB/T 1.1-2000")).to_have_count(0)
    context.close()


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.goto("/standards/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_suggestion_is_taken_by_keyboard(page: Page, address: str) -> None:
    page.goto("/")
    box = page.locator("input[name=q]").first
    box.press_sequentially("GB/T 1.1-20")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(f"{address}/")


def test_suggestions_are_announced_and_let_go(page: Page) -> None:
    page.goto("/en/")
    box = page.locator("main input[name=q]")
    status = page.locator("main form [role=status]")
    box.press_sequentially("GB/T 1.1-20")
    expect(status).to_have_text(re.compile(r"^Suggestions: [1-9]"))
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    expect(box).not_to_have_value("GB/T 1.1-20")
    page.keyboard.press("Escape")
    expect(box).to_have_value("GB/T 1.1-20")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(status).to_be_empty()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()


def test_filters_follow_the_keyboard_and_keep_its_place(page: Page) -> None:
    page.goto("/en/search/?q=GB/T+1.1&sort=newest")
    page.locator("input[name=status][value=in_force]").focus()
    with page.expect_navigation():
        page.keyboard.press("Space")
    assert "status=in_force" in page.url
    assert "sort=newest" in page.url
    assert page.evaluate("document.activeElement.value") == "in_force"
    page.get_by_role("link", name="Remove filter: In force").press("Enter")
    expect(page).not_to_have_url(re.compile("status="))


def test_a_reference_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/en/standards/gb-t-1.1-2020/")
    page.get_by_text("BibTeX", exact=True).first.click()
    page.get_by_role("button", name="Copy BibTeX").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@techreport{gb-t-1.1-2020,")


def test_the_switch_of_edition_keeps_the_page(page: Page, address: str) -> None:
    page.goto("/standards/gb-t-1.1-2020/")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{address}/en/standards/gb-t-1.1-2020/")
