"""What is marked in a text."""

from __future__ import annotations

import pytest

from search.highlight import LEAD, SNIPPET, mark, needles, snippet


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


def test_a_snippet_is_where_most_of_the_words_meet() -> None:
    text = "Atoms. " + "filler " * 60 + "the window manager owns the selection atom of that screen " + "filler " * 60
    shown = snippet(text, needles(["atom", "window", "manager", "selection"]))
    assert [span for span, matched in shown if matched] == ["window", "manager", "selection", "atom"]


@pytest.mark.parametrize("gap", range(12))
def test_a_snippet_is_cut_between_words(gap: int) -> None:
    words = ["alpha"] * 12 + ["x" * gap, "device"] + ["beta"] * 60
    shown = str(snippet(" ".join(words), needles(["device"])))
    assert set(shown.split()) <= {*words, "…"}
    assert len(shown) <= SNIPPET + LEAD


def test_a_snippet_of_chinese_needs_no_spaces() -> None:
    shown = snippet("术" * 300 + "质量管理" + "语" * 300, needles(["质量管理"]))
    assert [span for span, matched in shown if matched] == ["质量管理"]
    assert len(str(shown)) <= SNIPPET + LEAD
