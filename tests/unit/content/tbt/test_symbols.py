"""Symbols of WTO notifications in every spelling."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.tbt.symbols import MAX_PARTS, Agreement, Part, Symbol, find, read
from portal.settings.env import BASE_DIR

RECORDED = Path(BASE_DIR).parent / "shared" / "recorded" / "tbt" / "notices.jsonl"

symbols = st.builds(
    Symbol,
    st.sampled_from(Agreement),
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=4),
    st.integers(1, 999_999),
    st.lists(st.tuples(st.sampled_from(Part), st.integers(1, 999)), max_size=MAX_PARTS).map(tuple),
)


@pytest.mark.parametrize(
    "spelling",
    [
        "G/TBT/N/EU/1024/Add.1",
        "g/tbt/n/eu/1024/add.1",
        "G / TBT / N / EU / 1024 / Add. 1",
        "g-tbt-n-eu-1024-add-1",
        "G–TBT–N–EU–1024–Add.1",
        "G TBT N EU 1024 Add 1",
        "Ｇ／ＴＢＴ／Ｎ／ＥＵ／１０２４／Ａｄｄ．１",
        "G/TBT/N/EU/1024/Addendum 1",
        "G/TBT/N/EU1024/ADD1",
        "G_TBT_N_EU_1024_Add_1",
        "\u00a0G/TBT/N/EU/\u200b01024/Add.1 \n",
    ],
)
def test_every_spelling_of_one_symbol(spelling: str) -> None:
    assert read(spelling) == Symbol(Agreement.TBT, "EU", 1024, ((Part.ADDENDUM, 1),))


def test_what_a_symbol_tells() -> None:
    symbol = read("g tbt n usa 974 rev 1 add 2 corr 3 suppl 4")
    assert symbol is not None
    assert symbol.canonical == "G/TBT/N/USA/974/Rev.1/Add.2/Corr.3/Suppl.4"
    assert symbol.base == "G/TBT/N/USA/974"
    assert symbol.slug == "g-tbt-n-usa-974-rev-1-add-2-corr-3-suppl-4"
    assert symbol.is_tbt


def test_a_symbol_of_the_other_agreement_is_told_apart() -> None:
    symbol = read("G/SPS/N/EU/381")
    assert symbol is not None
    assert not symbol.is_tbt
    assert symbol.canonical == "G/SPS/N/EU/381"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "G/TBT/35",
        "G/TBT/N/EU/",
        "G/TBT/N/EU/0",
        "G/TBT/N/EU/1024/Add.0",
        "G/TBT/N/EU/1024/Add.",
        "G/TBT/N/EU/1024/Annex.1",
        "G/TBT/N/E/1",
        "G/TBT/N/ABCDE/1",
        "G/TBT/N/EU/1234567",
        "G/TBT/N/EU/1024 and more",
        "GTBTNEU1024",
        "XG/TBT/N/EU/1",
        "G/TBT/N/EU/1" + "/Add.1" * (MAX_PARTS + 1),
        "G/TBT/N/EU/" + " " * 300 + "1",
        "GB/T 19001-2016",
        "\x00",
    ],
)
def test_what_is_no_symbol(text: str) -> None:
    assert read(text) is None


def test_symbols_in_a_text() -> None:
    text = (
        "见G/TBT/N/EU/1024、G/TBT/N/CHN/1278/Add.1 and G/SPS/N/JPN/5. Revision 2 follows; "
        f"xG/TBT/N/EU/7; G/TBT/N/EU/8b; G/TBT/N/EU/9{'/Add.1' * (MAX_PARTS + 1)}"
    )
    assert [one.canonical for one in find(text)] == ["G/TBT/N/EU/1024", "G/TBT/N/CHN/1278/Add.1", "G/SPS/N/JPN/5"]


def test_time_grows_with_the_length_of_the_text() -> None:
    began = time.perf_counter()
    assert not list(find("G/TBT/N/" * 50_000 + "g - " * 50_000))
    assert time.perf_counter() - began < 2


@given(symbols)
def test_canonical_form_and_slug_read_back(symbol: Symbol) -> None:
    assert read(symbol.canonical) == symbol
    assert read(symbol.slug) == symbol
    assert list(find(f"({symbol})")) == [symbol]


@given(symbols, st.data())
def test_any_spelling_means_the_same(symbol: Symbol, data: st.DataObject) -> None:
    sign = st.sampled_from(["/", "-", " ", " / ", "／", "—", "_"])
    spelled = "".join(data.draw(sign) if sign_ == "/" else sign_ for sign_ in symbol.canonical)
    folded = data.draw(st.sampled_from([str.lower, str.upper, str.title]))
    assert read(folded(spelled)) == symbol


@given(st.text(max_size=300))
def test_no_text_is_an_error(text: str) -> None:
    symbol = read(text)
    assert symbol is None or read(symbol.canonical) == symbol
    assert all(read(one.canonical) == one for one in find(text))


def test_the_symbols_of_recorded_notices_are_canonical_already() -> None:
    held = [json.loads(line)["symbol"] for line in RECORDED.read_text(encoding="utf-8").splitlines()]
    named = [one for one in held if one]
    assert len(held) == 17
    assert len(named) == 13
    found = [read(one) for one in named]
    assert [one.canonical if one else None for one in found] == named
    assert [one.canonical for one in found if one and not one.is_tbt] == ["G/SPS/N/EU/381"]


def test_a_part_of_an_unknown_kind_is_not_left_out() -> None:
    """The notification itself would be another document."""
    assert list(find("see G/TBT/N/EU/1024/Annex.1 there")) == []
    assert [str(one) for one in find("G/TBT/N/EU/1024/Supp.1")] == ["G/TBT/N/EU/1024/Suppl.1"]
    assert [str(one) for one in find("G/TBT/N/TZA/1/G/TBT/N/UGA/2")] == ["G/TBT/N/TZA/1", "G/TBT/N/UGA/2"]
