"""Fixtures of the tests that need a database.

Pages name static files by their plain names, so that no test waits for ``collectstatic``.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Counters and figures of one test are not the next one's."""
    cache.clear()
