"""The folded text is the index's, and every character of it knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.folding import folded
from search.text import GAP, fold

HARD = (
    "aÉe\u0301\u0308 ｶﾞガカ\u3099ＰＶ，。中国葛\U000e0100ﬁßŉ각\u1100\u1161가\u11a8\u0f73\u0344\u09c7\u09be金 \t\n\ud800İ"
)


@given(st.one_of(st.text(), st.text(alphabet=HARD)))
def test_it_is_what_the_index_makes_of_the_text(text: str) -> None:
    found = folded(text)
    assert found.text == GAP.sub("", fold(text))
    assert len(found.starts) == len(found.ends) == len(found.text)
    assert list(found.starts) == sorted(found.starts)
    assert list(found.ends) == sorted(found.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(found.starts, found.ends, strict=True))


@pytest.mark.parametrize(
    ("text", "part", "original"),
    [
        ("ＰＶＣ管", "pvc", "ＰＶＣ"),
        ("the ﬁrst", "first", "ﬁrst"),
        ("质 量", "质量", "质 量"),
        ("Cafe\u0301s", "cafe", "Cafe\u0301"),
        ("ｶﾞｽ", "ガ", "ｶﾞ"),
        ("葛\U000e0100城", "葛", "葛\U000e0100"),
    ],
)
def test_places_are_of_whole_characters(text: str, part: str, original: str) -> None:
    found = folded(text)
    at = found.text.index(part)
    low, high = found.place(at, at + len(part))
    assert text[low:high] == original
