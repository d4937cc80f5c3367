"""Pasted lists: nothing is lost, and every entry says what it is or why it is none."""

from __future__ import annotations

from search.designations import split_list


def entries(text: str) -> list[tuple[int, str, str, str]]:
    return [
        (e.line, e.designation.canonical if e.designation else e.number, e.title, e.error) for e in split_list(text)
    ]


def test_one_a_line_with_titles_and_enumerators() -> None:
    text = "1. GB/T 19001-2016 质量管理体系 要求\n（2）《家用吸油烟机》GB/T 17713-2011\n\n3、T/CAS 115—2005"
    assert entries(text) == [
        (1, "GB/T 19001-2016", "质量管理体系 要求", ""),
        (2, "GB/T 17713-2011", "家用吸油烟机", ""),
        (4, "T/CAS 115-2005", "", ""),
    ]


def test_columns_of_a_spreadsheet() -> None:
    assert entries("1\tISO 9001:2015\tQuality management systems\n2\tISO 14001:2015\tEnvironment") == [
        (1, "ISO 9001:2015", "Quality management systems", ""),
        (2, "ISO 14001:2015", "Environment", ""),
    ]


def test_separators_in_one_line() -> None:
    assert entries("GB 1、GB 2，ISO 3；XYZ 4; RFC 5") == [
        (1, "GB 1", "", ""),
        (1, "GB 2", "", ""),
        (1, "ISO 3", "", ""),
        (1, "XYZ 4", "", "unknown-publisher"),
        (1, "RFC 5", "", ""),
    ]


def test_ranges_are_taken_apart() -> None:
    text = "GB/T 2423.1～2423.3、GB 2760\nISO 10993-1 to ISO 10993-2 Biological evaluation"
    assert entries(text) == [
        (1, "GB/T 2423.1", "", ""),
        (1, "GB/T 2423.2", "", ""),
        (1, "GB/T 2423.3", "", ""),
        (1, "GB 2760", "", ""),
        (2, "ISO 10993-1", "", ""),
        (2, "ISO 10993-2", "Biological evaluation", ""),
    ]


def test_a_designation_in_brackets_behind_its_title_is_the_entry() -> None:
    assert entries("《食品安全国家标准 食品添加剂使用标准》（GB 2760-2014）") == [
        (1, "GB 2760-2014", "食品安全国家标准 食品添加剂使用标准", "")
    ]
    assert entries("质量管理体系（ISO 9000:2015，IDT）")[0][3] == "unknown-publisher"


def test_what_a_title_mentions_is_no_entry() -> None:
    text = "GB/T 19000-2016 质量管理体系 基础和术语（ISO 9000:2015，IDT） 代替 GB/T 19000-2008"
    assert entries(text) == [
        (1, "GB/T 19000-2016", "质量管理体系 基础和术语（ISO 9000:2015，IDT） 代替 GB/T 19000-2008", "")
    ]


def test_lower_case_is_read_where_a_line_begins_with_it() -> None:
    assert entries("t cas 115-2005 something\ngbt19001") == [
        (1, "T/CAS 115-2005", "something", ""),
        (2, "GB/T 19001", "", ""),
    ]


def test_what_is_none_is_kept_with_its_reason() -> None:
    assert entries("foo bar\nISO\n" + "x" * 300) == [
        (1, "foo bar", "", "unknown-publisher"),
        (2, "ISO", "", "no-number"),
        (3, "x" * 300, "", "too-long"),
    ]
