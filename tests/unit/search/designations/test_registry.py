"""The table of publishers."""

from __future__ import annotations

import pytest

from search.designations import issuing_bodies, parse, publisher, publishers

INDUSTRIES = (
    "AQ BB CB CH CJ CY DA DB DL DY DZ EJ FZ GA GC GD GH GM GY HB HG HJ HS HY JB JC JG JR JT JY LB LD LS LY MH MT MZ NB "
    "NY QB QC QJ QX RB RF SB SC SF SH SJ SL SN SW SY TB TD TY WB WH WJ WM WS WW XB XF YB YC YD YJ YS YY YZ ZY"
)


@pytest.mark.parametrize("code", INDUSTRIES.split())
def test_every_industry_code_has_its_authority(code: str) -> None:
    d = parse(f"{code}/T 1234-2018")
    assert (d.publisher, d.doctype, d.jurisdiction) == (code, "T", "industry")
    assert d.body.startswith("CN-")
    assert "(" in publisher(code).name_zh


def test_codes_are_unique_and_complete() -> None:
    everyone = publishers()
    assert len({p.code for p in everyone}) == len(everyone)
    assert all(p.name_zh and p.name_en and p.jurisdiction and p.body for p in everyone)


def test_every_province_and_its_cities() -> None:
    provinces = [p for p in publishers() if p.code.startswith("DB") and len(p.code) == 4]
    assert len(provinces) == 31
    assert publisher("DB44").name_zh == "广东省地方标准"
    assert publisher("DB4401").name_zh == "广州市地方标准"
    assert publisher("DB440300").name_zh == "深圳市地方标准"
    assert publisher("DB99").jurisdiction == "local"


def test_every_publisher_prints_what_it_reads() -> None:
    # DB without a weight is a province; SNV prints SN; LST is read as the LS/T of grain without its slash
    unread = {"DB", "SNV", "LST"}
    for p in publishers():
        if p.style in {"colon", "month", "gost", "as", "csa", "iso", "iec", "eu", "cn"} and p.code not in unread:
            number = "12-34" if p.code in {"DBJ", "DGJ"} else "123"
            assert parse(f"{p.code} {number}").publisher == p.code


def test_a_body_is_named_for_itself_and_not_for_one_of_its_series() -> None:
    names = issuing_bodies()
    assert names[parse("GB/T 1.1-2020").body] == ("国家标准化管理委员会", "Standardization Administration of China")
    assert names[parse("ISO 9001").body][0] == "国际标准化组织"
    assert names[parse("JB/T 13368-2018").body][0] == "工业和信息化部"
    assert names[parse("DB44/T 1").body] == ("广东省", "Guangdong")
    assert {one.body for one in publishers()} <= names.keys()
