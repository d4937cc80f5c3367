"""Byte ranges as RFC 9110, section 14, has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import ranges
from content.ranges import ByteRange, Unsatisfiable


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-499", 0, 499),
        ("bytes=500-999", 500, 999),
        ("bytes=-500", 9500, 9999),
        ("bytes=9500-", 9500, 9999),
        ("bytes=0-0", 0, 0),
        ("bytes=-1", 9999, 9999),
        ("bytes=0-99999", 0, 9999),
        ("bytes=-99999", 0, 9999),
        ("Bytes= 0-1 ", 0, 1),
    ],
)
def test_one_range(header: str, first: int, last: int) -> None:
    found = ranges.parse(header, 10_000)
    assert found == ByteRange(first, last, 10_000)
    assert found.length == last - first + 1
    assert found.content_range == f"bytes {first}-{last}/10000"


@pytest.mark.parametrize(
    "header",
    ["", "bytes=", "bytes=-", "bytes=5-2", "lines=1-2", "bytes=0-1,4-5", "bytes=a-b", "bytes=1", "bytes=٣-٤",
     "bytes=" + "9" * 40 + "-", "bytes=-5-"],
)  # fmt: skip
def test_what_is_not_one_range_gets_the_whole(header: str) -> None:
    assert ranges.parse(header, 10_000) is None


@pytest.mark.parametrize(
    ("header", "size"),
    [("bytes=10000-", 10_000), ("bytes=10000-10001", 10_000), ("bytes=-0", 10_000), ("bytes=0-", 0), ("bytes=-5", 0)],
)
def test_beyond_the_end(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        ranges.parse(header, size)


@given(st.text(max_size=60) | st.from_regex(r"bytes=\d{0,6}-\d{0,6}"), st.integers(0, 100_000))
def test_a_range_always_lies_within_the_file(header: str, size: int) -> None:
    try:
        found = ranges.parse(header, size)
    except Unsatisfiable:
        return
    assert found is None or 0 <= found.first <= found.last < size
