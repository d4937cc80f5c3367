"""What must hold of every designation, whoever publishes it."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from search.designations import (
    Designation,
    DesignationError,
    Match,
    Publisher,
    compare,
    find,
    parse,
    parse_slug,
    publishers,
    split_list,
    try_parse,
)

from .strategies import CHINESE, DESIGNATIONS, mangled, of_publisher


@given(DESIGNATIONS)
@settings(max_examples=1_000)
def test_printing_and_parsing_gives_the_designation_back(designation: Designation) -> None:
    assert parse(designation.canonical) == designation


# SNV prints SN, which adopts only; LST is read as the LS/T of grain without its slash; cities are read as provinces are
EVERYBODY = [p for p in publishers() if p.code not in {"SNV", "LST"} and (p.code[:2] != "DB" or len(p.code) <= 4)]


@pytest.mark.parametrize("one", EVERYBODY, ids=lambda p: p.code)
@given(data=st.data())
@settings(max_examples=12)
def test_every_publisher_of_the_registry_survives_printing(one: Publisher, data: st.DataObject) -> None:
    designation = data.draw(of_publisher(one))
    assert parse(designation.canonical) == designation
    assert parse_slug(designation.slug) == designation
    assert parse(parse(designation.canonical).canonical).canonical == designation.canonical
    assert parse(data.draw(mangled(designation.canonical))) == designation


@given(DESIGNATIONS)
@settings(max_examples=1_000)
def test_the_address_gives_the_designation_back(designation: Designation) -> None:
    assert re.fullmatch(r"[a-z0-9.-]+", designation.slug)
    assert parse_slug(designation.slug) == designation


@given(DESIGNATIONS)
def test_its_relatives_are_designations_too(designation: Designation) -> None:
    for relative in (designation.undated, designation.family, designation.base, designation.parent):
        assert parse(relative.canonical) == relative
        assert parse_slug(relative.slug) == relative
    assert designation.undated.undated == designation.undated
    assert designation.family.family == designation.family
    assert designation.undated.year is None
    assert not designation.base.supplements


@given(st.data())
@settings(max_examples=1_000)
def test_a_spelling_makes_no_difference(data: st.DataObject) -> None:
    designation = data.draw(DESIGNATIONS)
    assert parse(data.draw(mangled(designation.canonical))) == designation


@given(CHINESE)
def test_the_slash_before_the_weight_may_be_missing(designation: Designation) -> None:
    # GBZ and GJBz are publishers of their own; test_spellings has what becomes of a GB/Z without its slash
    assume(f"{designation.publisher}{designation.doctype}" not in {"GBZ", "GJBZ"})
    for glue in ("", " ", "-"):
        assert parse(designation.canonical.replace(f"/{designation.doctype} ", f"{glue}{designation.doctype} ")) == (
            designation
        )


@given(DESIGNATIONS, DESIGNATIONS)
def test_an_address_belongs_to_one_designation(a: Designation, b: Designation) -> None:
    assert (a.slug == b.slug) == (a == b) == (a.canonical == b.canonical)


@given(DESIGNATIONS)
def test_search_key_is_lower_case_letters_and_digits(designation: Designation) -> None:
    assert designation.joined == designation.joined.lower()
    assert designation.joined.isalnum()


@given(DESIGNATIONS, DESIGNATIONS)
def test_comparison_is_symmetric_where_its_names_are(a: Designation, b: Designation) -> None:
    mirror = {
        Match.AMENDS: Match.AMENDED_BY,
        Match.AMENDED_BY: Match.AMENDS,
        Match.ADOPTS: Match.ADOPTED_BY,
        Match.ADOPTED_BY: Match.ADOPTS,
    }
    forth = compare(a, b)
    assert compare(b, a) == mirror.get(forth, forth)
    assert compare(a, a) is Match.SAME


@given(DESIGNATIONS)
def test_it_is_found_in_a_sentence_in_chinese(designation: Designation) -> None:
    # two letters and a number or two may be anything: SN 1
    assume(designation.year or designation.doctype or len(designation.publisher) > 2)
    assume(designation.doctype != "I-D")  # the name of a draft is made of words
    assume(designation.publisher != "3GPP")  # begins with a digit, like any number of a clause
    assume(designation.year or not re.fullmatch(r"(19|20)\d\d", designation.number))  # NY/T 1951 may end in a year
    text = f"本文件按照《{designation.canonical}》的规定起草。"
    found = find(text)
    assert [f.designation for f in found][:1] == [designation]
    assert text[found[0].start : found[0].end] == found[0].text


@given(st.text(max_size=400))
@settings(max_examples=500)
def test_any_text_is_a_designation_or_a_named_error(text: str) -> None:
    try:
        assert parse(text).canonical
    except DesignationError as exc:
        assert exc.code in {"empty", "too-long", "unknown-publisher", "no-number", "trailing"}
    try_parse(text)
    for found in find(text):
        assert text[found.start : found.end] == found.text
    for line in split_list(text):
        assert (line.designation is None) == bool(line.error)


_PIECES = [
    "GB",
    "/T",
    "ISO",
    "IEC",
    " ",
    "-",
    "/",
    ":",
    "1",
    "19001",
    "2016",
    ".",
    "Amd",
    "EN",
    "DB44",
    "(",
    ")",
    "T/",
    "Q/",
]


@given(
    st.lists(
        st.sampled_from([*_PIECES, "ITU-T ", "NIST SP ", "IEEE Std ", "~", "、", "修改单", "所有部分", "draft-"]),
        max_size=14,
    )
)
@settings(max_examples=2_000)
def test_whatever_parses_survives_printing(pieces: list[str]) -> None:
    designation = try_parse("".join(pieces))
    if designation is not None:
        assert parse(designation.canonical) == designation
        assert parse_slug(designation.slug) == designation
