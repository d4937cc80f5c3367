"""Recorded pages built otherwise: what can be read is read as before, the rest is told, nothing is read wrong."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest
from lxml import html

from crawlers.errors import CrawlError, RecordError
from crawlers.parsers import openstd, sacinfo, ttbz
from crawlers.parsers.statement import ListPage, Statement
from tests.unit.crawlers.sources.conftest import Answer, Recordings
from tests.unit.crawlers.sources.pages import ADDRESS, LIST_ADDRESS, list_of, page_of

Change = Callable[[str], bytes]
AS_WRITTEN = {"remark", "problems"}
"""Fields that keep the page's own spelling."""
DATE = re.compile(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])")
LABELS = ("发布日期", "实施日期", "标准状态", "标准号", "主管部门", "标准编号", "中文标题")


def without(tag: str) -> Change:
    return lambda page: re.sub(rf"(?i)</{tag}\s*>", "", page).encode()


def dated(pattern: str) -> Change:
    return lambda page: DATE.sub(pattern, page).encode()


def in_tree(change: Callable[[html.HtmlElement, random.Random], None]) -> Change:
    def changed(page: str) -> bytes:
        root = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
        change(root, random.Random(7))  # noqa: S311  # the order is to be odd, not secret
        return b"<!DOCTYPE html>\n" + bytes(html.tostring(root, encoding="utf-8"))

    return changed


def reorder(root: html.HtmlElement, rng: random.Random) -> None:
    """Other orders of rows, of columns and of fields."""
    for table in root.iter("table", "tbody"):
        rows = [row for row in table if row.tag == "tr" and row.find("th") is None]
        rng.shuffle(rows)
        table.extend(rows)
    for table in root.iter("table"):
        count = len(list(table.iter("th")))
        order = rng.sample(range(count), count)
        for row in table.iter("tr"):
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            if len(cells) == count > 4:
                row.extend([cells[place] for place in order])
    for fields_ in root.iter("dl"):
        children = list(fields_)
        pairs = [children[at : at + 2] for at in range(0, len(children), 2)]
        rng.shuffle(pairs)
        fields_.extend([child for pair in pairs for child in pair])


def one_cell_more(root: html.HtmlElement, rng: random.Random) -> None:
    for table in root.iter("table"):
        columns = len(list(table.iter("th")))
        for row in table.iter("tr"):
            if len(row.findall("td")) == columns > 4:
                row.insert(rng.randrange(columns), html.fragment_fromstring("<td>?</td>"))


def one_cell_less(root: html.HtmlElement, rng: random.Random) -> None:
    for table in root.iter("table"):
        columns = len(list(table.iter("th")))
        for row in table.iter("tr"):
            cells = row.findall("td")
            if len(cells) == columns > 4:
                row.remove(rng.choice(cells))


def broken_labels(page: str) -> bytes:
    for label in LABELS:
        page = page.replace(label, f"{label[:2]}\n {label[2:]}")
    return page.encode()


READ_AS_BEFORE: dict[str, Change] = {
    "other order": in_tree(reorder),
    "no </td>": without("td"),
    "no </tr>": without("tr"),
    "no </p>": without("p"),
    "no </dd>": without("dd"),
    "capital tags": lambda page: re.sub(r"</?[a-z0-9]+", lambda it: it[0].upper(), page).encode(),
    "character references": lambda page: re.sub("[\u4e00-\u9fff]", lambda it: f"&#{ord(it[0])};", page).encode(),
    "byte order mark": lambda page: b"\xef\xbb\xbf" + page.encode(),
    "UTF-16": lambda page: page.encode("utf-16"),
    "GBK": lambda page: page.replace("utf-8", "gb2312").replace("UTF-8", "gb2312").encode("gb18030"),
    "GBK that says UTF-8": lambda page: page.encode("gb18030"),
    "GBK that says nothing": lambda page: re.sub(r"(?i)<meta[^>]*charset[^>]*>", "", page).encode("gb18030"),
    "CR LF": lambda page: page.replace("\n", "\r\n").encode(),
    "no-break spaces": dated(r"&nbsp;\1-\2-\3&nbsp;"),
    "no-break spaces escaped twice": dated(r"\1-\2-\3&amp;nbsp;"),
    "dates with strokes": dated(r"\1/\2/\3"),
    "dates in Chinese": dated(r"\1年\2月\3日"),
    "dates in eight digits": dated(r"\1\2\3"),
    "labels over two lines": broken_labels,
}
TOLD: dict[str, Change] = {
    "cells too many": in_tree(one_cell_more),
    "cells missing": in_tree(one_cell_less),
    "other classes": lambda page: re.sub(r'class="', 'class="x-', page).encode(),
    "no </div>": without("div"),
    "cut off": lambda page: page.encode()[: len(page.encode()) * 2 // 3],
    "another status": lambda page: re.sub("现行|废止|被代替", "停止使用", page).encode(),
    "dates the American way": dated(r"\2/\3/\1"),
}


@pytest.fixture(scope="module")
def pages(samr: Recordings) -> list[tuple[Answer, Any, ListPage | Statement]]:
    """The latest page of each kind, and of each of the layouts with one of the marks that tell them apart."""
    found: dict[tuple[str, bool, bool], tuple[Answer, Any, ListPage | Statement]] = {}
    readers: dict[str, Callable[[bytes, str], ListPage | Statement]] = {
        "newGbInfo": openstd.parse_detail,
        "std_list": openstd.parse_list,
        "stdDetail": sacinfo.parse_filed,
        "StandardManage/Detail": ttbz.parse_detail,
        "Home/Standard": ttbz.parse_list,
    }
    for part, read in readers.items():
        for answer in samr.of(part):
            try:
                said = read(answer.body, answer.url)
            except CrawlError:
                continue
            if not isinstance(said, ListPage) or said.rows:
                found[part, b"00:00:00" in answer.body, "归口部门".encode() in answer.body] = (answer, read, said)
    assert len(found) >= 6
    return list(found.values())


def differences(before: ListPage | Statement, after: ListPage | Statement) -> list[str]:
    """Fields with another value, ``lost`` for each row that is gone without a word."""
    if isinstance(before, Statement) and isinstance(after, Statement):
        return [it.name for it in fields(Statement) if getattr(before, it.name) != getattr(after, it.name)]
    assert isinstance(before, ListPage)
    assert isinstance(after, ListPage)
    rows = {row.key: row for row in after.rows}
    told = len(rows) + len(after.rejected) - len(before.rows)
    kept = [name for row in before.rows if row.key in rows for name in differences(row, rows[row.key])]
    return kept + ["lost"] * -told


@pytest.mark.parametrize("name", READ_AS_BEFORE)
def test_what_can_be_read_is_read_as_before(pages: list[tuple[Answer, Any, ListPage | Statement]], name: str) -> None:
    for answer, read, before in pages:
        after = read(READ_AS_BEFORE[name](answer.body.decode()), answer.url)
        assert set(differences(before, after)) <= AS_WRITTEN, answer.url
        assert not getattr(after, "rejected", ())


@pytest.mark.parametrize("name", TOLD)
def test_what_cannot_be_read_is_told_and_never_read_wrong(
    pages: list[tuple[Answer, Any, ListPage | Statement]], name: str
) -> None:
    for answer, read, before in pages:
        body = TOLD[name](answer.body.decode())
        try:
            after = read(body, answer.url)
        except CrawlError:
            continue
        # "reading" hangs on the class of a button, not on a label; without it the page does not say
        assert set(differences(before, after)) <= AS_WRITTEN | {"reading"}, (answer.url, name)


def test_a_row_that_does_not_fit_is_put_aside_and_the_others_are_read() -> None:
    page = list_of(3, 3).replace("<td>强标</td>".encode(), b"", 1)
    listing = openstd.parse_list(page, LIST_ADDRESS)
    assert [row.designation for row in listing.rows] == ["GB 2-2020", "GB 3-2020"]
    assert [(it.reason, it.detail[:6]) for it in listing.rejected] == [("wrong_cells", "8 of 9")]


def test_fields_in_cells_of_their_own_are_read_where_the_known_layout_is_gone() -> None:
    page = """<html><body><div><h2>标 准 号：GB/T 1-2020</h2>
      <table><tr><th>中文标准名称</th><td>甲乙</td><th>标准状态</th><td>现行</td></tr>
      <tr><th>发布日期</th><td>2020-03-31</td><th>实施日期</th><td>2020年10月1日</td></tr></table></div></body></html>"""
    said = openstd.parse_detail(page.encode(), ADDRESS)
    assert (said.designation, said.title_zh, said.status) == ("GB/T 1-2020", "甲乙", "in_force")
    assert (said.published, said.effective) == ("2020-03-31", "2020-10-01")


def test_a_page_without_one_of_its_labels_is_another_page() -> None:
    whole = page_of(("实施日期", "2016-06-01"))
    assert openstd.parse_detail(whole, ADDRESS).effective == "2016-06-01"
    with pytest.raises(CrawlError, match="no 实施日期"):
        openstd.parse_detail(whole.replace("实施日期".encode(), "备注".encode()), ADDRESS)


def test_a_value_that_is_a_label_means_that_a_cell_is_missing(samr: Recordings) -> None:
    answer = samr.first("StandardManage/Detail")
    page = answer.body.decode()
    shifted = re.sub(
        r"(中文标题(?:&nbsp;)*</td>\s*<td[^>]*>).*?(?=</td>)", r"\1英文标题", page, count=1, flags=re.DOTALL
    )
    assert shifted != page
    with pytest.raises(CrawlError, match="has a label for its value"):
        ttbz.parse_detail(shifted.encode(), answer.url)


def test_a_day_that_does_not_exist_is_no_date() -> None:
    with pytest.raises(RecordError):
        openstd.parse_detail(page_of(("实施日期", "20160231")), ADDRESS)
