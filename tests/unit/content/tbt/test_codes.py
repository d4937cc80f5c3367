"""HS and ICS codes, also where a source has swapped them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.tbt.codes import MAX_CODES, Codes, hs, ics, sort_out
from portal.settings.env import BASE_DIR

RECORDED = Path(BASE_DIR).parent / "shared" / "recorded"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("33", "33"),
        ("8416", "8416"),
        ("84.16", "8416"),
        ("120923", "120923"),
        ("1209.23", "120923"),
        ("12.09.23", "120923"),
        ("1209230000", "120923"),
        ("1209.23.00.10", "120923"),
        ("77", None),
        ("9801", None),
        ("00", None),
        ("841", None),
        ("65.100", None),
        ("١٢٠٩", None),
        ("8416\n", None),
        ("", None),
    ],
)
def test_codes_of_the_harmonized_system(text: str, code: str | None) -> None:
    assert hs(text) == code


@pytest.mark.parametrize("text", ["65", "65.100", "65.100.10"])
def test_codes_of_the_classification_for_standards(text: str) -> None:
    assert ics(text) == text


@pytest.mark.parametrize("text", ["38.08", "02", "98.230", "65.1", "65.100.1", "65100", "65.100.10.1", ""])
def test_what_is_no_code_of_the_classification(text: str) -> None:
    assert ics(text) is None


def test_a_code_moves_only_where_it_is_one_of_the_other_system_and_not_of_its_own() -> None:
    assert sort_out(["65.100", "97"], ["3808", "97"]) == Codes(
        hs=("97", "3808"), ics=("65.100", "97"), moved=("65.100", "3808")
    )


def test_what_is_neither_stays_as_stated() -> None:
    assert sort_out(["8501-8504", "bicycles"], ["n.a."]) == Codes(unread=("8501-8504", "bicycles", "n.a."))


def test_a_field_that_holds_a_list() -> None:
    assert sort_out(["３３０３；3304、3304, 33.05"], []).hs == ("3303", "3304", "3305")
    assert len(sort_out([" ".join(f"{one:06d}" for one in range(10_000, 12_000))], []).hs) == MAX_CODES


@given(st.lists(st.text(max_size=20), max_size=5), st.lists(st.text(max_size=20), max_size=5))
def test_every_value_has_a_place_and_is_stable(in_hs: list[str], in_ics: list[str]) -> None:
    codes = sort_out(in_hs, in_ics)
    again = sort_out(codes.hs, codes.ics)
    assert (again.hs, again.ics, again.moved, again.unread) == (codes.hs, codes.ics, (), ())


def test_the_notice_whose_source_has_swapped_them() -> None:
    lines = (RECORDED / "tbt" / "notices.jsonl").read_text(encoding="utf-8").splitlines()
    [swapped] = [one for line in lines if "hs_raw" in (one := json.loads(line))]
    assert swapped["symbol"] == "G/TBT/N/EU/169"
    # 98.23 is of neither system, so it isn't taken for the ICS code that was meant.
    assert sort_out([swapped["hs_raw"]], [swapped["ics_raw"]]) == Codes(
        hs=("3808",), moved=("38.08",), unread=("98.23",)
    )


def test_the_codes_of_recorded_notices_are_all_read_where_they_stand() -> None:
    rows = [json.loads(line) for line in (RECORDED / "tbt" / "notices.jsonl").read_text(encoding="utf-8").splitlines()]
    stated = [(tuple(row.get("hs", ())), tuple(row.get("ics", ()))) for row in rows]
    assert [sort_out(*pair) for pair in stated] == [Codes(*pair) for pair in stated]
    assert sum(len(one) for pair in stated for one in pair) > 20


def test_every_code_of_the_published_classifications() -> None:
    folder = RECORDED / "classifications"
    stated = [one["code"] for one in json.loads((folder / "ics.json").read_text(encoding="utf-8"))]
    assert len(stated) == 1381
    assert [one for one in stated if ics(one) != one] == []
    with (folder / "hs" / "harmonized-system.csv").open(encoding="utf-8", newline="") as stream:
        held = [row["hscode"] for row in csv.DictReader(stream)]
    assert len(held) == 6940
    # The rest of trade statistics, and their total: not of the convention.
    assert [one for one in held if hs(one) != one] == ["99", "9999", "999999", "TOTAL"]
