"""What every engine must do. A test takes ``engine`` and is run against each; an engine that needs a server skips with
the reason where there is none.
"""

from __future__ import annotations

import pytest

from search.engines import get_engine
from search.engines.base import Engine

ENGINES = ("embedded", "elastic")
"""Engines under contract; each name has its branch in ``engine``."""


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def engine(engine_name: str, request: pytest.FixtureRequest, _own_index: None) -> Engine:
    """The engine of the default connection, with an empty index of the test's own."""
    if engine_name == "elastic":
        request.getfixturevalue("elastic_connection")
    made = get_engine()
    made.clear()
    return made
