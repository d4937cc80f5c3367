"""Pages made by the sacinfo platform: a heading, badges, a time line, 基础信息 and titled sections.

Three portals share them: 行业标准备案信息公示平台 (hbba.sacinfo.org.cn), 地方标准信息服务平台 (dbba.sacinfo.org.cn)
and 全国标准信息公共服务平台 (std.samr.gov.cn, formerly std.gov.cn). Recorded from hbba in 2019, 2020, 2021 and April
2026; what the other two add (代替以下标准, 采标情况, 归口单位 …) is known from documentation and from pages which
public projects keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from lxml import html

from crawlers.errors import RecordError, StructureChanged
from crawlers.parsers import references, vocabulary
from crawlers.parsers import sacinfo_labels as labels
from crawlers.parsers.markup import clean, document, gather, label_of, labelled_neighbours, split_label, text_of
from crawlers.parsers.statement import Statement

_BADGE_KINDS = re.compile(r"(?:国家标准|行业标准|地方标准|团体标准)(?:[-—].{1,40})?")
_STATE = re.compile(rb"\bvar\s+STATE\s*=\s*['\"]([^'\"]{0,60})['\"]")
_EVENT = re.compile(r"(发布|实施|废止)\s*于?\s*(\d{4}-\d{1,2}-\d{1,2})")
_HANDLED_BY = re.compile(r"由\s*([A-Z]{2,3}\d{1,4}(?:SC\d{1,3})?)\s*[（(]([^（()）]{2,100})[）)]")


class _Succession(NamedTuple):
    replaces: tuple[str, ...]
    partly_replaces: tuple[str, ...]
    replaced_by: tuple[str, ...]
    partly_replaced_by: tuple[str, ...]


_STD_DETAIL = re.compile(r"/stdDetail/([0-9a-fA-F]{32,64})\Z")
_GB_ID = re.compile(r"[0-9A-Za-z%=+/_-]{8,80}")


def parse_filed(body: bytes, url: str) -> Statement:
    """An industry or local standard's page, ``https://hbba.sacinfo.org.cn/stdDetail/<pk>`` (dbba the same).

    Raises StructureChanged, or RecordError where its values cannot be read.
    """
    address = urlsplit(url)
    found = _STD_DETAIL.search(address.path)
    if not found:
        raise StructureChanged(f"{url}: no address of a standard's page")
    key = found[1].lower()
    return _parse(body, url, key, f"https://{address.netloc}/stdDetail/{key}")


def parse_national(body: bytes, url: str) -> Statement:
    """A standard's page at ``https://std.samr.gov.cn/gb/search/gbDetailed?id=<id>``.

    Raises StructureChanged, or RecordError where its values cannot be read.
    """
    key = parse_qs(urlsplit(url).query).get("id", [""])[0]
    if not _GB_ID.fullmatch(key):
        raise StructureChanged(f"{url}: no id")
    return _parse(body, url, key, url)


def _parse(body: bytes, url: str, key: str, page_url: str) -> Statement:
    root = document(body, url)
    header = next(iter(root.find_class("page-header")), None)
    if header is None:
        raise StructureChanged(f"{url}: no page header")
    sections, unknown = _sections(root)
    problems = [f"section {title[:60]!r}" for title in unknown]
    basic = sections.get("基础信息")
    if not basic:
        raise StructureChanged(f"{url}: no 基础信息")
    values = gather(_fields([*basic, *sections.get("备案信息", ())]), labels.READ | labels.IGNORED, url)
    designation = values.get("标准号") or next((text_of(it) for it in header.iter("b")), "")
    if not designation:
        raise RecordError("missing_value", "标准号")
    codes, beside, unread = vocabulary.ccs(_first(values, "中国标准分类号", "中国标准分类号(CCS)"))
    problems += unread
    ics, unread = vocabulary.ics(_first(values, "国际标准分类号", "国际标准分类号(ICS)"))
    problems += unread
    title_zh, title_en = _titles(header)
    if not title_zh:
        raise RecordError("missing_value", "standard's title")
    events = _events(sections.get("标准状态", ()))
    if "发布日期" not in values and "发布" not in events:
        raise StructureChanged(f"{url}: no 发布日期")
    committee, offices = vocabulary.committee_or_office(
        _first(values, "技术委员会", "归口单位", "技术归口", "归口部门")
    )
    succession = _replaced(values, sections)
    adopted_text = " ".join((values.get("采标关系", ""), *(text_of(it) for it in sections.get("采标情况", ())))).strip()
    adopts = references.adoptions(adopted_text)
    if adopted_text and not adopts:
        problems.append(f"采标情况 {adopted_text[:80]!r}")
    return Statement(
        key=key,
        url=page_url,
        designation=designation,
        status=_status(header, values, body, url),
        title_zh=title_zh,
        title_en=title_en,
        published=vocabulary.day(values.get("发布日期", ""), "发布日期") or events.get("发布", ""),
        effective=vocabulary.day(values.get("实施日期", ""), "实施日期") or events.get("实施", ""),
        withdrawn=vocabulary.day(values.get("废止日期", ""), "废止日期") or events.get("废止", ""),
        ics=tuple(dict.fromkeys((*ics, *beside))),
        ccs=codes,
        committee=_committee_code(root, committee),
        committee_title=committee,
        responsible=tuple(
            dict.fromkeys(
                (
                    *vocabulary.organisations(_first(values, "主管部门", "批准发布部门")),
                    *offices,
                    *vocabulary.organisations(values.get("归口部门", "")),
                )
            )
        ),
        issuers=vocabulary.organisations(_first(values, "批准发布部门", "发布部门", "发布单位")),
        drafters=_drafters(sections.get("起草单位", ())),
        replaces=succession.replaces,
        partly_replaces=succession.partly_replaces,
        replaced_by=succession.replaced_by,
        partly_replaced_by=succession.partly_replaced_by,
        adopts=adopts,
        adopted=True if adopts else None,
        obligation=_obligation(header),
        plan=values.get("计划号", ""),
        record_number=values.get("备案号", "").rstrip("。"),
        recorded_on=vocabulary.day(values.get("备案日期", "").rstrip("。"), "备案日期"),
        industry=_first(values, "行业分类", "行业领域"),
        problems=tuple(problems),
    )


def _sections(root: html.HtmlElement) -> tuple[dict[str, list[html.HtmlElement]], list[str]]:
    """The elements under each section title, and the titles nobody has decided about."""
    sections: dict[str, list[html.HtmlElement]] = {}
    unknown: list[str] = []
    for heading in root.find_class("title-text"):
        title = label_of(text_of(heading))
        bar = heading.getparent()
        if title not in labels.SECTIONS_READ:
            if title and title not in labels.SECTIONS_IGNORED:
                unknown.append(title)
            continue
        content = sections.setdefault(title, [])
        for element in bar.itersiblings():
            if "para-title" in element.classes or element.find_class("title-text"):
                break
            content.append(element)
    return sections, unknown


def _fields(elements: list[html.HtmlElement]) -> Iterator[tuple[str, str]]:
    for element in elements:
        for label, value in labelled_neighbours(element, ".//dt", "dd"):
            shown = value.find("span") if value.find_class("icsInfoPop") else None
            yield label, text_of(value if shown is None else shown)
        if element.tag == "p":
            labelled = split_label(text_of(element))
            if labelled:
                yield labelled


def _titles(header: html.HtmlElement) -> tuple[str, str]:
    """The Chinese title of the heading and the English one below it."""
    zh = next((clean("".join(it.itertext())) for it in header.iter("h4")), "")
    en = next((clean("".join(it.itertext())) for it in header.iter("h5")), "")
    return zh, en


def _badges(header: html.HtmlElement) -> list[str]:
    return [text_of(badge) for badge in header.find_class("s-status")]


def _status(header: html.HtmlElement, values: dict[str, str], body: bytes, url: str) -> str:
    said = {word for word in _badges(header) if word in vocabulary.STATUSES}
    if values.get("标准状态"):
        said.add(values["标准状态"])
    codes = {vocabulary.status(word) for word in said}
    if len(codes) > 1:
        raise RecordError("contradiction", f"status: {', '.join(sorted(said))}")
    if codes:
        return codes.pop()
    state = _STATE.search(body)
    if state and state[1].strip():
        return vocabulary.status(state[1].decode("utf-8", "replace"))
    unknown = [it for it in _badges(header) if it not in vocabulary.OBLIGATIONS and not _BADGE_KINDS.fullmatch(it)]
    # The first badge of an industry standard is its industry (机械); whatever follows would be a status word.
    if len(unknown) > 1:
        raise RecordError("unknown_status", repr(unknown[-1][:60]))
    raise StructureChanged(f"{url}: no status")


def _obligation(header: html.HtmlElement) -> str:
    return next((vocabulary.OBLIGATIONS[it] for it in _badges(header) if it in vocabulary.OBLIGATIONS), "")


def _events(elements: list[html.HtmlElement] | tuple[html.HtmlElement, ...]) -> dict[str, str]:
    events: dict[str, str] = {}
    for element in elements:
        for entry in element.iter("li"):
            found = _EVENT.search(text_of(entry))
            if found:
                events[found[1]] = vocabulary.day(found[2], found[1])
    return events


def _committee_code(root: html.HtmlElement, committee: str) -> str:
    """The code of the committee in the sentence 由TC144（全国烟草标准化技术委员会）归口."""
    if not committee:
        return ""
    for paragraph in root.iter("p"):
        text = text_of(paragraph)
        if "归口" in text[:400]:
            for code, name in _HANDLED_BY.findall(text[:400]):
                if name.strip() == committee:
                    return vocabulary.committee_code(code)
    return ""


def _replaced(values: dict[str, str], sections: Mapping[str, list[html.HtmlElement]]) -> _Succession:
    """What stands under 代替以下标准 and 被以下标准代替, in whole and in part, and in the fields of that name."""
    listed = [
        references.whole_and_part(_first(values, "全部代替标准", "代替标准")),
        references.whole_and_part(values.get("部分代替标准", ""), partly=True),
    ]
    listed_by = [references.whole_and_part(values.get("被部分代替标准", ""), partly=True)]
    for title, partly in (("代替以下标准", False), ("部分代替以下标准", True)):
        listed += [references.whole_and_part(text_of(it), partly=partly) for it in sections.get(title, ())]
    for title, partly in (("被以下标准代替", False), ("被以下标准部分代替", True)):
        listed_by += [references.whole_and_part(text_of(it), partly=partly) for it in sections.get(title, ())]
    return _Succession(
        _once(whole for whole, _part in listed),
        _once(part for _whole, part in listed),
        _once(whole for whole, _part in listed_by),
        _once(part for _whole, part in listed_by),
    )


def _once(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))


def _drafters(elements: list[html.HtmlElement] | tuple[html.HtmlElement, ...]) -> tuple[str, ...]:
    names: list[str] = []
    for element in elements:
        entries = list(element.iter("dd")) or [element]
        for entry in entries:
            text = re.sub(r"^主要起草单位[：:]?\s*", "", text_of(entry))
            names.extend(vocabulary.organisations(text.rstrip("。")))
    return tuple(dict.fromkeys(names))


def _first(values: dict[str, str], *names: str) -> str:
    return next((values[name] for name in names if values.get(name)), "")
