"""What is marked in a text, and what is not."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.clauses import Everything
from search.highlight import SNIPPET, mark, needles, snippet, wanted
from search.plan import Group
from search.results import Marked
from search.text import fold

PIECES = "质量管理体系和产品服务 ，\nＰＶＣ-pvcé\u0301ﬁ👩\u200d🔬葛\U000e0100<&>ガ\u3099"
TEXTS = st.text(alphabet=st.one_of(st.sampled_from(PIECES), st.characters()), max_size=200)
NAMES = st.lists(
    st.one_of(st.text(max_size=20), st.sampled_from(["质量", "管理体系", "pvc-u", "服务", "quality management"])),
    max_size=4,
)


def marked(found: Marked) -> list[str]:
    return [text for text, matched in found if matched]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Sterilization of medical devices", ["device", "medical device"], ["medical devices"]),
        ("Devices", ["device", "medical device"], ["Devices"]),
        ("A device", ["very long name of a device", "device"], ["device"]),
        ("x" * 500, ["x" * 500], []),  # no word, in the index either
        ("nothing of it", ["device"], []),
        ("", ["device"], []),
        ("a text", [], []),
        ("a text", ["", "。", "  "], []),
    ],
)
def test_the_longest_name_that_stands_there_is_marked(text: str, names: list[str], expected: list[str]) -> None:
    assert marked(mark(text, needles(names))) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("质量管理体系 要求", ["质量管理"], ["质量管理"]),
        ("产品质量管理", ["质量"], ["质量"]),
        ("质量管理体系", ["管理", "管理体系"], ["管理体系"]),
        ("管理与管理体系", ["管理", "管理体系"], ["管理", "管理体系"]),
        ("质量管理", ["质量", "管理"], ["质量管理"]),
        ("不锈钢管", ["钢管"], ["钢管"]),
        ("金属材料 金属", ["金属"], ["金属", "金属"]),
    ],
)
def test_chinese_is_marked_by_words(text: str, names: list[str], expected: list[str]) -> None:
    assert marked(mark(text, needles(names))) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("产品和服务要求", "和服"),
        ("符合规定的产品", "合规"),
        ("执法人员", "法人"),
        ("残疾人参加", "人参"),
        ("产品质量", "品质"),
        ("初等保健", "等保"),
        ("環境質量", "质量"),  # the index keeps traditional characters apart too
    ],
)
def test_characters_of_other_words_are_not_marked(text: str, name: str) -> None:
    assert marked(mark(text, needles([name]))) == []


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("质 量\n管理体系", "质量管理体系", ["质 量\n管理体系"]),
        ("食品 安全", "食品安全", ["食品 安全"]),
        ("ＰＶＣ管材", "pvc", ["ＰＶＣ"]),
        ("聚氯乙烯（ＰＶＣ－Ｕ）", "PVC-U", ["ＰＶＣ－Ｕ"]),
        ("X 射线与x射线，X轴", "X射线", ["X 射线", "x射线"]),
        ("cafe\u0301 au lait", "cafe", ["cafe\u0301"]),
        ("Qualité", "qualite", ["Qualité"]),
        ("葛\U000e0100城", "葛", ["葛\U000e0100"]),
        ("ISO/TC 176", "tc176", ["TC 176"]),
        ("TC 176", "TC176", ["TC 176"]),
        ("80-05-7 bisphenol", "80-05-7", ["80-05-7"]),
        ("Ströme", "strom", []),
    ],
)
def test_what_the_index_takes_for_equal_is_marked_as_it_is_written(text: str, name: str, expected: list[str]) -> None:
    assert marked(mark(text, needles([name]))) == expected


def test_words_of_a_name_are_marked_apart_only_where_all_of_them_stand() -> None:
    name = needles(["quality management systems"])
    assert marked(mark("Systems for the management of quality", name)) == ["Systems", "management", "quality"]
    assert marked(mark("Environmental management systems", name)) == []
    chinese = needles(["食品安全"])
    assert marked(mark("安全的食品", chinese)) == ["安全", "食品"]
    assert marked(mark("食品机械", chinese)) == []


def test_a_phrase_is_marked_as_a_whole_or_not() -> None:
    group = Group("food safety", Everything(), ("food safety",), phrase=True)
    assert marked(mark("Safety of food, food safety", wanted([group]))) == ["food safety"]
    assert marked(mark("Safety of food", wanted([group]))) == []


def test_words_do_not_meet_across_chinese() -> None:
    assert marked(mark("PVC 管 U", needles(["pvc-u"]))) == []


def test_all_names_of_a_thing_are_marked() -> None:
    group = Group("轮胎", Everything(), ("轮胎", "车胎", "tyres"))
    assert marked(mark("轮胎与车胎 Tyre", wanted([group]))) == ["轮胎", "车胎", "Tyre"]


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Font properties", "font prop", ["Font properties"]),
        ("Properties of fonts", "font prop", []),
        ("质量管理体系", "质量管", ["质量管"]),
        ("Quality", "qu", ["Quality"]),
    ],
)
def test_the_last_word_may_be_unfinished(text: str, typed: str, expected: list[str]) -> None:
    assert marked(mark(text, needles([typed], unfinished=True))) == expected


def test_markup_in_a_text_stays_text() -> None:
    found = mark('<b>质量</b> & "x"', needles(["质量", "b"]))
    assert found.html == "&lt;<mark>b</mark>&gt;<mark>质量</mark>&lt;/<mark>b</mark>&gt; &amp; &quot;x&quot;"


def test_a_snippet_shows_the_first_match_in_whole_words() -> None:
    text = "word " * 100 + "needle in a haystack " + "word " * 100
    found = snippet(text, needles(["needle"]))
    shown = str(found)
    assert marked(found) == ["needle"]
    assert shown.startswith("… ") and shown.endswith(" …")
    assert set(shown.strip("… ").split()) == {"word", "needle", "in", "a", "haystack"}


def test_a_snippet_does_not_cut_a_match_or_a_character() -> None:
    long = "管理体系" * 10
    assert marked(snippet("前" * 130 + "，" + long, needles([long]))) == [long]
    family = "👩\u200d👩\u200d👧"
    text = "质量" + family * 100
    assert str(snippet(text, needles(["质量"]))).removesuffix(" …").removeprefix("质量").replace(family, "") == ""


@given(TEXTS, NAMES)
def test_marking_changes_no_text(text: str, names: list[str]) -> None:
    found = list(mark(text, needles(names)))
    assert "".join(span for span, _matched in found) == text
    assert all(span for span, _matched in found)
    assert all(one != two for (_, one), (_, two) in zip(found, found[1:], strict=False))


@given(TEXTS, NAMES)
def test_no_character_is_cut_in_two(text: str, names: list[str]) -> None:
    at = 0
    for span, _matched in list(mark(text, needles(names)))[:-1]:
        at += len(span)
        assert unicodedata.category(text[at])[0] != "M" and text[at] != "\u200d", ascii(text[at - 1 : at + 1])


@given(TEXTS, st.sampled_from(["质量", "管理体系", "pvc", "服务"]))
def test_what_is_marked_has_the_characters_of_the_name(text: str, name: str) -> None:
    for span in marked(mark(text, needles([name]))):
        bare = "".join(fold(span).split())
        assert set(bare) <= set(name), (span, name)


@given(TEXTS, NAMES)
def test_a_snippet_is_a_stretch_of_the_text(text: str, names: list[str]) -> None:
    found = snippet(text, needles(names))
    shown = str(found).removeprefix("… ").removesuffix(" …")
    assert shown in " ".join(text.split())
    assert bool(found) == bool(marked(found))
    assert len(shown) <= 2 * SNIPPET + 200


HOSTILE = ["中", "a ", "管理体系", "质量，", "\u0301", "é", "-", "葛\U000e0100", "<b>"]


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_a_long_text_takes_no_more_than_its_length(piece: str) -> None:
    """Quadratic work on 20,000 characters would take minutes."""
    text = piece * (20_000 // len(piece))
    many = [f"word{number} 质量{number}" for number in range(50)]
    names = needles([piece * 100, piece * 20, "质量", "管理体系" * 30, "中" * 250, *many])
    begun = time.process_time()
    mark(text, names)
    snippet(text, names)
    assert time.process_time() - begun < 2


def test_a_snippet_is_where_most_of_the_words_meet() -> None:
    text = "Atoms. " + "filler " * 60 + "the window manager owns the selection atom of that screen " + "filler " * 60
    shown = snippet(text, needles(["atom", "window", "manager", "selection"]))
    assert [span for span, matched in shown if matched] == ["window", "manager", "selection", "atom"]
