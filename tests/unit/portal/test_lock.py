"""One portal per data folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portal.launch.lock import AlreadyRunning, exclusive


def test_a_second_holder_is_refused_and_told_of_the_first(tmp_path: Path) -> None:
    lock = tmp_path / "run.lock"
    with exclusive(lock), pytest.raises(AlreadyRunning, match=str(os.getpid())), exclusive(lock):
        pytest.fail("two holders at once")
    with exclusive(lock):
        assert lock.read_text() == str(os.getpid())
