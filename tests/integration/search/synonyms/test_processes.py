"""A change made in one process counts in another that was running before it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.settings.env import BASE_DIR
from tests.portal_process import manage

READER = """
import django, sys
django.setup()
from search.synonyms import live
for line in sys.stdin:
    print(*live.glossary().entry(line.strip()).chinese, flush=True)
"""
WRITER = """
import django, sys
django.setup()
from search.models import SynonymRule
from search.synonyms import history
from search.synonyms.rules import Kind, Rule
history.save(SynonymRule(), Rule(Kind.EQUIVALENT, ("单车", sys.argv[1])), None)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    data = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings", "PYTHONIOENCODING": "utf-8"}
    return {**os.environ, **data}


@pytest.fixture
def reader(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    manage(environment, "migrate", "--verbosity", "0")
    child = subprocess.Popen(
        [sys.executable, "-c", READER],
        cwd=BASE_DIR,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        yield child
        child.kill()


def test_a_change_is_live_in_all_processes(environment: dict[str, str], reader: subprocess.Popen[str]) -> None:
    def answer() -> list[str]:
        assert reader.stdin and reader.stdout
        reader.stdin.write("单车\n")
        reader.stdin.flush()
        return reader.stdout.readline().split()

    assert answer() == []
    for term, expected in (("自行车", ["自行车"]), ("脚踏车", ["自行车", "脚踏车"])):
        subprocess.run([sys.executable, "-c", WRITER, term], cwd=BASE_DIR, env=environment, check=True)
        assert answer() == expected
