"""An act in two versions, and others that cite and repeal."""

from __future__ import annotations

from typing import Any

from content.provenance.models import Source
from content.regulations import store
from content.regulations.items import RegulationItem
from content.regulations.models import Regulation
from crawlers.parsers import flk
from tests.factories import make_source

SLUG = "law-1982-08-23-758b33"
"""Address of 海洋环境保护法, of 1982."""
PAGE = f"/regulations/{SLUG}/"
NOTE_2017 = """1982年8月23日 第五届全国人民代表大会常务委员会第二十四次会议通过
2017年11月4日 第十二届全国人大常委会第三十次会议《关于修改〈中华人民共和国会计法〉等十一部法律的决定》修正"""
NOTE_2023 = f"{NOTE_2017}\n2023年10月24日 第十四届全国人大常委会第六次会议修订"
TEXT_2017 = """## 第一章 总 则
第一条 为了保护海洋环境，制定本法。
第二条 一切单位和个人都有保护海洋环境的义务。
第三条 船舶应当符合GB 3552-2018的要求。
## 第二章 附 则
第四条 本法自2000年4月1日起施行。"""
TEXT_2023 = """## 第一章 总 则
第一条 为了保护和改善海洋环境，根据《中华人民共和国宪法》，制定本法。
第二条 海洋环境保护应当坚持保护优先的原则。
第三条 任何单位和个人都有保护海洋环境的义务：
（一）报告污染；
（二）采取措施。
第四条 船舶应当符合GB 3552-2018和GB/T 19001的要求。
## 第二章 附 则
第五条 本法自2024年1月1日起施行。"""


def text_of(title: str, note: str, text: str) -> bytes:
    return f"# {title}\n\n{note}\n\n<!-- INFO END -->\n\n{text}\n".encode()


def law(note: str, text: str, day: str, title: str = "中华人民共和国海洋环境保护法") -> RegulationItem:
    return flk.parse_markdown(text_of(title, note, text), f"行政法/{title}({day}).md")


OLD = law(NOTE_2017, TEXT_2017, "2017-11-04")
NEW = law(NOTE_2023, TEXT_2023, "2023-10-24")
RULE = flk.parse_markdown(
    text_of(
        "船舶污染防治条例",
        "2020年1月2日 中华人民共和国国务院令第700号公布",
        "第一条 根据《中华人民共和国海洋环境保护法》，制定本条例。\n"
        "第二条 本条例自2020年3月1日起施行。《旧船舶条例》同时废止。",
    ),
    "行政法规/船舶污染防治条例(2020-01-02).md",
)
GONE = flk.parse_markdown(
    text_of("旧船舶条例", "1990年1月2日 国务院令第9号发布", "第一条 船舶不得污染海洋。"),
    "行政法规/旧船舶条例(1990-01-02).md",
)


def load(*items: RegulationItem, source: Source | None = None, **values: Any) -> Source:
    """Through the store."""
    source = source or make_source("flk", authority="")
    store.upsert(items, source=source, **values)
    return source


def act(match: str = "海洋环境保护法") -> Regulation:
    return Regulation.objects.get(match=match)
