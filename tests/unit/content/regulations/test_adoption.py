"""Notes of adoption."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.regulations.text import adoption
from content.regulations.text.adoption import Stage

LAW = """（1993年2月22日第七届全国人民代表大会常务委员会第三十次会议通过 根据2009年8月27日全国人大常委会第十次会议
《关于修改部分法律的决定》第二次修正 2018年12月29日第十三届全国人民代表大会常务委员会第七次会议修订）"""
CITY = [
    "2018年8月29日 东山市第十五届人民代表大会常务委员会第四十次会议通过",
    "2018年11月29日 西河省第十三届人民代表大会常务委员会第七次会议批准",
    "2021年10月29日 东山市第十六届人民代表大会常务委员会第二次会议通过",
    "2021年11月27日 西河省第十三届人民代表大会常务委员会第二十八次会议批准的《东山市人大常委会修改某条例的决定》修正",
]
ORDER = [
    "2003年11月12日 国务院第28次常务会议通过",
    "2003年11月24日 中华人民共和国国务院令第393号公布",
    "2004年2月1日 施行",
    "2013年7月18日 《国务院关于废止和修改部分行政法规的决定》第一次修订",
]


def told(lines: list[str]) -> list[Stage]:
    return adoption.stages(adoption.events(lines))


def test_a_law_with_its_amendments() -> None:
    found = told(LAW.split("\n"))
    assert [(one.kind, one.date) for one in found] == [
        ("adopted", "1993-02-22"),
        ("amended", "2009-08-27"),
        ("revised", "2018-12-29"),
    ]
    assert found[1].by == "关于修改部分法律的决定"
    assert adoption.issuer(found[0].events, "某法") == "全国人民代表大会常务委员会"


def test_what_a_city_adopts_and_its_province_approves_is_one_version() -> None:
    found = told(CITY)
    assert [(one.kind, one.dates, one.date) for one in found] == [
        ("adopted", ("2018-08-29", "2018-11-29"), "2018-11-29"),
        ("amended", ("2021-10-29", "2021-11-27"), "2021-11-27"),
    ]
    assert adoption.issuer(found[0].events, "某条例") == "东山市人民代表大会常务委员会"


def test_an_order_of_the_state_council() -> None:
    first, second = told(ORDER)
    assert (first.date, first.effective, first.number) == (
        "2003-11-24",
        "2004-02-01",
        "中华人民共和国国务院令第393号",
    )
    assert (second.kind, second.date) == ("revised", "2013-07-18")


def test_an_approval_that_belongs_to_what_follows() -> None:
    found = told(["1997年7月1日 施行 2001年8月18日某省人大批准的2001年7月19日某市人大《关于修改某办法的决定》修正"])
    assert [(one.kind, one.dates) for one in found][-1] == ("amended", ("2001-07-19", "2001-08-18"))


def test_two_courts_adopt_one_act() -> None:
    found = told(["2018年7月30日最高人民法院审判委员会第1745次会议、2018年10月19日最高人民检察院第七次会议通过"])
    assert [(one.kind, one.dates) for one in found] == [("adopted", ("2018-07-30", "2018-10-19"))]


def test_a_misplaced_mark_of_a_title_does_not_hide_the_amendment() -> None:
    (event,) = adoption.events(["2012年1月13日某省人大常委会《关于修改某条例的决定修正》"])
    assert event.kind == "amended"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("本法自2024年5月1日起施行。", "2024-05-01"),
        ("本条例自二〇〇四年二月一日起施行。", "2004-02-01"),
        ("本办法自发布之日起施行。", "2020-01-01"),
        ("本规定自公布之日起生效。", "2020-01-01"),
        ("本法自2024年13月1日起施行。", ""),
        ("本法另行施行。", ""),
    ],
)
def test_entry_into_force(text: str, day: str) -> None:
    assert adoption.in_force_from(text, "2020-01-01") == day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("中华人民共和国国务院令第373号公布", "中华人民共和国国务院令第373号"),
        ("国家市场监督管理总局令第57号公布", "国家市场监督管理总局令第57号"),
        ("法释〔2020〕19号", "法释〔2020〕19号"),
        ("国务院批准", ""),
        ("《某令第3号》修正", ""),
    ],
)
def test_numbers_of_orders(text: str, number: str) -> None:
    assert adoption.order_number(text) == number


@given(st.text(alphabet="12年月日十二〇通过批准修正公布施行的《》（）国务院令第号 ", max_size=200))
def test_any_note_gives_days_that_exist(text: str) -> None:
    for stage in told([text]):
        assert stage.date
        assert stage.date in stage.dates or stage.effective
