"""Numbers of orders (令号): ``中华人民共和国国务院令第617号`` and whatever people type for it. Pure."""

from __future__ import annotations

import re
import unicodedata

_ORDER = re.compile(
    r"(?:中华人民共和国)?([\u4e00-\u9fff]{2,20}?(?:令|公告))\s*[\[(〔]?\s*(?:第\s*)?([0-9]{1,4})\s*号", re.ASCII
)


def order_key(text: str) -> str:
    """``国务院令617``: who orders and the number; empty for what is no such number alone."""
    match = _ORDER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return _key(match) if match else ""


def take_orders(text: str) -> tuple[list[str], str]:
    """The keys of the orders that a text names, and the text with a blank in place of each."""
    found: list[str] = []

    def taken(match: re.Match[str]) -> str:
        found.append(_key(match))
        return " "

    rest = _ORDER.sub(taken, text)
    return found, rest


def _key(match: re.Match[str]) -> str:
    return f"{match[1].removeprefix('中华人民共和国')}{int(match[2])}"
