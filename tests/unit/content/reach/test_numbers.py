"""Registry numbers in every spelling, and their check digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.reach import names
from content.reach.numbers import NumberKind, read, read_all


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("80-05-7", None, "80-05-7"),
        ("0080-05-7", None, "80-05-7"),
        ("８０－０５－７", None, "80-05-7"),
        ("80–05–7", None, "80-05-7"),
        (" CAS No. 80 - 05 - 7 ", None, "80-05-7"),
        ("CAS号：80-05-7", None, "80-05-7"),
        ("80057", NumberKind.CAS, "80-05-7"),
        ("201-245-8", None, "201-245-8"),
        ("EINECS: 201-245-8", None, "201-245-8"),
        ("2012458", NumberKind.EC, "201-245-8"),
    ],
)
def test_every_spelling(text: str, kind: NumberKind | None, value: str) -> None:
    found = read(text, kind)
    assert found is not None
    assert (found.value, found.sound) == (value, True)


@pytest.mark.parametrize(
    "text", ["", "-", "80057", "2012458", "80-05", "1-05-7", "ISO 80-05-7", "80-05-77", "bisphenol"]
)
def test_what_is_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("text", ["80-05-8", "201-245-9", "50-00-1"])
def test_a_wrong_check_digit_is_told(text: str) -> None:
    found = read(text)
    assert found is not None
    assert not found.sound


@pytest.mark.parametrize(
    "text",
    ["110-54-3", "1478-61-1", "84852-53-9", "50-00-0", "7732-18-5", "203-777-6", "216-036-7", "284-366-9", "200-001-8"],
)
def test_real_numbers_are_sound(text: str) -> None:
    found = read(text)
    assert found is not None
    assert found.sound


@given(st.integers(min_value=10, max_value=9_999_999), st.integers(min_value=0, max_value=99))
def test_one_check_digit_of_ten_is_right(first: int, second: int) -> None:
    sound = [found for digit in range(10) if (found := read(f"{first}-{second:02}-{digit}")) and found.sound]
    assert len(sound) == 1


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(text: str) -> None:
    for kind in (None, *NumberKind):
        found = read(text, kind)
        assert found is None or read(found.value) == found


def test_a_cell_with_several() -> None:
    found, rest = read_all("12179-04-3, 1303-96-4\n1330-43-4, x", NumberKind.CAS)
    assert [one.value for one in found] == ["12179-04-3", "1303-96-4", "1330-43-4"]
    assert rest == ["x"]
    assert read_all("-", NumberKind.EC) == ([], [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("4,4’-Methylenedianiline", "4,4'-methylene dianiline"),
        ("Dibutyl phthalate", "DIBUTYL  PHTHALATE"),
        ("α-x", "Α-X"),
    ],
)
def test_names_are_the_same_however_they_are_written(one: str, other: str) -> None:
    assert names.key(one) == names.key(other)


@pytest.mark.parametrize(("one", "other"), [("2,4-dinitrotoluene", "2,6-dinitrotoluene"), ("α-x", "β-x")])
def test_isomers_are_not(one: str, other: str) -> None:
    assert names.key(one) != names.key(other)
