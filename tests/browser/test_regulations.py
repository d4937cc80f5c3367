"""A law is found, read article by article, in an older version, and compared."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests import portal_process
from tests.integration.content.regulations.samples import NOTE_2017, NOTE_2023, PAGE, TEXT_2017, TEXT_2023, text_of

TITLE = "中华人民共和国海洋环境保护法"


def load(environment: dict[str, str], folder: Path) -> None:
    """Two versions of a law into the running portal."""
    (folder / "行政法").mkdir()
    for day, note, text in (("2017-11-04", NOTE_2017, TEXT_2017), ("2023-10-24", NOTE_2023, TEXT_2023)):
        (folder / "行政法" / f"海洋环境保护法({day}).md").write_bytes(text_of(TITLE, note, text))
    assert "items 2" in portal_process.manage(environment, "load_laws", folder)


def accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]


def test_a_law_is_read_by_articles_and_compared_with_what_it_was(
    page: Page, browser: Browser, environment: dict[str, str], tmp_path: Path
) -> None:
    load(environment, tmp_path)
    page.goto("/")
    page.get_by_role("link", name="法规", exact=True).click()
    page.get_by_label("名称关键词或文号").fill("海洋环境保护法")
    page.get_by_role("button", name="显示").click()
    page.get_by_role("link", name=TITLE, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    accessible(page)
    page.get_by_role("link", name="第三条").click()
    assert page.url.endswith(f"{PAGE}#article-3")
    page.get_by_label("查看某日有效版本").fill("2020-01-01")
    page.get_by_role("button", name="显示").click()
    expect(page.locator("#article-2")).to_contain_text("一切单位和个人")
    accessible(page)
    page.get_by_role("link", name="版本对照").click()
    expect(page.locator("ins").filter(has_text="任何")).to_be_visible()
    accessible(page)
    for width, scheme in ((390, "dark"), (320, "light")):
        context = browser.new_context(
            base_url=page.url.split("/regulations")[0], viewport={"width": width, "height": 844}
        )
        narrow = context.new_page()
        narrow.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for path in (PAGE, f"{PAGE}compare/", f"/en{PAGE}versions/2017-11-04/"):
            narrow.goto(path)
            assert narrow.evaluate("document.documentElement.scrollWidth") <= width
            accessible(narrow)
        context.close()


def test_on_paper_a_law_is_its_text_and_where_it_is_from(
    page: Page, environment: dict[str, str], tmp_path: Path
) -> None:
    load(environment, tmp_path)
    page.emulate_media(media="print")
    page.goto(PAGE)
    assert page.locator("#article-3").is_visible()
    assert page.locator("button:visible, input:visible, nav:visible").count() == 0
    assert page.get_by_text("打印").first.is_visible()
