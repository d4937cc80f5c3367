"""Texts of laws in their parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.regulations.text.numerals import numeral_of
from content.regulations.text.structure import Structure, clauses, parse

LAW = """
# 目　录
第一章　总　则
第二章　监督管理
第一章　总　则
第一条　为了检验，制定本法。
第二条　本法适用于下列产品：
（一）甲；
（二）乙。
前款规定以外的，从其规定。
第二章　监督管理
第一节　检查
第三条　检查应当公开。
第三条之一　检查不得收费。
第二节　处罚
第四条　违反第三条规定的，处罚款。
第五条规定的情形除外。
附件1：产品目录
第一条　目录所列产品。
附件2
格式
"""


def anchors(found: Structure) -> list[str]:
    return [unit.anchor for unit in found.units]


def test_the_parts_of_a_law() -> None:
    found = parse(LAW.split("\n"))
    assert anchors(found) == [
        *("chapter-1", "article-1", "article-2", "chapter-2", "chapter-2-section-1", "article-3", "article-3-1"),
        *("chapter-2-section-2", "article-4", "annex-1", "annex-1-article-1", "annex-2"),
    ]
    by_anchor = {unit.anchor: unit for unit in found.units}
    assert (by_anchor["article-3-1"].number, by_anchor["article-3-1"].label) == ("3-1", "第三条之一")
    assert by_anchor["article-4"].text == "违反第三条规定的，处罚款。\n第五条规定的情形除外。"
    assert (by_anchor["annex-1"].label, by_anchor["annex-1"].heading) == ("附件1", "产品目录")
    assert by_anchor["annex-2"].text == "格式"
    assert by_anchor["chapter-1"].heading == "总则"
    assert found.articles == 5
    assert found.issues == []


def test_clauses_and_points_have_anchors_of_their_own() -> None:
    article = next(unit for unit in parse(LAW.split("\n")).units if unit.anchor == "article-2")
    assert [(anchor, kind) for anchor, kind, _text in clauses(article.anchor, article.text)] == [
        ("article-2-para-1", "clause"),
        ("article-2-para-1-item-1", "point"),
        ("article-2-para-1-item-2", "point"),
        ("article-2-para-2", "clause"),
    ]


def test_chapters_of_parts_do_not_share_anchors() -> None:
    found = parse(["第一编 总则", "第一章 甲", "第一条 一。", "第二编 物权", "第一章 乙", "第二条 二。"])
    assert anchors(found) == [
        *("part-1", "part-1-chapter-1", "article-1"),
        *("part-2", "part-2-chapter-1", "article-2"),
    ]


@pytest.mark.parametrize(
    ("lines", "issue"),
    [
        (["第一条 甲。", "第三条 乙。"], ("gap", "第三条", 2)),
        (["第一条 甲。", "第一条 乙。"], ("repeated", "第一条", 2)),
        (["第一条 甲。", "第二条 乙。", "第一条 丙。"], ("backward", "第一条", 3)),
        (["第十条 甲。"], ("start", "第十条", 1)),
    ],
)
def test_odd_numbers_are_told(lines: list[str], issue: tuple[str, str, int]) -> None:
    (found,) = parse(lines).issues
    assert (found.code, found.label, found.expected) == issue


def test_a_heading_of_an_article_in_brackets() -> None:
    found = parse(["第一条【目的】为了检验。", "第二条（适用范围） 本法适用于产品。", "第三条 （一）甲；"]).units
    assert [unit.heading for unit in found] == ["目的", "适用范围", ""]
    assert found[2].text == "（一）甲；"


def test_articles_run_together_with_their_text() -> None:
    found = parse(["第一条为了检验，制定本法。", "第二条本法适用于产品。", "第三条规定的除外。"])
    assert anchors(found) == ["article-1", "article-2"]
    assert found.units[1].text.endswith("第三条规定的除外。")


def test_a_text_without_articles_is_divided_by_its_items() -> None:
    found = parse(["某法院：", "答复如下：", "一、甲。", "1.乙。", "二、丙。", "此复。"])
    assert anchors(found) == ["text-1", "item-1", "item-2"]
    assert found.units[1].text == "甲。\n1.乙。"
    assert found.articles == 2


def test_a_decision_quotes_articles_and_has_none() -> None:
    found = parse(["决定：", "一、将第一条修改为：“第一条 甲。", "第二条 乙。”", "二、丙。"])
    assert anchors(found) == ["text-1", "item-1", "item-2"]


def test_what_nobody_sees_is_left_out() -> None:
    (unit,) = parse(["\u200b第一条\u3000甲\u200b。\x00", "\u200b", "  "]).units
    assert (unit.label, unit.text) == ("第一条", "甲。")


@given(st.integers(1, 400), st.sampled_from([" ", "\u3000", "\u2002"]))
def test_numbers_without_gaps_give_no_issue(count: int, blank: str) -> None:
    found = parse(f"第{numeral_of(number)}条{blank}甲。" for number in range(1, count + 1))
    assert found.issues == []
    assert anchors(found) == [f"article-{number}" for number in range(1, count + 1)]


@given(st.lists(st.text(alphabet="第一二十条章节编附件目录（）“”、。：# \u3000a1\n", max_size=20), max_size=30))
def test_any_text_keeps_all_of_its_words_and_its_anchors_are_single(lines: list[str]) -> None:
    found = parse(lines)
    assert len(set(anchors(found))) == len(found.units)
    said = "".join(f"{unit.label}{unit.heading}{unit.text}" for unit in found.units)
    # A table of contents and the marks of headings are left out, nothing is made up.
    assert len("".join(said.split())) <= len("".join("".join(lines).split()))
