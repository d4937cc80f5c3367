"""A standard is followed, and the mail comes when its successor arrives."""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import shutil
import time
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import portal_process

ADDRESS = "ada@example.org"
PASSWORD = "korrekte-pferde-batterie"
OLD, NEW = "JB/T 13368-2018", "JB/T 13368-2030"


def mails(environment: dict[str, str]) -> list[EmailMessage]:
    """All that the portal has sent, oldest first; without a mail server each lies in a file."""
    found = []
    for path in sorted(Path(environment["DATA_DIR"], "mail").glob("*"), key=lambda one: one.stat().st_mtime):
        for part in path.read_bytes().split(b"-" * 79 + b"\n"):
            if part.strip():
                found.append(BytesParser(EmailMessage, policy=policy.default).parsebytes(part))
    return found


def mail_with(environment: dict[str, str], text: str) -> str:
    """The plain text of the mail that has these words, which comes within a minute."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for one in mails(environment):
            body = one.get_body(("plain",))
            content = str(body.get_content()) if body is not None else ""
            if text in content and ADDRESS in str(one["To"]):
                return content
        time.sleep(0.5)
    raise AssertionError(f"no mail with {text!r}")


def successor_arrives(environment: dict[str, str], folder: Path) -> None:
    """The source lists a new edition, and is read again."""
    there = folder / "hbba"
    shutil.copytree(Path(environment["CRAWL_BUNDLE_DIR"]) / "hbba", there)
    facts = lzma.decompress((there / "facts.jsonl.xz").read_bytes())
    held = json.loads(facts.splitlines()[0])
    relations = [{"kind": "replaces", "designation": OLD}]
    changes = {"key": "f" * 32, "designation": NEW, "published": "2030-01-01", "effective": "2030-07-01"}
    changes["url"] = held["item"]["url"].replace(held["item"]["key"], changes["key"])
    new = {"recorded": "2030-01-02", "item": held["item"] | changes | {"relations": relations, "status": "upcoming"}}
    body = facts + json.dumps(new, ensure_ascii=False).encode() + b"\n"
    (there / "facts.jsonl.xz").write_bytes(lzma.compress(body))
    manifest = json.loads((there / "manifest.json").read_text())
    manifest["documents"][0] |= {"sha256": hashlib.sha256(body).hexdigest(), "records": 2}
    (there / "manifest.json").write_text(json.dumps(manifest))
    said = portal_process.manage(environment | {"CRAWL_BUNDLE_DIR": str(folder)}, "crawl", "hbba", "--recorded")
    assert "created 1" in said


def test_a_standard_is_followed_and_its_successor_told_by_mail(
    page: Page, environment: dict[str, str], tmp_path: Path
) -> None:
    page.goto("/standards/jb-t-13368-2018/")
    page.get_by_role("link", name="订阅", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
    assert not Axe().run(page).response["violations"]
    page.get_by_role("link", name="注册").click()
    page.get_by_label("电子邮件").fill(ADDRESS)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_label("密码（重复）").fill(PASSWORD)
    page.get_by_role("button", name="注册").click()
    link = re.search(r"/account/confirm-email/\S+", mail_with(environment, "/account/confirm-email/"))
    assert link is not None
    page.goto(link[0])
    page.get_by_role("button", name="确认").click()
    page.goto("/standards/jb-t-13368-2018/")
    page.get_by_role("link", name="订阅", exact=True).click()
    if page.get_by_role("heading", name="登录", level=1).is_visible():
        page.locator("input[name=login]").fill(ADDRESS)
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"订阅：{OLD}")
    assert not Axe().run(page).response["violations"]
    page.get_by_role("button", name="订阅").click()
    expect(page.locator(".messages")).to_contain_text(f"已订阅：{OLD}")
    expect(page.get_by_role("row", name=OLD)).to_contain_text("立即")
    assert not Axe().run(page).response["violations"]
    successor_arrives(environment, tmp_path / "bundles")
    text = mail_with(environment, NEW)
    assert "/standards/jb-t-13368-2030/" in text
    page.goto("/account/follows/alerts/")
    expect(page.get_by_role("link", name=NEW).first).to_be_visible()
    stop = re.search(r"/account/follows/mails/\S+", text)
    assert stop is not None
    page.goto(stop[0])
    page.get_by_role("button", name="停止发送全部邮件").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("不再发送邮件")
    assert not Axe().run(page).response["violations"]
