"""JSON lists of the sacinfo platform: ``stdQueryList`` of hbba and dbba, ``gbQueryPage`` of std.samr.gov.cn.

``stdQueryList`` as recorded in 2019 and 2021; ``gbQueryPage`` from documentation only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from crawlers.errors import RecordError, StructureChanged
from crawlers.parsers import vocabulary
from crawlers.parsers.firewall import refuse_block_page
from crawlers.parsers.markup import decoded
from crawlers.parsers.statement import ListPage, Statement

MAX_BYTES = 16 * 1024 * 1024
_HIGHLIGHT = re.compile(r"</?sacinfo>", re.IGNORECASE)
_PK = re.compile(r"[0-9a-fA-F]{32,64}")
_GB_ID = re.compile(r"[0-9A-Za-z%=+/_-]{8,80}")

_HBBA_KNOWN = frozenset(
    {
        "actDate",
        "chName",
        "chargeDept",
        "code",
        "empty",
        "industry",
        "issueDate",
        "ministry",
        "otherResultColumns",
        "pk",
        "recordDate",
        "recordNo",
        "status",
    }
)
_GB_KNOWN = frozenset({"id", "C_STD_CODE", "C_C_NAME", "STD_NATURE", "ISSUE_DATE", "ACT_DATE", "STATE", "PROJECT_ID"})


def parse_query_list(body: bytes, url: str) -> ListPage:
    """``POST /stdQueryList``: ``{"current", "pages", "size", "total", "records": [{"pk", "code", "chName", …}]}``."""
    answer = _object(body, url)
    records = _list(answer, "records", url)
    rows, rejected = _read(records, lambda record: _hbba_row(record, url))
    page, pages = _count(answer, "current", url), _count(answer, "pages", url)
    return _checked(ListPage(_count(answer, "total", url), page, pages, rows, rejected), url)


def parse_gb_query(body: bytes, url: str) -> ListPage:
    """``GET /gb/search/gbQueryPage``: ``{"total", "pageNumber", "rows": [{"id", "C_STD_CODE", "C_C_NAME", …}]}``."""
    answer = _object(body, url)
    rows, rejected = _read(_list(answer, "rows", url), _gb_row)
    page = _count(answer, "pageNumber", url) if "pageNumber" in answer else 1
    return _checked(ListPage(_count(answer, "total", url), page, None, rows, rejected), url)


def _hbba_row(record: Mapping[str, Any], url: str) -> Statement:
    pk = _text(record, "pk")
    if not _PK.fullmatch(pk):
        raise RecordError("missing_value", "pk")
    host = "dbba" if "dbba." in url else "hbba"
    return Statement(
        key=pk.lower(),
        url=f"https://{host}.sacinfo.org.cn/stdDetail/{pk.lower()}",
        designation=_required(record, "code"),
        status=vocabulary.status(_required(record, "status")),
        title_zh=_required(record, "chName"),
        published=vocabulary.day_of_milliseconds(record.get("issueDate"), "issueDate"),
        effective=vocabulary.day_of_milliseconds(record.get("actDate"), "actDate"),
        responsible=vocabulary.organisations(_text(record, "chargeDept")),
        record_number=_text(record, "recordNo"),
        recorded_on=vocabulary.day_of_milliseconds(record.get("recordDate"), "recordDate"),
        industry=_text(record, "industry"),
        problems=_unknown(record, _HBBA_KNOWN),
    )


def _gb_row(record: Mapping[str, Any]) -> Statement:
    key = _text(record, "id")
    if not _GB_ID.fullmatch(key):
        raise RecordError("missing_value", "id")
    nature = _text(record, "STD_NATURE")
    known = nature in vocabulary.NOTHING or nature in vocabulary.OBLIGATIONS
    problems = () if known else (f"STD_NATURE {nature[:60]!r}",)
    return Statement(
        key=key,
        url=f"https://std.samr.gov.cn/gb/search/gbDetailed?id={quote(key, safe='%')}",
        designation=_required(record, "C_STD_CODE"),
        status=vocabulary.status(_required(record, "STATE")),
        title_zh=_required(record, "C_C_NAME"),
        published=vocabulary.day_of_milliseconds(record.get("ISSUE_DATE"), "ISSUE_DATE"),
        effective=vocabulary.day_of_milliseconds(record.get("ACT_DATE"), "ACT_DATE"),
        obligation=vocabulary.OBLIGATIONS.get(nature, ""),
        plan=_text(record, "PROJECT_ID"),
        problems=problems + _unknown(record, _GB_KNOWN),
    )


def _read(
    records: list[Any], read_one: Callable[[Mapping[str, Any]], Statement]
) -> tuple[tuple[Statement, ...], tuple[RecordError, ...]]:
    rows: list[Statement] = []
    rejected: list[RecordError] = []
    for record in records:
        if not isinstance(record, dict):
            rejected.append(RecordError("wrong_type", f"a row is {type(record).__name__}"))
            continue
        try:
            rows.append(read_one(record))
        except RecordError as problem:
            rejected.append(problem)
    return tuple(rows), tuple(rejected)


def _checked(listing: ListPage, url: str) -> ListPage:
    shown = len(listing.rows) + len(listing.rejected)
    if shown > listing.total:
        raise StructureChanged(f"{url}: {shown} rows, but {listing.total} standards told")
    last = listing.pages if listing.pages is not None else 1
    if not shown and listing.total and listing.page <= last:
        raise StructureChanged(f"{url}: {listing.total} standards are told, no row is shown")
    return listing


def _object(body: bytes, url: str) -> dict[str, Any]:
    if not body.strip():
        raise StructureChanged(f"{url}: empty answer")
    if len(body) > MAX_BYTES:
        raise StructureChanged(f"{url}: {len(body)} bytes, more than {MAX_BYTES}")
    refuse_block_page(body, url)
    try:
        answer = json.loads(decoded(body))
    except (ValueError, RecursionError) as problem:
        raise StructureChanged(f"{url}: no JSON") from problem
    if not isinstance(answer, dict):
        raise StructureChanged(f"{url}: the answer is {type(answer).__name__}, not an object")
    return answer


def _list(answer: Mapping[str, Any], key: str, url: str) -> list[Any]:
    value = answer.get(key)
    if not isinstance(value, list):
        raise StructureChanged(f"{url}: no list {key!r}")
    return value


def _count(answer: Mapping[str, Any], key: str, url: str) -> int:
    value = answer.get(key)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        raise StructureChanged(f"{url}: {key} is no count")
    return value


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RecordError("wrong_type", f"{key} is {type(value).__name__}")
    return " ".join(_HIGHLIGHT.sub("", value).split())


def _required(record: Mapping[str, Any], key: str) -> str:
    value = _text(record, key)
    if not value:
        raise RecordError("missing_value", key)
    return value


def _unknown(record: Mapping[str, Any], known: frozenset[str]) -> tuple[str, ...]:
    names = sorted(str(name) for name in record.keys() - known)
    return (f"fields nobody knows: {', '.join(names)[:200]}",) if names else ()
