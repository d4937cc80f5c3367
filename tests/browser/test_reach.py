"""A bill of materials is checked and the result taken along."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import portal_process
from tests.unit.content.sheets.test_sheets import xlsx


def test_a_bill_of_materials_is_checked_and_the_result_downloaded(page: Page, tmp_path: Path) -> None:
    bill = tmp_path / "bill.xlsx"
    bill.write_bytes(xlsx(["物品", "CAS号", "含量"], ["插头", "7439-92-1", "0.2%"], ["插头", "50-00-1", ""]))
    page.goto("/")
    page.get_by_role("link", name="REACH", exact=True).click()
    page.get_by_role("link", name="核查物料清单").click()
    page.get_by_label("或选择文件").set_input_files(bill)
    page.get_by_role("button", name="核查").click()
    lead = page.get_by_role("row", name="7439-92-1")
    expect(lead).to_contain_text("列入清单")
    expect(lead).to_contain_text("第33条")
    expect(page.get_by_role("row", name="50-00-1")).to_contain_text("编号有误")
    assert not Axe().run(page).response["violations"]
    with page.expect_download() as downloading:
        page.get_by_role("button", name="下载 XLSX").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(downloading.value.path()).read_bytes()))
    assert [row[7] for row in book.worksheets[0].iter_rows(values_only=True)][1:] == ["列入清单", "编号有误"]
    lead.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lead")


def test_a_bill_of_materials_is_kept_and_tells_which_lines_the_newest_update_touches(
    page: Page, environment: dict[str, str], tmp_path: Path
) -> None:
    code = (
        "from django.contrib.auth.models import User\n"
        "from allauth.account.models import EmailAddress\n"
        "user = User.objects.create_user('bill', 'bill@example.org', 'korrekte-pferde-batterie')\n"
        "EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)\n"
    )
    portal_process.manage(environment, "shell", "-c", code)
    page.goto("/reach/check/")
    page.get_by_label("清单").fill("50-00-0, 0.1 %\n110-54-3, 0.2 %")  # n-hexane came in with the newest update
    page.get_by_role("button", name="核查").click()
    page.get_by_label("清单名称").fill("插头")
    page.get_by_role("button", name="保存此清单").click()
    page.locator("input[name=login]").fill("bill@example.org")
    page.locator("input[name=password]").fill("korrekte-pferde-batterie")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("插头")
    expect(page.get_by_text("清单已保存，仅您本人可见。")).to_be_visible()
    assert not Axe().run(page).response["violations"]
    page.goto("/reach/lists/")
    expect(page.get_by_role("row", name="插头")).to_contain_text("第 2 行")
    assert not Axe().run(page).response["violations"]
    page.get_by_role("link", name="插头").click()
    page.get_by_role("link", name="删除").click()
    page.get_by_role("button", name="删除").click()
    expect(page.get_by_text("清单“插头”已删除。")).to_be_visible()
