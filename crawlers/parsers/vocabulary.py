"""Values of the Chinese standards portals: status words, dates, classifications, organisations. Strict in meaning.

Sources of the words: 国家标准全文公开系统, 全国标准信息公共服务平台, 行业标准备案信息公示平台 and 全国团体标准信息平台,
as recorded from 2019 to 2026.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone

from crawlers.errors import RecordError

BEIJING = timezone(timedelta(hours=8))

STATUSES = {
    "现行": "in_force",
    "现行有效": "in_force",
    "有效": "in_force",
    "即将实施": "upcoming",
    "未实施": "upcoming",
    "尚未实施": "upcoming",
    "废止": "withdrawn",
    "已废止": "withdrawn",
    "作废": "withdrawn",
    "被代替": "superseded",
    "已被代替": "superseded",
    "被替代": "superseded",
    # replaced or withdrawn in part: what is left stays in force
    "部分代替": "in_force",
    "部分被代替": "in_force",
    "被部分代替": "in_force",
    "部分废止": "in_force",
    "制定中": "draft",
    "正在起草": "draft",
    "正在征求意见": "draft",
    "正在审查": "draft",
    "正在批准": "draft",
}

OBLIGATIONS = {
    "强标": "mandatory",
    "强制性": "mandatory",
    "强制": "mandatory",
    "强制性国家标准": "mandatory",
    "推标": "recommended",
    "推荐性": "recommended",
    "推荐": "recommended",
    "推荐性国家标准": "recommended",
    "指导": "guidance",
    "指导性": "guidance",
    "指导性技术文件": "guidance",
    "指导性文件": "guidance",
}

NOTHING = frozenset({"", "-", "--", "—", "——", "/", "无", "暂无", "null", "None", "undefined"})
"""How the portals write that there is no value."""

_TIME = r"(?:[ T]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?"
_CHINESE_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日" + _TIME)
_DASHED_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?=[ T])" + _TIME + ")?")
_COMPACT_DATE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:(?=[ T])" + _TIME + ")?")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})")
_TIME_STAMP = re.compile(r"-?\d{11,13}", re.ASCII)
_DAY_MILLISECONDS, _BEIJING_MILLISECONDS = 86_400_000, 28_800_000
_EARLY = 100_000_000_000
"""Milliseconds from 1970 to 1973, which in seconds would be the year 5138."""
_MILLISECONDS_MAX = 4_102_444_800_000
"""Year 2100."""


def status(word: str) -> str:
    """The store's status code of a Chinese status word; RecordError for a word nobody has decided about."""
    try:
        return STATUSES["".join(word.split())]
    except KeyError:
        raise RecordError("unknown_status", repr(word[:60])) from None


def day(text: str, what: str) -> str:
    """A date in any of the portals' spellings as ``YYYY-MM-DD``, "" for none; RecordError for what is no date."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    if text in NOTHING:
        return ""
    if _INSTANT.fullmatch(text):
        try:
            return datetime.fromisoformat(text).astimezone(BEIJING).date().isoformat()
        except ValueError as problem:
            raise RecordError("bad_date", f"{what}: {text!r}") from problem
    found = _CHINESE_DATE.fullmatch(text.replace(" ", "")) or _DASHED_DATE.fullmatch(text)
    found = found or _COMPACT_DATE.fullmatch(text)
    if not found:
        raise RecordError("bad_date", f"{what}: {text[:60]!r}")
    try:
        return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError as problem:
        raise RecordError("bad_date", f"{what}: {text[:60]!r}") from problem


def day_of_milliseconds(value: object, what: str) -> str:
    """The Beijing day of a JavaScript time stamp (the portals store midnight in Beijing), "" for None.

    Seconds and dates written as numbers (20190101) would be days of January 1970: only a midnight of the early
    seventies is believed.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        if not _TIME_STAMP.fullmatch(value):
            return day(value, what)
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _MILLISECONDS_MAX:
        raise RecordError("bad_date", f"{what}: {str(value)[:60]!r}")
    if abs(value) < _EARLY and (value + _BEIJING_MILLISECONDS) % _DAY_MILLISECONDS:
        raise RecordError("bad_date", f"{what}: {str(value)[:60]!r}")
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=value)).astimezone(BEIJING).date().isoformat()


_ICS = re.compile(r"(?<![\d.])(\d{1,2})(?:\.(\d{1,3})(?:\.(\d{1,2}))?)?(?![\d.])")
_CCS = re.compile(r"(?<![A-Za-z\d])([A-Z])\s?(\d{2})(?:\s?/\s?(?:\1)?(\d{2}))?(?![\d])")
_ICS_MARK = re.compile(r"ICS", re.IGNORECASE)


def ics(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """ICS codes in ``text`` and what of it could not be read.

    A name after the code is passed over (``13.020.01 环境和环境保护综合``). A group of two digits has lost its last
    zero on its way through a spreadsheet (``53.06`` is ``53.060``), a field of one digit its first (``1.12``).
    """
    text = _ICS_MARK.sub(" ", unicodedata.normalize("NFKC", text)).strip()
    if text in NOTHING:
        return (), ()
    codes: list[str] = []
    for field, group, subgroup in _ICS.findall(text):
        code = field.zfill(2)
        if group:
            code += "." + group.ljust(3, "0")
        if subgroup:
            code += "." + subgroup.ljust(2, "0")
        codes.append(code)
    return _once(codes), (() if codes else (f"ICS {text[:80]!r}",))


def ccs(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """CCS codes in ``text``, ICS codes that were written into the same field, and what could not be read.

    Both stand on a standard's cover, and some authors copy both: ``Y68 ICS 97.040.99``.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if text in NOTHING:
        return (), (), ()
    own, mark, rest = text, "", ""
    found = _ICS_MARK.search(text)
    if found:
        own, mark, rest = text[: found.start()], found[0], text[found.end() :]
    codes = [letter + number + (f"/{end}" if end else "") for letter, number, end in _CCS.findall(own)]
    if not codes and len(own.strip()) == 1 and own.strip() in "ABCDEFGHJKLMNPQRSTUVWXYZ":
        codes = [own.strip()]
    beside = ics(rest)[0] if mark else ()
    return _once(codes), beside, (() if codes or beside else (f"CCS {text[:80]!r}",))


_BETWEEN_NAMES = re.compile(r"[、;；,，\n\r\t|]+|(?<=[公司院所会局部校学])\s+")
_NAME_MAX = 300


def organisations(text: str) -> tuple[str, ...]:
    """Names in a list such as ``国家质量监督检验检疫总局、国家标准化管理委员会``."""
    names = (" ".join(name.split()).strip(" 。.") for name in _BETWEEN_NAMES.split(text))
    return _once(name for name in names if name not in NOTHING and len(name) <= _NAME_MAX)


def committee_or_office(name: str) -> tuple[str, tuple[str, ...]]:
    """归口单位 names a technical committee, or an office: (committee's name, offices)."""
    if "技术委员会" in name or "工作组" in name:
        return " ".join(name.split()), ()
    return "", organisations(name)


_COMMITTEE = re.compile(r"(TC|SWG)\s?(\d{1,4})(?:\s?/?\s?SC\s?(\d{1,3}))?")


def committee_code(text: str) -> str:
    """``TC28SC1`` → ``SAC/TC 28/SC 1``; "" for what is no code of a technical committee of SAC."""
    found = _COMMITTEE.fullmatch(text.strip())
    if not found:
        return ""
    return f"SAC/{found[1]} {found[2]}" + (f"/SC {found[3]}" if found[3] else "")


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
