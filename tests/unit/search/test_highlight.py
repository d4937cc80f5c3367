"""What is marked in a text."""

from __future__ import annotations

import pytest

from search.highlight import mark, needles


@pytest.mark.parametrize(
    ("text", "names", "marked"),
    [
        ("Sterilization of medical devices", ["device", "medical device"], ["medical devices"]),
        ("Devices", ["device", "medical device"], ["Devices"]),
        ("A device", ["very long name of a device", "device"], ["device"]),
        ("质量管理体系 要求", ["质量管理"], ["质量管理"]),
        ("x" * 500, ["x" * 500], ["x" * 500]),
        ("nothing of it", ["device"], []),
        ("", ["device"], []),
    ],
)
def test_the_longest_name_that_stands_there_is_marked(text: str, names: list[str], marked: list[str]) -> None:
    assert [span for span, matched in mark(text, needles(names)) if matched] == marked
