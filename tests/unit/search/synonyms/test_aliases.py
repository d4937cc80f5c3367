"""Names of standards, however and wherever they are typed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import analyse
from search.designations import parse
from search.synonyms.aliases import Aliases, key_of

CYBER = (parse("GB/T 22239"),)
FAMILY = tuple(map(parse, ("ISO 9000", "ISO 9001", "ISO 9004")))
ALIASES = Aliases({"等保": CYBER, "等保2.0": CYBER, "ISO 9000族": FAMILY, "OHSAS 18001": (parse("ISO 45001"),)})


@pytest.mark.parametrize(
    ("query", "typed", "rest"),
    [
        ("等保", "等保", ()),
        ("等保测评要求", "等保", ("测评要求",)),
        ("网络等保", "等保", ("网络",)),
        ("等保2.0 三级", "等保2.0", ("三级",)),
        ("等保 2.0", "等保 2.0", ()),
        ("ISO9000族", "ISO9000族", ()),
        ("iso 9000 族 标准", "iso 9000 族", ("标准",)),
        ("ＩＳＯ９０００族", "ISO9000族", ()),
        ("ohsas-18001 audit", "ohsas-18001", ("audit",)),
    ],
)
def test_a_name_is_taken_out_of_the_words(query: str, typed: str, rest: tuple[str, ...]) -> None:
    analysis = analyse(query, ALIASES)
    assert [alias.text for alias in analysis.aliases] == [typed]
    assert analysis.words == rest


@pytest.mark.parametrize(
    "query", ["初等保健", "“等保”", "XISO 9000族", "OHSAS 180011", "ISO 9000 家族", "等 的 保", ""]
)
def test_what_only_looks_like_a_name_is_left_alone(query: str) -> None:
    assert analyse(query, ALIASES).aliases == ()


def test_its_designations_are_those_meant_each_once() -> None:
    assert analyse("ISO 9000族 等保 等保", ALIASES).designations == (*FAMILY, *CYBER)
    assert analyse("GB/T 22239 等保", ALIASES).designations == CYBER


@pytest.mark.parametrize("query", ["GB/T 19001", "gb/t 19001-2016", "ISO 9000-1", "see GB 2760"])
def test_no_part_of_a_designation_is_a_name(query: str) -> None:
    names = Aliases({"GB": CYBER, "T": CYBER, "ISO 9000": FAMILY})
    assert analyse(query, names) == analyse(query)


def test_without_names_nothing_changes() -> None:
    assert analyse("等保 ISO 9000族") == analyse("等保 ISO 9000族", Aliases())


@given(st.text(alphabet="等保初健ISO9000族 -—12.0x\u0301", max_size=40))
def test_places_are_those_of_the_query(query: str) -> None:
    for alias in ALIASES.find(query):
        assert query[alias.start : alias.end] == alias.text
        assert key_of(alias.text) in ALIASES.names


def test_many_names_in_a_long_query_take_no_time() -> None:
    many = {f"名{number}号标准": CYBER for number in range(5000)}
    names = Aliases(many | {"等" * length: CYBER for length in range(1, 90)})
    begun = time.process_time()
    assert names.find("等" * 500)
    assert time.process_time() - begun < 1
