"""What every engine must do. A test takes ``engine`` and is run against each; an engine that needs a server skips with
the reason where there is none.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engines import get_engine
from search.engines.base import Engine
from tests.integration.search.contract import ENGINES, use_engine


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    """The engine of the default connection, with an empty index of the test's own."""
    use_engine(request.param, request, monkeypatch, tmp_path)
    made = get_engine()
    made.clear()
    return made
