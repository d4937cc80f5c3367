"""Rules as files, there and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.synonyms.formats import decoded, from_csv, from_solr, read, to_csv, to_solr
from search.synonyms.rules import Kind, Rule

EQUIVALENT, ONE_WAY, TRANSLATION, ALIAS, BLOCKED = Kind
TERM = st.text(alphabet=st.characters(exclude_categories=["C", "Z"], exclude_characters="|'"), min_size=1, max_size=12)
TERMS = st.lists(TERM, min_size=1, max_size=4, unique_by=str.casefold).map(tuple)
RULES = st.lists(
    st.builds(Rule, st.sampled_from(Kind), TERMS, TERMS, st.sampled_from(["", "a, note", "=1+1"]), st.booleans()),
    max_size=5,
)


@given(RULES)
def test_csv_keeps_all_of_a_rule(rules: list[Rule]) -> None:
    lines, wrong = from_csv(to_csv(rules))
    assert ([rule for _line, rule in lines], wrong) == (rules, [])


@given(st.lists(TERMS.filter(lambda terms: len(terms) > 1), max_size=5))
def test_solr_keeps_equal_terms_whatever_is_in_them(groups: list[tuple[str, ...]]) -> None:
    rules = [Rule(EQUIVALENT, terms) for terms in groups]
    lines, wrong = from_solr(to_solr(rules))
    assert ([rule for _line, rule in lines], wrong) == (rules, [])


@given(TERM, TERMS)
def test_solr_keeps_what_a_term_also_finds(term: str, targets: tuple[str, ...]) -> None:
    others = tuple(target for target in targets if target.casefold() != term.casefold())
    lines, wrong = from_solr(to_solr([Rule(ONE_WAY, (term,), targets)]))
    assert ([rule for _line, rule in lines], wrong) == ([Rule(ONE_WAY, (term,), others)] if others else [], [])


def test_solr_as_others_write_it() -> None:
    text = "# a comment\n\nfoo, bar ,baz\r\na, b => a, c, d\n\\#1 => x\\,y\\=>z\n"
    assert from_solr(text) == (
        [
            (3, Rule(EQUIVALENT, ("foo", "bar", "baz"))),
            (4, Rule(ONE_WAY, ("a",), ("c", "d"))),
            (4, Rule(ONE_WAY, ("b",), ("a", "c", "d"))),
            (5, Rule(ONE_WAY, ("#1",), ("x,y=>z",))),
        ],
        [],
    )


def test_solr_has_the_words_of_every_kind() -> None:
    rules = [
        Rule(TRANSLATION, ("轮胎",), ("tyres", "pneumatic, tyres")),
        Rule(ALIAS, ("等保",), ("GB/T 22239",), "why"),
        Rule(BLOCKED, ("含量",), ("determination",)),
        Rule(EQUIVALENT, ("a1", "b1"), enabled=False),
    ]
    assert to_solr(rules).splitlines() == [
        "轮胎 => 轮胎, tyres, pneumatic\\, tyres",
        "tyres => tyres, 轮胎",
        "pneumatic\\, tyres => pneumatic\\, tyres, 轮胎",
        "# why",
        "等保 => 等保, GB/T 22239",
        "# blocked: 含量 ↛ determination",
        "# equivalent: a1 = b1",
    ]


def test_a_cell_that_a_spreadsheet_would_run_is_text() -> None:
    written = to_csv([Rule(EQUIVALENT, ("a", "b"), note="=cmd|' /C calc'!A0")])
    assert ",'=cmd" in written
    assert from_csv(written)[0][0][1].note == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("kind,terms,targets\nnonsense,a,b\nequivalent,a|b,\none_way,a,b", [2]),
        ("kind,terms,targets,enabled\nequivalent,a|b,,maybe", [2]),
        ("kind,terms\nequivalent,a|b", [1]),
        ("kind,terms,targets,more\n", [1]),
        ('kind,terms,targets\n"equivalent,a\x00', [2]),
    ],
)
def test_lines_of_csv_that_are_no_rules_are_named(text: str, lines: list[int]) -> None:
    assert [one.line for one in from_csv(text)[1]] == lines


@pytest.mark.parametrize("line", ["a => b => c", "=> b", "a =>", " , ", "=>"])
def test_lines_of_solr_that_are_no_rules_are_named(line: str) -> None:
    assert [one.line for one in from_solr(f"a, b\n{line}")[1]] == [2]


def test_too_long_files_are_refused_before_they_are_read() -> None:
    assert from_solr("a, b\n" * 5001)[0] == []
    assert from_csv("kind,terms,targets\n" + "equivalent,a|b,\n" * 5001)[0] == []


def test_the_format_is_told_by_name_or_first_line() -> None:
    rule = Rule(EQUIVALENT, ("a1", "b1"))
    assert read(to_csv([rule]))[0] == [(2, rule)]
    assert read("\ufeff" + to_csv([rule]), "x.CSV")[0] == [(2, rule)]
    assert read(to_solr([rule]), "x.txt")[0] == [(1, rule)]


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for found in (from_csv(text), from_solr(text)):
        assert all(line >= 1 for line, _rule in found[0])


def test_spreadsheets_save_in_an_encoding_of_their_own() -> None:
    assert decoded("轮胎".encode("gb18030")) == decoded("\ufeff轮胎".encode()) == "轮胎"
    with pytest.raises(UnicodeDecodeError):
        decoded(b"\xff\xff\xff")


def test_the_order_of_columns_is_free() -> None:
    rule = Rule(TRANSLATION, ("轮胎",), ("tyres",))
    assert from_csv("Targets, terms ,kind\ntyres,轮胎,Translation\n")[0] == [(2, replace(rule))]
