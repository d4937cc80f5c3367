"""Notifications as they were transcribed from Chinese TBT platforms: one JSON object a line. Pure.

Platforms show the notification form (G/TBT/35) with Chinese labels, each in a layout of its own, and without the
symbol where their page lost it. What is read here are the facts that were taken from such pages by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from pydantic import ValidationError

from content.tbt import members, symbols
from content.tbt.items import EventItem, NotificationItem
from content.tbt.official import wto_documents
from crawlers.documents import Document, Rejected
from crawlers.errors import RecordError, StructureChanged

EVENTS = {
    "评议期变更": "comments_changed",
    "已通知采取的措施": "adopted",
    "通报措施公布": "published",
    "通报措施生效": "in_force",
    "最终措施文本": "final_text",
    "通报措施撤回或撤销": "withdrawn",
    "内容或范围变化": "scope_changed",
    "解释性指南": "guidance",
    "其他": "other",
}
"""Boxes of an addendum as platforms name them."""
LANGUAGES = {"英语": "en", "法语": "fr", "西班牙语": "es", "汉语": "zh", "中文": "zh", "韩语": "ko", "日语": "ja"}


def parse(document: Document) -> Iterator[NotificationItem | Rejected]:
    """The notifications of a document. Raises StructureChanged for a line that is no JSON object."""
    for number, line in enumerate(document.lines(), 1):
        try:
            notice = orjson.loads(line)
        except orjson.JSONDecodeError as problem:
            raise StructureChanged(f"{document.url}: line {number}: {problem}") from problem
        if not isinstance(notice, dict):
            raise StructureChanged(f"{document.url}: line {number} is no object")
        try:
            yield _item(notice)
        except RecordError as problem:
            key = str(notice.get("symbol") or notice.get("title") or f"line {number}")[:200]
            yield Rejected(key, document.url, problem.reason, problem.detail, notice)


def _item(notice: Mapping[str, Any]) -> NotificationItem:
    stated = str(notice.get("symbol") or "")
    if not stated:
        raise RecordError("no_symbol", str(notice.get("symbol_note") or ""))
    symbol = symbols.read(stated)
    if symbol is None:
        raise RecordError("symbol_not_understood", stated)
    if not symbol.is_tbt:
        raise RecordError("sps", f"{symbol} is of the SPS Agreement")
    member = members.read(str(notice.get("member") or symbol.member))
    if member != symbol.member:
        raise RecordError("member_differs", f"{notice.get('member')} is not the Member of {symbol}")
    title = str(notice.get("title") or "")
    description = str(notice.get("content") or notice.get("description") or "")
    try:
        return NotificationItem(
            key=_key(notice, symbol.canonical),
            url=_url(notice, symbol),
            symbol=symbol.canonical,
            language="zh" if _chinese(title or description) else "en",
            circulated=notice.get("date", ""),
            number=notice.get("doc_no") or notice.get("document") or "",
            agency=notice.get("agency", ""),
            articles=tuple(notice.get("articles", ())),
            products=notice.get("products", ""),
            hs=_codes(notice, "hs"),
            ics=_codes(notice, "ics"),
            title=title,
            pages=_pages(notice.get("pages")),
            languages=_languages(notice),
            description=description,
            objective=notice.get("rationale") or notice.get("objective") or "",
            relevant="; ".join(notice.get("relevant", ())),
            adoption=notice.get("adoption", ""),
            entry=notice.get("entry_into_force", ""),
            comments=notice.get("comments", ""),
            documents=tuple(notice.get("attachments", ())),
            events=_events(notice.get("checks", {})),
        )
    except (ValidationError, TypeError) as problem:
        raise RecordError("invalid", str(problem)[:1_000]) from problem


def _key(notice: Mapping[str, Any], symbol: str) -> str:
    """One document is shown by several platforms; each is a statement of its own."""
    return f"{symbol} {notice.get('publisher') or notice.get('source')}"[:200]


def _url(notice: Mapping[str, Any], symbol: symbols.Symbol) -> str:
    """The platform's page, or where its address was not kept, the WTO's list of the documents of that symbol."""
    source = str(notice.get("source") or "").split(" ")[0]
    return source if source.startswith(("https://", "http://")) else wto_documents(symbol.canonical)


def _codes(notice: Mapping[str, Any], name: str) -> tuple[str, ...]:
    raw = notice.get(f"{name}_raw")
    return (raw,) if isinstance(raw, str) else tuple(notice.get(name, ()))


def _pages(value: Any) -> tuple[int, ...]:
    return tuple(value) if isinstance(value, list) else () if value is None else (value,)


def _languages(notice: Mapping[str, Any]) -> tuple[str, ...]:
    named = notice.get("languages") or ([notice["lang"]] if notice.get("lang") else [])
    return tuple(LANGUAGES.get(one, one) for one in named)


def _events(checks: Mapping[str, Any]) -> tuple[EventItem, ...]:
    """The boxes that are ticked: with a day, with addresses, or by themselves."""
    unknown = checks.keys() - EVENTS.keys()
    if unknown:
        raise RecordError("unknown_box", ", ".join(sorted(unknown)))
    found = []
    for label, value in checks.items():
        kind = EVENTS[label]
        if isinstance(value, str):
            found.append(EventItem.model_validate({"kind": kind, "date": value}))
        elif isinstance(value, list):
            found.append(EventItem.model_validate({"kind": kind, "urls": value}))
        elif value:
            found.append(EventItem.model_validate({"kind": kind}))
    return tuple(found)


def _chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)
