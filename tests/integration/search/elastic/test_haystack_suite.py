"""Haystack's own tests of its Elasticsearch 7 backend: all hold here but those named, each with its reason."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from portal.settings.env import BASE_DIR
from tests.integration.search.elastic.haystack_suite.differences import DIFFERENCES
from tests.integration.search.elastic.haystack_suite.fetching import source

FOLDER = "tests.integration.search.elastic.haystack_suite"


@pytest.fixture(scope="module")
def outcomes(elasticsearch_url: str, index_prefix: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Name of each test → what went wrong, empty where nothing did."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(source()), str(BASE_DIR)]),
        "DJANGO_SETTINGS_MODULE": f"{FOLDER}.settings",
        "DATA_DIR": str(tmp_path_factory.mktemp("haystack")),
        "ELASTICSEARCH_URL": elasticsearch_url,
        "SUITE_INDEX": f"{index_prefix}haystack",
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", f"{FOLDER}.runner"],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_they_were_run(outcomes: dict[str, str]) -> None:
    assert len(outcomes) == 87


def test_nothing_else_differs(outcomes: dict[str, str]) -> None:
    assert {name: said for name, said in outcomes.items() if said and name not in DIFFERENCES} == {}


def test_what_is_said_to_differ_does(outcomes: dict[str, str]) -> None:
    assert [name for name in DIFFERENCES if not outcomes[name]] == []
