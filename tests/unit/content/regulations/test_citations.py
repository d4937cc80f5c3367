"""What texts cite and repeal, and titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.regulations.text.citations import cited, repealed, spans_of_titles, titles_in
from content.regulations.text.structure import parse
from content.regulations.text.titles import is_act, match_key, tidy_title

TEXT = [
    "第一条 根据《中华人民共和国标准化法》和《〈某法〉实施条例》，制定本办法。",
    "第二条 产品应当符合GB 6675.1-2014和GB/T 19001，领取《卫生许可证》。",
    "第三条 《中华人民共和国标准化法》另有规定的除外。",
    "第四条 本办法自2024年1月1日起施行。《某旧办法》同时废止，《某规定》第三条同时废止。",
]


def test_what_a_text_cites_and_where() -> None:
    found = {(one.kind, one.key): one for one in cited(parse(TEXT).units, "某办法")}
    assert found["regulation", "标准化法"].places == ("article-1", "article-3")
    assert found["regulation", "《某法》实施条例"].name == "《某法》实施条例"
    assert found["standard", "gb-6675.1-2014"].places == ("article-2",)
    assert ("standard", "gb-t-19001") in found
    assert not any("许可证" in one.name for one in found.values())


def test_what_a_text_repeals_as_a_whole() -> None:
    assert repealed(parse(TEXT).units, "某办法") == ["某旧办法"]


def test_an_act_does_not_cite_or_repeal_itself() -> None:
    units = parse(["第一条 《中华人民共和国甲法》同时废止。"]).units
    assert cited(units, "甲法") == []
    assert repealed(units, "甲法") == []


@pytest.mark.parametrize(
    ("title", "act"),
    [
        *[
            ("中华人民共和国刑法", True),
            ("管理条例（试行）", False),
            ("产品质量管理办法（试行）", True),
            ("卫生许可证", False),
        ],
        *[
            ("办法", False),
            ("实施条例", False),
            ("某标准", True),
            ("商标公告", False),
            ("食品安全国家标准 果冻", False),
        ],
    ],
)
def test_titles_of_acts(title: str, act: bool) -> None:
    assert is_act(title) == act


def test_spellings_of_one_title() -> None:
    assert match_key("中华人民共和国产品质量法") == match_key("产品质量法（2018修正）") == "产品质量法"
    assert match_key("北京市实施《中华人民共和国水法》办法") == match_key("北京市实施〈水法〉办法")
    assert tidy_title("某省  人大常委会关于 某决议") == "某省人大常委会关于某决议"


@given(st.text(alphabet="《》〈〉法甲\n", max_size=60))
def test_marks_of_titles_in_any_order(text: str) -> None:
    last = 0
    for (start, end), title in zip(spans_of_titles(text), titles_in(text), strict=True):
        assert last <= start <= end
        assert text[start:end] == title
        assert title.count("《") == title.count("》")
        last = end
