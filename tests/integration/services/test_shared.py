"""Every process of a run asks for the same server; a given one is used as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from portal.settings.env import BASE_DIR
from tests.services import shared

TEST = """
import os, redis

def test_{n}(redis_url, key_prefix):
    with redis.Redis.from_url(redis_url) as client:
        client.set(key_prefix + "n", "{n}")
        pid = client.info("server")["process_id"]
    with open(os.environ["SEEN"], "a") as seen:
        seen.write(f"{{pid}} {{redis_url}} {{key_prefix}}\\n")
"""


def test_two_workers_share_one_server_and_keep_apart_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in (1, 2):
        (tmp_path / f"test_{n}.py").write_text(TEST.format(n=n))
    monkeypatch.setenv("SEEN", str(tmp_path / "seen"))
    monkeypatch.setenv("PYTHONPATH", str(BASE_DIR))
    plugins = ("-p", "tests.services.fixtures", "-p", "no:django", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *plugins, str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    processes, urls, prefixes = zip(
        *(line.split() for line in (tmp_path / "seen").read_text().splitlines()), strict=True
    )
    assert len(set(processes)) == 1
    assert len(set(urls)) == len(set(prefixes)) == 2
    assert not Path(f"/proc/{processes[0]}").exists()


def test_a_given_server_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELASTICSEARCH_URL", "http://search.example:9200")
    assert shared.ask("elasticsearch") == "http://search.example:9200"


def test_a_database_of_another_kind_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///x")
    assert shared.given("postgres") is None
