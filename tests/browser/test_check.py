"""A test report is checked, the result taken along, and its number verified."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.integration.search.checking import files


def test_a_test_report_is_checked_and_the_result_verified(page: Page, tmp_path: Path) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(files.report("Test report No. 1", "Tested according to GB/T 1.1-2009 and X.Org ICCCM 2.0"))
    page.goto("/")
    page.get_by_role("navigation", name="主导航").or_(page.get_by_role("navigation")).first.get_by_role(
        "link", name="标准查新"
    ).click()
    page.get_by_label("或选择文件").set_input_files(report)
    page.get_by_role("button", name="查新").click()
    row = page.get_by_role("row", name="GB/T 1.1-2009")
    expect(row).to_contain_text("被代替")
    expect(row).to_contain_text("第 2 页")
    expect(row.get_by_role("link", name="GB/T 1.1-2020", exact=True)).to_be_visible()
    assert not Axe().run(page).response["violations"]

    with page.expect_download() as downloading:
        page.get_by_role("link", name="下载 XLSX").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(downloading.value.path()).read_bytes()))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[1][1] == "GB/T 1.1-2009"
    number = next(
        row[1] for row in book.worksheets[1].iter_rows(values_only=True) if str(row[0]).startswith("报告编号")
    )

    page.goto("/en/standards/check/verify/")
    page.get_by_label("Report number").fill(str(number))
    page.get_by_role("button", name="Verify", exact=True).click()
    expect(page.get_by_role("row", name="GB/T 1.1-2009")).to_contain_text("Superseded")


def test_a_mistake_is_told_and_what_was_typed_stays(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)  # an answer of 422 counts as an error of the console
    page.goto("/en/standards/check/")
    page.get_by_label("Text or list").fill("no standard at all")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("No designation")
    expect(page.get_by_label("Text or list")).to_have_value("no standard at all")
    page.close()
