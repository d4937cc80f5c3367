"""全国团体标准信息平台 (association standards), http://www.ttbz.org.cn/: search results and the page of one standard.

Recorded from 2019 to August 2022, one layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import html

from crawlers.errors import RecordError, StructureChanged
from crawlers.parsers import references, vocabulary
from crawlers.parsers.markup import document, gather, label_of, text_of
from crawlers.parsers.statement import ListPage, Statement

DETAIL_URL = "https://www.ttbz.org.cn/StandardManage/Detail/{key}/"
_DETAIL = re.compile(r"/StandardManage/Detail/(\d{1,12})", re.IGNORECASE)
_TOTAL = re.compile(r"共计?\s*(\d{1,9})\s*条标准")

_TABLES = frozenset({"标准详细信息", "团体详细信息"})
"""Titles of the tables that are read; the third lists announcements (标准公告)."""
_READ = frozenset(
    {
        "标准状态",
        "标准编号",
        "中文标题",
        "英文标题",
        "国际标准分类号",
        "中国标准分类号",
        "国民经济分类",
        "发布日期",
        "实施日期",
        "废止日期",
        "起草单位",
        "代替标准",
        "被代替标准",
        "采标情况",
        "标准文本",
        "团体名称",
    }
)
_IGNORED = frozenset(
    {
        "起草人",  # personal data
        "范围",  # text of the standard: not ours to copy
        "主要技术内容",
        "是否包含专利信息",
        "标准公告",
        "购买信息",
        "登记证号",  # about the association
        "发证机关",
        "业务范围",
        "法定代表人/负责人",
        "依托单位名称",
        "通讯地址",
    }
)
_FEWEST_CELLS = 3
_COLUMNS = {
    "": None,
    "序号": None,
    "团体名称": "association",
    "标准编号": "designation",
    "标准名称": "title_zh",
    "公布日期": "recorded_on",
    "状态": "status",
    "详细": None,
    "购买信息": None,
}


def parse_list(body: bytes, url: str) -> ListPage:
    """One page of results. Raises StructureChanged; rows that cannot be read are in ``rejected``."""
    root = document(body, url)
    table, columns = _result_table(root, url)
    found = _TOTAL.search(text_of(root))
    if not found:
        raise StructureChanged(f"{url}: the list does not say how many standards there are")
    total = int(found[1])
    page, pages = _hidden_number(root, "page", url), _hidden_number(root, "PageCount", url)
    rows: list[Statement] = []
    rejected: list[RecordError] = []
    for row in table.iter("tr"):
        cells = row.findall("td")
        if len(cells) < _FEWEST_CELLS:
            continue
        try:
            if len(cells) != len(columns):
                raise RecordError("wrong_cells", f"{len(cells)} of {len(columns)} in {text_of(row)[:120]!r}")
            rows.append(_row(cells, columns))
        except RecordError as problem:
            rejected.append(problem)
    shown = len(rows) + len(rejected)
    if shown > total or (total and not shown and page <= pages):
        raise StructureChanged(f"{url}: {total} standards told, {shown} shown")
    return ListPage(total, page, pages, tuple(rows), tuple(rejected))


def _result_table(root: html.HtmlElement, url: str) -> tuple[html.HtmlElement, list[str | None]]:
    for table in root.iter("table"):
        heads = [label_of(text_of(cell)) for cell in table.iter("th")]
        if "标准编号" in heads and "状态" in heads:
            unknown = [head for head in heads if head not in _COLUMNS]
            if unknown:
                raise StructureChanged(f"{url}: columns nobody knows: {', '.join(unknown)[:200]}")
            return table, [_COLUMNS[head] for head in heads]
    raise StructureChanged(f"{url}: no list of standards")


def _hidden_number(root: html.HtmlElement, name: str, url: str) -> int:
    for field in root.xpath("//input[@name=$name]", name=name):
        value = field.get("value", "")
        if value.isascii() and value.isdigit() and len(value) < 10:
            return int(value)
    raise StructureChanged(f"{url}: no {name}")


def _row(cells: list[html.HtmlElement], columns: list[str | None]) -> Statement:
    values = {column: text_of(cell) for column, cell in zip(columns, cells, strict=True) if column}
    link = _DETAIL.search(" ".join(it.get("href", "") for cell in cells for it in cell.iter("a")))
    if not link or not values["designation"]:
        raise RecordError("missing_value", f"id or designation in {' '.join(values.values())[:120]!r}")
    return Statement(
        key=link[1],
        url=DETAIL_URL.format(key=link[1]),
        designation=values["designation"],
        status=vocabulary.status(values["status"]),
        title_zh=values.get("title_zh", ""),
        responsible=vocabulary.organisations(values.get("association", "")),
        recorded_on=vocabulary.day(values.get("recorded_on", ""), "公布日期"),
    )


def parse_detail(body: bytes, url: str) -> Statement:
    """The page of one standard. Raises StructureChanged, or RecordError where its values cannot be read."""
    root = document(body, url)
    found = _DETAIL.search(urlsplit(url).path)
    if not found:
        raise StructureChanged(f"{url}: no address of a standard's page")
    values = gather(_fields(root), _READ | _IGNORED, url)
    for label in ("标准编号", "中文标题", "标准状态", "发布日期", "实施日期"):
        if label not in values:
            raise StructureChanged(f"{url}: no {label}")
    for label, value in values.items():
        if label_of(value) in _READ | _IGNORED:  # a cell is missing, and every value has moved up
            raise StructureChanged(f"{url}: {label} has a label for its value: {value[:60]!r}")
    codes, beside, unread = vocabulary.ccs(values.get("中国标准分类号", ""))
    problems = list(unread)
    ics, unread = vocabulary.ics(values.get("国际标准分类号", ""))
    problems += unread
    if values.get("被代替标准"):
        # The label may mean either direction; nothing is guessed.
        problems.append(f"被代替标准 {values['被代替标准'][:80]!r}")
    whole, part = references.whole_and_part(values.get("代替标准", ""))
    adopts = references.adoptions(values.get("采标情况", ""))
    return Statement(
        key=found[1],
        url=DETAIL_URL.format(key=found[1]),
        designation=values["标准编号"],
        status=vocabulary.status(values["标准状态"]),
        title_zh=values["中文标题"],
        title_en=values.get("英文标题", ""),
        published=vocabulary.day(values.get("发布日期", ""), "发布日期"),
        effective=vocabulary.day(values.get("实施日期", ""), "实施日期"),
        withdrawn=vocabulary.day(values.get("废止日期", ""), "废止日期"),
        ics=tuple(dict.fromkeys((*ics, *beside))),
        ccs=codes,
        responsible=vocabulary.organisations(values.get("团体名称", "")),
        issuers=vocabulary.organisations(values.get("团体名称", "")),
        drafters=vocabulary.organisations(values.get("起草单位", "")),
        replaces=whole,
        partly_replaces=part,
        adopts=adopts,
        adopted=True if adopts else None,
        reading=_reading(root),
        industry=values.get("国民经济分类", ""),
        problems=tuple(problems),
    )


def _fields(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for table in root.iter("table"):
        if not _TABLES.isdisjoint(text_of(head) for head in table.iter("th")):
            yield from _rows(table)


def _rows(table: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Labels and values of a table of two or four columns; a cell without a partner (邮编) is passed over."""
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag == "td"]
        for label, value in zip(cells[0::2], cells[1::2], strict=False):
            name = label_of(text_of(label))
            if name:
                yield name, text_of(value)


def _reading(root: html.HtmlElement) -> str:
    """``online`` where the page links the text, else ``none`` (不公开)."""
    linked = any("ftype=st" in link.get("href", "").lower() for link in root.iter("a"))
    return "online" if linked else "none"
