"""Titles of Chinese regulations: when two mean the same act, and what an act is by its title."""

from __future__ import annotations

import re
from typing import Final

_STATE: Final = "中华人民共和国"
_BRACKETS: Final = str.maketrans("()〈〉<>﹤﹥「」", "（）《》《》《》《》")
_BLANK: Final = re.compile(r"\s+")
_TAIL: Final = re.compile(r"（(?:\d{4}年?(?:修订|修正|版|本)?(?:修订|修正)?|修订|修正|试行|暂行)）$")

ENDINGS: Final = (
    *("法", "条例", "规定", "办法", "细则", "规则", "决定", "解释", "规范", "标准", "通知", "章程", "公约", "议定书"),
    *("命令", "令", "批复", "安排", "目录", "法典", "准则", "公告", "决议", "协定", "条约", "指引", "指南", "规程"),
    *("意见", "名录", "纲要", "通告", "基本法", "答复", "纪要", "编"),
)
"""How titles of acts end; what ends otherwise in 《》 is a certificate, a book or a form."""
_NO_ACT: Final = frozenset(("实施条例", "实施细则", "实施办法", "管理办法", "管理条例", "炮制规范", "商标公告"))
"""Abbreviations of a title given before, as an ending alone is one, too; and a gazette."""


def tidy_title(title: str) -> str:
    """A title on one line with Chinese brackets, no blank beside Chinese characters."""
    line = _BLANK.sub(" ", title.translate(_BRACKETS)).strip()
    return re.sub(r"(?<=[\u3000-\u9fff）》]) | (?=[\u3000-\u9fff（《])", "", line)


def match_key(title: str) -> str:
    """What two spellings of one title have in common: 中华人民共和国产品质量法 and 产品质量法 are one law.

    Marks of a year or of a trial at the end do not count; the names of provinces and cities do.
    """
    key = tidy_title(title).replace(_STATE, "").replace(" ", "")
    return _TAIL.sub("", key) or key


def is_act(title: str) -> bool:
    """Whether what stands in 《》 is the title of an act, as far as its ending tells."""
    bare = _TAIL.sub("", title)
    return bare.endswith(ENDINGS) and bare not in ENDINGS and bare not in _NO_ACT and 2 <= len(bare) <= 200
