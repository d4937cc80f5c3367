"""What the page of a crawl tells of its progress."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from content.provenance.models import CrawlRequest, Run
from content.provenance.progress import Progress, duration
from tests.factories import NOW


def running(items: int, seconds: float, expected: int | None = None, **values: Any) -> Progress:
    run = Run(state=Run.State.RUNNING, items=items, started_at=NOW - timedelta(seconds=seconds), **values)
    return Progress(now=NOW, run=run, alive=True, expected=expected)


def test_speed_share_and_time_left() -> None:
    progress = running(items=1000, seconds=50, expected=4000)
    with translation.override("en"):
        assert (progress.per_second, progress.percent, progress.time_left) == (20.0, 25, "2 min")


@pytest.mark.parametrize(("items", "seconds", "expected"), [(0, 50, 4000), (1000, 50, None), (1000, 0, 4000)])
def test_no_time_left_is_made_up(items: int, seconds: float, expected: int | None) -> None:
    assert running(items, seconds, expected).time_left == ""


def test_a_list_that_has_grown_is_never_complete_before_its_end() -> None:
    progress = running(items=5000, seconds=50, expected=4000)
    with translation.override("en"):
        assert (progress.percent, progress.time_left) == (99, "0 s")


def test_states_and_what_may_be_done() -> None:
    wanted = CrawlRequest()
    dead = running(1, 1).run
    for progress, *facts in (
        (Progress(NOW), "idle", True, False),
        (Progress(NOW, request=wanted), "waiting", False, True),
        (running(1, 1), "running", False, True),
        (running(1, 1, cancel_requested=True), "stopping", False, False),
        (Progress(NOW, run=dead), "dead", True, False),
        (Progress(NOW, run=dead, request=wanted), "dead", True, True),
    ):
        assert [progress.state, progress.can_start, progress.can_stop] == facts


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.4, "0 s"), (89, "89 s"), (91, "2 min"), (5300, "88 min"), (7500, "2 h 5 min")]
)
def test_time_spans(seconds: float, text: str) -> None:
    with translation.override("en"):
        assert duration(seconds) == text
