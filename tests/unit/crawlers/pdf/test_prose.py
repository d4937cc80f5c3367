from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawlers.pdf.blocks import Line, RawBlock
from crawlers.pdf.prose import is_caption, join, join_lines

FULL = 400.0


def block(*lines: tuple[str, float] | tuple[str, float, float], table: bool = False) -> RawBlock:
    """Lines of size 10 given as (text, right end) or (text, right end, left end)."""
    made = [
        Line(fields[2] if len(fields) > 2 else 72, 700 - 12 * i, fields[1], 710 - 12 * i, 10, fields[0])
        for i, fields in enumerate(lines)
    ]
    return RawBlock(0, table, FULL, made)


def test_hyphens_at_line_ends_are_taken_back() -> None:
    assert join_lines(block(("the stan-", FULL), ("dard applies", 200))) == "the standard applies"
    assert join_lines(block(("the stan\u00ad", FULL), ("dard applies", 200))) == "the standard applies"


def test_hyphens_that_belong_to_the_word_stay() -> None:
    assert join("according to ISO-", "IEC rules") == "according to ISO-IEC rules"
    assert join("GB/T 19001-", "2016") == "GB/T 19001-2016"
    assert join("a well-", "Known name") == "a well-Known name"


def test_chinese_lines_are_joined_without_spaces() -> None:
    assert join_lines(block(("规定了质量管", FULL), ("理体系的要求。", 200))) == "规定了质量管理体系的要求。"
    assert join("按照", "GB/T 1.1") == "按照GB/T 1.1"


def test_korean_and_latin_lines_are_joined_with_a_space() -> None:
    assert join("이 표준은", "품질을") == "이 표준은 품질을"
    assert join("quality", "management") == "quality management"


def test_a_line_with_room_for_the_next_word_ends_its_paragraph() -> None:
    assert join_lines(block(("Scope", 120), ("This document specifies", 300))) == "Scope\nThis document specifies"
    assert join_lines(block(("范围", 100), ("本标准规定", 300))) == "范围\n本标准规定"


def test_list_items_begin_lines() -> None:
    assert join_lines(block(("• one item", FULL), ("• another item", FULL))) == "• one item\n• another item"
    assert join_lines(block(("1) one item", FULL), ("2) another item", FULL))) == "1) one item\n2) another item"


def test_an_indented_first_line_begins_a_paragraph_and_its_second_line_goes_on() -> None:
    first = ("第一段的开头", FULL, 92), ("一直到这里", FULL, 72)
    second = ("第二段的开头", FULL, 92), ("到此为止", 200, 72)
    assert join_lines(block(*first, *second)) == "第一段的开头一直到这里\n第二段的开头到此为止"


def test_table_rows_stay_lines() -> None:
    assert join_lines(block(("a\tb", FULL), ("c\td", FULL), table=True)) == "a\tb\nc\td"


def test_captions() -> None:
    assert is_caption("表 3 试验条件")
    assert is_caption("Figure 12 — Test bench")
    assert is_caption("图A.1 装置")
    assert not is_caption("表面处理")
    assert not is_caption("tables are read")


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=12), min_size=1, max_size=8))
def test_no_letter_is_lost(texts: list[str]) -> None:
    joined = join_lines(block(*[(text, FULL) for text in texts]))
    kept = [char for char in joined if char.isalnum()]
    assert kept == [char for text in texts for char in text if char.isalnum()]
