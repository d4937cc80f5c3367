"""Where words begin and end in Chinese."""

from __future__ import annotations

import pytest

from search.edges import edges


@pytest.mark.parametrize(
    ("run", "word"),
    [
        ("质量管理体系", "管理体系"),
        ("质量管理体系", "管理"),
        ("质量管理体系", "质量管理"),
        ("产品质量管理", "质量"),
        ("不锈钢管", "钢管"),
        ("热电阻温度计", "电阻"),
        ("网络等保测评", "等保"),
    ],
)
def test_words_and_words_inside_words(run: str, word: str) -> None:
    at = run.index(word)
    assert edges(run).hold(at, at + len(word))


@pytest.mark.parametrize(
    ("run", "characters"),
    [("产品和服务", "和服"), ("产品质量", "品质"), ("符合规定", "合规"), ("初等保健", "等保"), ("质量管理", "量管")],
)
def test_chance_meetings(run: str, characters: str) -> None:
    at = run.index(characters)
    assert not edges(run).hold(at, at + len(characters))


def test_a_long_run_is_cut_like_a_short_one() -> None:
    short, long = edges("质量管理"), edges("质量管理" * 40)
    assert short.starts <= long.starts
