"""Chinese numerals."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.regulations.text.numerals import CHARACTERS, MAX_NUMBER, number_of, numeral_of


@given(st.integers(1, MAX_NUMBER))
def test_every_number_is_read_as_it_is_written(number: int) -> None:
    assert number_of(numeral_of(number)) == number
    assert number_of(str(number)) == number
    assert number_of("".join("零一二三四五六七八九"[int(digit)] for digit in str(number))) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *[
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("一百零三", 103),
            ("一百一十", 110),
            ("一百十", 110),
            ("一千零五", 1005),
        ],
        *[("二百零五", 205), ("二〇五", 205), ("一九九○", 1990), ("１２", 12), ("零", 0), ("两百", 200)],
    ],
)
def test_spellings(text: str, number: int) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    "text", ["", "十百", "百千", "一二十", "零十", "条", "1a", "²", "一" * 40, "99999", "-1", "1.5"]
)
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        number_of(text)


@given(st.text(alphabet=CHARACTERS + "0123456789 条", max_size=12))
def test_anything_is_a_number_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert 0 <= number_of(text) <= MAX_NUMBER


@pytest.mark.parametrize("number", [0, -1, MAX_NUMBER + 1])
def test_numbers_without_a_numeral(number: int) -> None:
    with pytest.raises(ValueError):
        numeral_of(number)
