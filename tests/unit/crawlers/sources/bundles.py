"""What the bundled facts must be: the latest word of the recorded pages on each standard."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable

from crawlers.errors import StructureChanged
from crawlers.parsers import listings, openstd, sacinfo, ttbz
from crawlers.parsers.statement import ListPage, Statement
from tests.unit.crawlers.sources.conftest import Answer, Recordings

Lists = Callable[[bytes, str], ListPage]
Details = Callable[[bytes, str], Statement]

PORTALS: dict[str, tuple[str, Lists, str, Details]] = {
    "openstd": ("std_list", openstd.parse_list, "newGbInfo", openstd.parse_detail),
    "hbba": ("stdQueryList", listings.parse_query_list, "stdDetail", sacinfo.parse_filed),
    "ttbz": ("ttbz.org.cn/Home/Standard", ttbz.parse_list, "StandardManage/Detail", ttbz.parse_detail),
}


def facts(portal: str, recordings: Recordings) -> str:
    """The lines of a portal's bundle: a standard's page where one was recorded, else its row in a list."""
    list_part, parse_list, detail_part, parse_detail = PORTALS[portal]
    latest: dict[str, tuple[Answer, Statement]] = {}
    for answer in recordings.of(list_part):
        with contextlib.suppress(StructureChanged):  # the one that broke off
            for row in parse_list(answer.body, answer.url).rows:
                latest[row.key] = (answer, row)
    for answer in recordings.of(detail_part):
        page = parse_detail(answer.body, answer.url)
        latest[page.key] = (answer, page)
    return "".join(_lines(latest.values()))


def _lines(said: Iterable[tuple[Answer, Statement]]) -> Iterable[str]:
    for answer, statement in sorted(said, key=lambda it: it[1].designation):
        item = statement.item().model_dump(mode="json", exclude_defaults=True)
        yield json.dumps({"recorded": answer.day.isoformat(), "item": item}, ensure_ascii=False) + "\n"
