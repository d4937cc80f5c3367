"""A record as one row of a table (CSV, RFC 4180)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import orjson

from content.sheets.writing import neutral

APART = "; "


def flat(document: Mapping[str, Any]) -> dict[str, str]:
    """Nested values by dotted names (``title.zh``), plain lists as one text, lists of records as JSON.

    No value begins like a formula (OWASP, CSV Injection).
    """
    return {name: neutral(value) for name, value in _pairs(document, "")}


def _pairs(document: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in document.items():
        if isinstance(value, Mapping):
            yield from _pairs(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):  # a moment, too
        return value.isoformat()
    if isinstance(value, list | tuple):
        if any(isinstance(one, Mapping | list | tuple) for one in value):
            return orjson.dumps(value).decode()
        return APART.join(map(_text, value))
    return str(value)
