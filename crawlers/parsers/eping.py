"""ePing, the WTO's interface to notifications: ``GET https://api.wto.org/eping/notifications/search``. Pure.

Built from the interface's description (https://apiportal.wto.org/); no answer of it has been seen, so the envelope of
the list is read in every form that such interfaces use, and a record that lacks what a notification must have is
rejected on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from lxml import html
from pydantic import ValidationError

from content.tbt import symbols
from content.tbt.items import NotificationItem
from crawlers.documents import Document, Rejected
from crawlers.errors import RecordError, StructureChanged

LISTS = ("items", "notifications", "results", "data", "value")
TOTALS = ("totalCount", "total", "totalItems", "count", "totalRecords")
NOTIFICATION_PAGE = "https://eping.wto.org/"
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T.*)?", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s<>\"']{1,490}", re.ASCII)
_CODES = re.compile(r"[\s,;|]+")
_MAX_TEXT = 20_000


def records_of(document: Document) -> list[Mapping[str, Any]]:
    """The records of a page of the list. Raises StructureChanged."""
    body = _json(document)
    if isinstance(body, dict):
        body = next((body[name] for name in LISTS if isinstance(body.get(name), list)), None)
    if not isinstance(body, list) or not all(isinstance(one, dict) for one in body):
        raise StructureChanged(f"{document.url}: no list of notifications")
    return body


def total_of(document: Document) -> int | None:
    """How many records the list has, where it says so."""
    body = _json(document)
    totals = [body[name] for name in TOTALS if isinstance(body.get(name), int)] if isinstance(body, dict) else []
    return totals[0] if totals else None


def parse(document: Document) -> Iterator[NotificationItem | Rejected]:
    """The TBT notifications of a page of the list; those of the SPS Agreement are left out without a word."""
    for record in records_of(document):
        try:
            item = _item(record, document.url)
        except RecordError as problem:
            key = str(record.get("documentSymbol") or record.get("id") or "")[:200]
            yield Rejected(key, document.url, problem.reason, problem.detail, dict(record))
        else:
            if item is not None:
                yield item


def _json(document: Document) -> Any:
    try:
        return orjson.loads(document.read())
    except orjson.JSONDecodeError as problem:
        raise StructureChanged(f"{document.url}: no JSON: {problem}") from problem


def _item(record: Mapping[str, Any], url: str) -> NotificationItem | None:
    stated = _text(record, "documentSymbol", 200)
    if not stated:
        raise RecordError("no_symbol")
    symbol = symbols.read(stated)
    if symbol is None:
        raise RecordError("symbol_not_understood", stated)
    if not symbol.is_tbt:
        return None
    form = _addresses(record, "linkToNotification")[:1] or _addresses(record, "dolLink")[:1]
    try:
        return NotificationItem(
            key=symbol.canonical,
            url=form[0] if form else NOTIFICATION_PAGE,
            symbol=symbol.canonical,
            language="en",
            circulated=_day(record, "distributionDate"),
            products=_text(record, "productsFreeTextPlain") or _text(record, "productsFreeText"),
            hs=_codes(record, "hs", "hsCodes", "productsHs"),
            ics=_codes(record, "ics", "icsCodes", "productsIcs"),
            title=_text(record, "titlePlain", 2_000) or _text(record, "title", 2_000),
            description=_text(record, "descriptionPlain") or _text(record, "description"),
            objective="; ".join(_names(record.get("objectives")))[:_MAX_TEXT],
            entry=_day(record, "proposedEntryIntoForceDate"),
            adoption=_day(record, "proposedAdoptionDate"),
            comments=_day(record, "commentDeadlineDate"),
            documents=tuple(dict.fromkeys(_addresses(record, "notifiedDocumentLink")))[:50],
            form=form[0] if form else "",
        )
    except ValidationError as problem:
        raise RecordError("invalid", str(problem)[:1_000]) from problem


def _text(record: Mapping[str, Any], name: str, most: int = _MAX_TEXT) -> str:
    """Plain text, though the interface may send markup in it."""
    value = record.get(name)
    if not isinstance(value, str):
        return ""
    value = value.replace("\0", "")
    plain = " ".join(html.fragment_fromstring(value, create_parent="div").itertext()) if "<" in value else value
    return plain.strip()[:most]


def _day(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    return match[1] if match else ""


def _addresses(record: Mapping[str, Any], name: str) -> list[str]:
    value = record.get(name)
    texts = value if isinstance(value, list) else [value]
    return [found for text in texts if isinstance(text, str) for found in _ADDRESS.findall(text)]


def _codes(record: Mapping[str, Any], *fields: str) -> tuple[str, ...]:
    """Codes as text, as a list of texts, or as a list of objects that have one."""
    for name in fields:
        value = record.get(name)
        texts = [value] if isinstance(value, str) else _names(value, "code")
        codes = [code for text in texts for code in _CODES.split(text) if code and len(code) <= 20]
        if codes:
            return tuple(dict.fromkeys(codes))[:500]
    return ()


def _names(value: Any, name: str = "name") -> list[str]:
    found = [one.get(name) if isinstance(one, dict) else one for one in value] if isinstance(value, list) else []
    return [one.replace("\0", "").strip() for one in found if isinstance(one, str) and one.strip()]
