"""Two texts article by article."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from content.regulations.text.comparing import ADDED, CHANGED, MOVED, REMOVED, SAME, Row, compare, counts, words_changed
from content.regulations.text.numerals import numeral_of
from content.regulations.text.structure import Unit, parse

SENTENCES = (
    "国家对产品质量实行以抽查为主要方式的监督检查制度。",
    "生产者应当对其生产的产品质量负责，不得掺杂掺假。",
    "销售者应当建立并执行进货检查验收制度，验明产品合格证明和其他标识。",
    "违反本法规定的，责令停止生产、销售，没收违法所得，并处罚款。",
    "军工产品质量监督管理办法，由国务院、中央军事委员会另行制定。",
    "检验机构必须具备相应的检测条件和能力，经考核合格后方可承担检验工作。",
)


def law(*sentences: str) -> list[Unit]:
    return parse(f"第{numeral_of(at)}条 {text}" for at, text in enumerate(sentences, 1)).units


def kinds(rows: list[Row]) -> list[tuple[str, str, str]]:
    return [(row.kind, row.old.number if row.old else "", row.new.number if row.new else "") for row in rows]


def test_an_article_that_is_put_in_moves_those_behind_it() -> None:
    a, b, c, d = SENTENCES[:4]
    assert kinds(compare(law(a, b, c), law(a, d, b, c))) == [
        (SAME, "1", "1"),
        (ADDED, "", "2"),
        (MOVED, "2", "3"),
        (MOVED, "3", "4"),
    ]


def test_an_article_that_is_taken_out_stands_where_it_stood() -> None:
    a, b, c = SENTENCES[:3]
    assert kinds(compare(law(a, b, c), law(a, c))) == [(SAME, "1", "1"), (REMOVED, "2", ""), (MOVED, "3", "2")]


def test_words_that_changed_are_marked() -> None:
    old, new = SENTENCES[0], SENTENCES[0].replace("主要方式", "重要方式")
    (row,) = compare(law(old), law(new))
    assert row.kind == CHANGED
    assert "".join(piece.text for piece in row.pieces if piece.mark != ADDED) == old
    assert "".join(piece.text for piece in row.pieces if piece.mark != REMOVED) == new
    assert [piece.text for piece in row.pieces if piece.mark == ADDED] == ["重要"]


def test_an_article_that_moved_and_changed_is_found() -> None:
    a, b, c = SENTENCES[:3]
    rows = compare(law(a, b), law(c, a, b.replace("不得", "禁止")))
    assert kinds(rows) == [(ADDED, "", "1"), (MOVED, "1", "2"), (CHANGED, "2", "3")]
    assert rows[2].renumbered


def test_another_article_under_the_same_number_is_no_change() -> None:
    rows = compare(law(SENTENCES[1]), law(SENTENCES[4]))
    assert sorted(row.kind for row in rows) == [ADDED, REMOVED]


def test_long_texts_are_compared_by_paragraphs() -> None:
    old = "\n".join(f"第{number}项内容如前所述的规定。" for number in range(3_000))
    new = old.replace("第1500项", "第一千五百项")
    pieces = words_changed(old, new)
    assert [piece.mark for piece in pieces] == [SAME, REMOVED, ADDED, SAME]
    assert "第一千五百项" in pieces[2].text


texts = st.lists(st.sampled_from(SENTENCES), max_size=8)


@given(texts, texts)
def test_every_article_of_both_texts_is_in_one_row(old: list[str], new: list[str]) -> None:
    before, after = law(*old), law(*new)
    rows = compare(before, after)
    assert [row.new for row in rows if row.new] == after
    assert sorted(row.old.anchor for row in rows if row.old) == sorted(unit.anchor for unit in before)
    assert sum(counts(rows).values()) == len(rows)


@given(texts)
def test_a_text_is_the_same_as_itself(sentences: list[str]) -> None:
    assert all(row.kind == SAME for row in compare(law(*sentences), law(*sentences)))


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_pieces_make_both_texts(old: str, new: str) -> None:
    pieces = words_changed(old, new)
    assert "".join(piece.text for piece in pieces if piece.mark != ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.mark != REMOVED) == new
