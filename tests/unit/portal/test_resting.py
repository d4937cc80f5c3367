"""Rests grow with every failure in a row, and a success ends them."""

from __future__ import annotations

from portal.resting import Rests


def test_rests_double_up_to_the_longest() -> None:
    now = 100.0
    rests = Rests(first=5, longest=30, clock=lambda: now)
    assert rests.left == 0
    assert [rests.begin() for _ in range(5)] == [5, 10, 20, 30, 30]
    assert rests.left == 30
    now += 29
    assert rests.left == 1
    now += 2
    assert rests.left == 0
    assert rests.begin() == 30


def test_a_success_ends_them() -> None:
    rests = Rests(first=5, longest=30, clock=lambda: 0.0)
    rests.begin()
    rests.begin()
    rests.end()
    assert rests.left == 0
    assert rests.begin() == 5
