"""The worker of the embedded profile: nothing that is due waits for something else to end."""

from __future__ import annotations

import threading

import pytest
from django.utils import timezone

from portal import worker
from portal.worker import Worker


def test_followers_are_told_while_files_wait_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(worker, "push_names", lambda: None)
    monkeypatch.setattr(worker, "drain", lambda **_kwargs: False)
    monkeypatch.setattr(worker, "read_pending", lambda **_kwargs: ["a file"])

    def turn() -> int:
        told.append(1)
        return 0

    monkeypatch.setattr("search.watch.background.turn", turn)
    one = Worker(threading.Event())
    one.flipped = timezone.localdate()
    assert one.turn()
    assert told == [1]
