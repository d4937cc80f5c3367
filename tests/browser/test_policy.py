"""The content security policies in a browser that enforces them: nothing of ours is forbidden, what is not ours is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.portal_process import manage

PASSWORD = "correct horse battery staple"
ADMIN = (
    "/admin/",
    "/admin/pages/",
    "/admin/images/add/",
    "/admin/documents/multiple/add/",
    "/admin/users/new/",
    "/admin/account/",
    "/admin/reports/site-history/",
)


@pytest.fixture(scope="module")
def editor(environment: dict[str, str], address: str) -> str:
    name = "policy-editor"
    code = (
        f"from django.contrib.auth.models import User; User.objects.create_superuser({name!r}, password={PASSWORD!r})"
    )
    manage(environment, "shell", "--no-imports", "-c", code)
    return name


@pytest.fixture
def admin(browser: Browser, address: str, editor: str) -> Iterator[Page]:
    """A page of someone who has signed in; what its policy forbids fails the test."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto("/admin/login/")
    page.get_by_label("用户名").or_(page.get_by_label("Username")).fill(editor)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()
    expect(page).to_have_url(f"{address}/admin/")
    yield page
    context.close()
    assert not refused


def test_the_admin_works_under_its_policy(admin: Page) -> None:
    admin.goto("/admin/")
    admin.wait_for_load_state("networkidle")
    linked = admin.eval_on_selector_all("a[href^='/admin/']", "links => links.map(link => link.getAttribute('href'))")
    listings = [address for address in dict.fromkeys(linked) if "logout" not in address]
    for address in (*ADMIN, *listings[:20]):
        answer = admin.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        admin.wait_for_load_state("networkidle")


def test_the_editor_of_a_record_works_under_its_policy(admin: Page) -> None:
    admin.goto("/admin/")
    admin.wait_for_load_state("networkidle")
    for address in admin.eval_on_selector_all("a[href^='/admin/standards']", "links => links.map(one => one.href)"):
        admin.goto(address)
        edit = admin.locator("main a[href*='/edit/']").first
        if edit.count():
            edit.click()
            admin.wait_for_load_state("networkidle")
            assert admin.locator("main form").count()


def test_what_is_written_into_a_page_does_not_run(browser: Browser, address: str) -> None:
    page = browser.new_page(base_url=address)
    page.goto("/")
    ran = page.evaluate(
        """() => new Promise(done => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            addEventListener("securitypolicyviolation", event => done([window.ran === true, event.violatedDirective]));
            document.body.append(script);
            setTimeout(() => done([window.ran === true, ""]), 2000);
        })"""
    )
    page.close()
    assert ran == [False, "script-src-elem"]
