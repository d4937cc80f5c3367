"""Acts of the European Union in texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.regulations.identity import celex_match, slug_of
from content.regulations.text import european


@pytest.mark.parametrize(
    ("text", "celex"),
    [
        ("Regulation (EC) No 1907/2006", "32006R1907"),
        ("Regulation (EU) No 1025/2012", "32012R1025"),
        ("Regulation (EU) 2016/679", "32016R0679"),
        ("Directive 2014/53/EU", "32014L0053"),
        ("Directive 94/62/EC", "31994L0062"),
        ("Directive (EU) 2015/1535", "32015L1535"),
        ("Decision No 768/2008/EC", "32008D0768"),
        ("Council Regulation (EEC) No 339/93", "31993R0339"),
    ],
)
def test_names_and_their_numbers(text: str, celex: str) -> None:
    assert [one for _start, _end, one in european.references(f"as laid down in {text}, and")] == [celex]


@pytest.mark.parametrize(
    "text", ["Regulation 12", "Decision 0/2008", "Directive 2014/0/EU", "ratio 3/4", "Regulation No 1/1"]
)
def test_what_is_no_name(text: str) -> None:
    assert list(european.references(text)) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("This Regulation shall enter into force on the twentieth day following its publication.", "2024-01-21"),
        ("It shall enter into force on the day following that of its publication.", "2024-01-02"),
        ("This Directive shall enter into force on 1 March 2025.", "2025-03-01"),
        ("It shall enter into force on the date of its publication.", "2024-01-01"),
        ("It shall apply from 1 March 2025.", ""),
    ],
)  # fmt: skip
def test_entry_into_force(text: str, day: str) -> None:
    assert european.enters_into_force(text, "2024-01-01") == day


def test_repeals_of_whole_acts_only() -> None:
    text = (
        "Directive 95/46/EC is repealed with effect from 25 May 2018.\n"
        "Article 3 of Directive 2001/95/EC is repealed.\n"
        "References to the repealed Directive 87/357/EEC shall be construed as references to this Regulation."
    )
    assert list(european.repealed_by(text)) == [("31995L0046", "2018-05-25")]


def test_a_consolidated_version_is_one_of_its_act() -> None:
    assert celex_match("02006R1907-20231201") == celex_match("32006R1907") == "celex:32006R1907"
    assert slug_of("celex:32006R1907", "foreign", "2006-12-30", ()) == "celex-32006r1907"
    for wrong in ("", "x", "32006R", "32006R1907; drop", "3２006R1907"):
        with pytest.raises(ValueError):
            celex_match(wrong)


def test_an_address_that_is_taken_grows_by_a_digit() -> None:
    first = slug_of("某法", "law", "1999-01-01", ())
    assert first.startswith("law-1999-01-01-")
    assert slug_of("某法", "law", "1999-01-01", {first}).startswith(first)


@given(st.text(alphabet="Regulation Directive()EUCNo0123456789/ ", max_size=60))
def test_any_text_gives_sound_numbers(text: str) -> None:
    for start, end, celex in european.references(text):
        assert 0 <= start < end <= len(text)
        assert celex_match(celex) == f"celex:{celex}"
