"""Whose word counts where sources disagree."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

from content.standards.merge import Word, merge

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, tzinfo=UTC)


def word(source: str, at: datetime = MONDAY, **values: Any) -> Word:
    """A word without authority; ``_authority``, ``_ranks``, ``_listed`` and ``_key`` change what it weighs."""
    return Word(
        source,
        values.pop("_authority", False),
        values.pop("_ranks", {}),
        values.pop("_listed", True),
        at,
        values.pop("_key", "1"),
        values,
    )


def test_the_newest_word_counts_and_silence_is_no_word() -> None:
    merged = merge([word("a", MONDAY, title_en="Old", title_zh="旧"), word("b", TUESDAY, title_en="New")])
    assert (merged["title_en"], merged["title_zh"]) == ("New", "旧")


def test_the_publisher_counts_before_newer_words() -> None:
    merged = merge(
        [word("own", MONDAY, title_en="Own", _authority=True), word("b", TUESDAY, title_en="Other", pages=9)]
    )
    assert (merged["title_en"], merged["pages"]) == ("Own", 9)


def test_rank_counts_for_its_field_only() -> None:
    words = [
        word("a", MONDAY, title_zh="甲", title_en="A", _ranks={"title_zh": 5}),
        word("b", TUESDAY, title_zh="乙", title_en="B"),
    ]
    merged = merge(words)
    assert (merged["title_zh"], merged["title_en"]) == ("甲", "B")


def test_a_source_that_no_longer_lists_the_record_counts_less() -> None:
    merged = merge([word("a", TUESDAY, title_en="Gone", _listed=False), word("b", MONDAY, title_en="Listed")])
    assert merged["title_en"] == "Listed"


def test_unknown_is_no_status_and_the_stage_comes_with_the_status() -> None:
    merged = merge(
        [word("a", TUESDAY, status="unknown", stage="x"), word("b", MONDAY, status="in_force", stage="60.60")]
    )
    assert (merged["status"], merged["stage"]) == ("in_force", "60.60")


def test_one_source_saying_it_twice_is_decided_the_same_in_any_order() -> None:
    twice = [
        word("iso", stage="40.60", published="", title_en="Draft", _key="9"),
        word("iso", stage="60.60", published="2020-01", title_en="Published", _key="10"),
        word("iso", stage="60.60", published="2020-01", title_en="Doubled", _key="8"),
    ]
    assert {merge(order)["title_en"] for order in permutations(twice)} == {"Published"}


def test_relations_of_all_sources_are_joined() -> None:
    ours = {"kind": "replaces", "designation": "GB/T 1-1990"}
    theirs = {"kind": "adopts", "designation": "ISO 1:2000", "degree": "IDT"}
    merged = merge([word("a", relations=[ours]), word("b", relations=[theirs])])
    assert sorted(one["source"] + one["kind"] for one in merged["relations"]) == ["areplaces", "badopts"]
