"""Fixtures shared by every test.

Unit tests touch no database and no server. Integration tests declare the data they need; there is no default data, so a
test that declares nothing sees an empty portal.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest_plugins = ["tests.services.fixtures"]

RECORDED = Path(__file__).resolve().parents[2] / "shared" / "recorded"


@pytest.fixture(scope="session")
def recorded() -> Path:
    """The folder of recorded third-party pages and documents, which lie beside the project and are no part of it."""
    if not RECORDED.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"CI must provide the recorded material at {RECORDED}")
        pytest.skip(f"recorded material is not at {RECORDED}")
    return RECORDED


@pytest.fixture(autouse=True, scope="session")
def _no_writing_behind_the_tests() -> None:
    """Query counts are written by a timer's thread; in tests they wait for the test that writes them."""
    from search import querylog

    querylog.INTERVAL = 86_400
