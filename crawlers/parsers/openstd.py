"""国家标准全文公开系统 (National standards full-text disclosure system), https://openstd.samr.gov.cn/

List pages (``std_list``, ``std_list_type``) and detail pages (``newGbInfo``). Recorded layouts:

- 2019: navigation ``/bzgk/gb/…``, times in list dates (``2000-12-20 00:00:00.0``), 归口单位;
- 2020 to May 2022: the same fields, new head and foot; 被代替 as a status of its own from May 2021 to 2022;
- July 2022: https, 归口部门 instead of 归口单位; 2023: 废止 again for 被代替;
- June 2024: white space inside the status; December 2024: short names of departments; February 2025: 下载标准;
- April 2026: ``/bzgk/std/…`` (301 from ``/bzgk/gb/…``), a column 语种 for foreign-language versions.

The notes on copyright that stand for the text of adopted standards are known from documentation only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from urllib.parse import parse_qs, urlsplit

from lxml import html

from crawlers.errors import RecordError, StructureChanged
from crawlers.parsers import openstd_labels as labels
from crawlers.parsers import references, vocabulary
from crawlers.parsers.markup import (
    clean,
    document,
    gather,
    label_of,
    labelled_anywhere,
    labelled_neighbours,
    split_label,
    text_of,
)
from crawlers.parsers.statement import ListPage, Statement

DETAIL_URL = "https://openstd.samr.gov.cn/bzgk/std/newGbInfo?hcno={hcno}"

_FEWEST_CELLS = 3
"""A row with less is no standard's; one with some cells more or less than the list has columns is told."""
_MAX_HEADINGS = 20
"""A page has one; a hostile one has a hundred thousand, each inside the last."""
_HCNO = re.compile(r"[0-9A-Fa-f]{32}")
_SHOW_INFO = re.compile(r"showInfo\(\s*['\"]([0-9A-Fa-f]{32})['\"]")
_TOTAL = re.compile(r"共\s*(\d{1,9})\s*条标准\s*(\d{1,9})\s*/\s*(\d{1,9})")

_ADOPTED = ("采标号", "采用国际标准号", "采用国际标准", "采标情况", "采标关系")

_NO_TEXT = re.compile(r"不提供标准文本阅读服务|暂无全文|尚未收录|无法(?:在线)?(?:阅读|预览)|食品安全|环境保护|工程建设")
_COPYRIGHT = re.compile(r"版权保护|国际版权政策")
_ADOPTS = re.compile(r"采用了.{0,30}(?:国际|国外)")
_BADGE = re.compile(r"\s+采$")
"""The badge of an adopted standard beside its designation, where it is plain text."""


def parse_list(body: bytes, url: str) -> ListPage:
    """One page of search results or of a category. Raises StructureChanged, RecordError never: see ``rejected``."""
    root = document(body, url)
    table, columns = _result_table(root, url)
    found = _TOTAL.search(text_of(root))
    if not found:
        raise StructureChanged(f"{url}: the list does not say how many standards there are")
    total, page, pages = (int(number) for number in found.groups())
    rows: list[Statement] = []
    rejected: list[RecordError] = []
    for row in table.iter("tr"):
        cells = row.findall("td")
        if len(cells) < _FEWEST_CELLS:
            continue  # the head row, or the one cell of an empty list
        try:
            if len(cells) != len(columns):
                raise RecordError("wrong_cells", f"{len(cells)} of {len(columns)} in {text_of(row)[:120]!r}")
            rows.append(_row(cells, columns))
        except RecordError as problem:
            rejected.append(problem)
    if not (rows or rejected) and total and page <= pages:
        raise StructureChanged(f"{url}: {total} standards are told, no row is shown")
    if len(rows) + len(rejected) > total:
        raise StructureChanged(f"{url}: more rows than the {total} standards told")
    return ListPage(total, page, pages, tuple(rows), tuple(rejected))


def _result_table(root: html.HtmlElement, url: str) -> tuple[html.HtmlElement, list[str | None]]:
    for table in root.iter("table"):
        heads = [label_of(text_of(cell)) for cell in table.iter("th")]
        if "标准号" in heads and "状态" in heads:
            unknown = [head for head in heads if head not in labels.COLUMNS]
            if unknown:
                raise StructureChanged(f"{url}: columns nobody knows: {', '.join(unknown)[:200]}")
            return table, [labels.COLUMNS[head] for head in heads]
    raise StructureChanged(f"{url}: no list of standards")


def _row(cells: list[html.HtmlElement], columns: list[str | None]) -> Statement:
    values = {column: text_of(cell) for column, cell in zip(columns, cells, strict=True) if column}
    key = _SHOW_INFO.search(" ".join(it.get("onclick", "") for cell in cells for it in cell.iter("a", "button")))
    designation = values.get("designation", "")
    if not key or not designation:
        raise RecordError("missing_value", f"hcno or designation in {' '.join(values.values())[:120]!r}")
    adopted = values.get("adopted")
    if adopted not in (None, "", "采", "是", "否"):
        raise RecordError("unknown_value", f"是否采标: {adopted[:60]!r}")
    obligation, problems = _obligation(values.get("obligation", ""))
    return Statement(
        key=key[1].upper(),
        url=DETAIL_URL.format(hcno=key[1].upper()),
        designation=designation,
        status=vocabulary.status(values.get("status", "")),
        title_zh=values.get("title_zh", ""),
        published=vocabulary.day(values.get("published", ""), "发布日期"),
        effective=vocabulary.day(values.get("effective", ""), "实施日期"),
        withdrawn=vocabulary.day(values.get("withdrawn", ""), "废止日期"),
        adopted=None if adopted is None else adopted in ("采", "是"),
        obligation=obligation,
        language=values.get("language", ""),
        problems=problems,
    )


def _obligation(word: str) -> tuple[str, tuple[str, ...]]:
    if word in vocabulary.NOTHING:
        return "", ()
    code = vocabulary.OBLIGATIONS.get(word, "")
    return code, (() if code else (f"类别 {word[:60]!r}",))


def parse_detail(body: bytes, url: str) -> Statement:
    """The page of one standard. Raises StructureChanged, or RecordError where its values cannot be read."""
    root = document(body, url)
    box, heading, badges = _heading(root, url)
    known = labels.READ | labels.IGNORED
    values = gather(_fields(box), known, url)
    if not values.keys() >= labels.ALWAYS:
        values = gather(chain(_fields(box), labelled_anywhere(box, known)), known, url)
    values.setdefault("标准号", heading)
    for label in sorted({"标准号", *labels.ALWAYS} - values.keys()):
        raise StructureChanged(f"{url}: no {label}")
    note = _note(box)
    reading = _reading(box, note)
    problems = [] if reading or not note else [f"note on the text {note[:80]!r}"]
    codes, beside, unread = vocabulary.ccs(_first(values, "中国标准分类号(CCS)", "中国标准分类号"))
    problems += unread
    ics, unread = vocabulary.ics(_first(values, "国际标准分类号(ICS)", "国际标准分类号"))
    problems += unread
    committee, offices = vocabulary.committee_or_office(_first(values, "技术委员会", "归口单位", "归口部门"))
    said = references.remark(values.get("备注", ""))
    whole, part = references.whole_and_part(_first(values, "全部代替标准", "代替标准"))
    whole_by, part_by = references.whole_and_part(values.get("被以下标准代替", ""))
    degree = _first(values, "采标程度", "采用程度", "一致性程度")
    adopted_text = _first(values, *_ADOPTED) or badges.get("采", "")
    adopts = references.adoptions(adopted_text, degree)
    if adopted_text and not adopts:
        problems.append(f"采标 {adopted_text[:80]!r}")
    return Statement(
        key=_key(root, url),
        url=DETAIL_URL.format(hcno=_key(root, url)),
        designation=values["标准号"],
        status=vocabulary.status(values["标准状态"]),
        title_zh=values["中文标准名称"],
        title_en=values.get("英文标准名称", ""),
        published=vocabulary.day(values.get("发布日期", ""), "发布日期"),
        effective=vocabulary.day(values.get("实施日期", ""), "实施日期"),
        withdrawn=vocabulary.day(values.get("废止日期", ""), "废止日期"),
        ics=tuple(dict.fromkeys((*ics, *beside))),
        ccs=codes,
        committee_title=committee,
        responsible=tuple(
            dict.fromkeys(
                (
                    *vocabulary.organisations(values.get("主管部门", "")),
                    *offices,
                    *vocabulary.organisations(values.get("归口部门", "")),
                )
            )
        ),
        issuers=vocabulary.organisations(values.get("发布单位", "")),
        drafters=vocabulary.organisations(values.get("起草单位", "")),
        replaces=_union(whole, said.replaces),
        partly_replaces=_union(part, references.designations(values.get("部分代替标准", "")), said.partly_replaces),
        replaced_by=_union(whole_by, said.replaced_by),
        partly_replaced_by=_union(
            part_by,
            references.designations(_first(values, "被以下标准部分代替", "部分被以下标准代替", "被部分代替标准")),
            said.partly_replaced_by,
        ),
        adopts=adopts,
        adopted=True if adopts or "采" in badges or _ADOPTS.search(note) else None,
        reading=reading,
        plan=_first(values, "计划号", "计划编号", "标准计划号"),
        remark=values.get("备注", ""),
        problems=tuple(problems),
    )


def _heading(root: html.HtmlElement, url: str) -> tuple[html.HtmlElement, str, dict[str, str]]:
    """The part of the page that holds the fields, the designation in its heading, and the badges beside that.

    A badge comes with what it shows when pointed at.
    """
    for heading in islice(root.iter("h1", "h2", "h3"), _MAX_HEADINGS):
        labelled = split_label(
            "".join(
                heading.xpath(
                    ".//text()[not(ancestor::*[contains(@class, 'label') or contains(@class, 'language')"
                    " or contains(@class, 'btn')])]"
                )
            ),
            {"标准号"},
        )
        if labelled and labelled[0] == "标准号" and labelled[1]:
            badges = {
                text_of(badge): clean(" ".join(badge.get(name, "") for name in ("title", "data-content", "data-title")))
                for badge in heading.find_class("label")
            }
            designation = _BADGE.sub("", labelled[1])
            if designation != labelled[1]:
                badges.setdefault("采", "")
            for box in heading.iterancestors():
                if "发布日期" in label_of(text_of(box)):
                    return box, designation, badges
    raise StructureChanged(f"{url}: no heading with 标准号 above the fields")


def _fields(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for label, value in labelled_neighbours(root, "//*[contains(concat(' ', @class, ' '), ' title ')]", ".content"):
        yield label, text_of(value)
    for label, value in labelled_neighbours(root, "//dt", "dd"):
        yield label, text_of(value)
    for table in root.iter("table"):
        labelled = [
            split_label(text_of(cell), labels.READ) for cell in table.iter("td") if not _holds_more_than_a_value(cell)
        ]
        pairs = [pair for pair in labelled if pair]
        # A table without any known field is none of the fields' tables (the foot of the page, a notice).
        if any(label in labels.READ for label, _value in pairs):
            yield from pairs


def _holds_more_than_a_value(cell: html.HtmlElement) -> bool:
    return any(cell.find(f".//{tag}") is not None for tag in ("td", "h1", "button"))


def _note(box: html.HtmlElement) -> str:
    """The red note beside the buttons: why the full text is not shown, or not in full."""
    notes = [
        text_of(it)
        for cell in box.iter("td")
        if cell.find(".//td") is None and cell.find_class("fk_btn")
        for it in cell.find_class("text-danger")
    ]
    return " ".join(filter(None, notes))


def _reading(box: html.HtmlElement, note: str) -> str:
    """Whether the full text can be read at the portal; "" where neither button nor note is known."""
    if box.find_class("xz_btn"):
        return "download"
    if box.find_class("ck_btn"):
        return "online"
    if _COPYRIGHT.search(note):
        return "copyright"
    return "none" if _NO_TEXT.search(note) else ""


def _key(root: html.HtmlElement, url: str) -> str:
    """hcno from the address, else from the buttons."""
    asked = parse_qs(urlsplit(url).query).get("hcno", [""])[0]
    shown = [str(button.get("data-value", "")) for button in root.iter("button")]
    for value in (asked, *shown):
        if _HCNO.fullmatch(value):
            return value.upper()
    raise StructureChanged(f"{url}: no hcno")


def _first(values: dict[str, str], *names: str) -> str:
    return next((values[name] for name in names if values.get(name)), "")


def _union(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))
