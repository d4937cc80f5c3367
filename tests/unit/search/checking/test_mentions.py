"""Designations with their places and the titles beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.sheets.pieces import Piece, Place, Unit, of_table, of_text
from search.checking.mentions import MAX_PLACES, mentions


def titles(text: str) -> dict[str, str]:
    return {one.written: one.title for one in mentions(of_text(text)).found}


def test_each_designation_once_with_all_its_places() -> None:
    found = mentions(of_text("see GB/T 1.1-2020\nand gbt1.1—2020\r\nISO 9001"))
    first, second = found.found
    assert (first.written, first.count) == ("GB/T 1.1-2020", 2)
    assert first.places == [Place(Unit.LINE, "1"), Place(Unit.LINE, "2")]
    assert second.places == [Place(Unit.LINE, "3")]


def test_places_are_bounded_and_counted_on() -> None:
    (one,) = mentions(of_text("ISO 9001\n" * 100)).found
    assert (len(one.places), one.count) == (MAX_PLACES, 100)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("按 GB 4943.1—2011《信息技术设备 安全》检验", "信息技术设备 安全"),
        ("依据《质量管理体系 要求》（GB/T 19001-2016）", "质量管理体系 要求"),
        ("1. GB/T 19001-2016 质量管理体系 要求", "质量管理体系 要求"),
        ("GB/T 19001-2016\t质量管理体系 要求\t有效", "质量管理体系 要求 有效"),
        ("ISO 9001:2015  Quality management systems — Requirements", "Quality management systems — Requirements"),
        ("ISO 9001:2015 was audited", ""),
        ("本报告按 GB/T 2423.1 进行试验。", ""),
        ("GB/T 2423.1 2020-01-01", ""),
        ("GB/T 19001-2016 已经废止，请使用新版。", ""),
    ],
)
def test_the_title_beside_it(text: str, title: str) -> None:
    (found,) = titles(text).values()
    assert found == title


def test_a_title_belongs_to_one_designation_only() -> None:
    found = titles("GB 4943.1-2011《信息技术设备》\nISO 9001:2015\nGB 10001《标准》、GB 10002")
    assert found["ISO 9001:2015"] == ""
    assert (found["GB 10001"], found["GB 10002"]) == ("标准", "")


def test_a_column_of_titles() -> None:
    rows = [["清单"], ["序号", "标准编号", "标准名称"], ["1", "GB/T 1.1-2020", "标准化工作导则"], ["2", "ISO 9001", ""]]
    first, second = mentions(of_table(rows, "表1")).found
    assert (first.title, first.places) == ("标准化工作导则", [Place(Unit.CELL, "B3", "表1")])
    assert second.title == ""


def test_no_column_of_titles_no_titles() -> None:
    (one,) = mentions(of_table([["项目", "依据"], ["抗拉强度试验方法", "GB/T 228.1-2021"]], "")).found
    assert one.title == ""


@given(st.text(max_size=300))
def test_any_text_gives_places_within_it(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for one in mentions(of_text(text)).found:
        assert all(1 <= int(place.at) <= lines for place in one.places)


def test_a_list_on_a_page_has_titles_and_broken_prose_has_none() -> None:
    page = Place(Unit.PAGE, "1")
    rows = "Ref.\nISO 9001:2015\tQuality management systems\nISO 14001\tEnvironmental management\nGB 4806\t食品安全标准"
    found = mentions([Piece(rows, page)]).found
    assert [one.title for one in found] == ["Quality management systems", "Environmental management", "食品安全标准"]
    assert {place for one in found for place in one.places} == {page}
    prose = "Tested according to\nISO 9001:2015 Quality Management Requirements"
    assert [one.title for one in mentions([Piece(prose, page)]).found] == [""]


@pytest.mark.parametrize(
    "text", ["S/N: SN 20231234", "No. QB20201234", "80.0 GB ST380021A", "样品编号：SN 12345678，数量 2"]
)
def test_numbers_of_samples_and_models_are_no_standards(text: str) -> None:
    assert mentions(of_text(text)).found == ()


@pytest.mark.parametrize("text", ["GB 4943.1-2011", "SN/T 5325.1-2020", "T/CECS 10001-2019", "Q/ABC 20200001-2020"])
def test_long_numbers_of_standards_are(text: str) -> None:
    assert [one.written for one in mentions(of_text(text)).found] == [text]


def test_a_name_that_goes_on_after_its_hyphen_has_no_title() -> None:
    assert titles("ISO-2022-JP 日文邮件的标准编码") == {"ISO-2022": ""}
