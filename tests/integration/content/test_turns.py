"""Turns at reading uploads, over threads and processes; what whoever finds none is told."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from content import turns
from content.turns import Busy, turn

HOLDER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
import django
from django.conf import settings
settings.TURNS, settings.UPLOADS_AT_ONCE = sys.argv[1], 1
from content.turns import turn
with turn("pdf"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _one_turn(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TURNS = tmp_path
    settings.UPLOADS_AT_ONCE = 1
    monkeypatch.setattr(turns, "PATIENCE", 0.3)


def test_another_process_holds_it_until_it_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Busy), turn("pdf"):
            pass
        with turn("tables"):
            pass
        holder.kill()
        holder.wait()
        with turn("pdf"):
            pass


def test_whoever_waits_gets_it_when_it_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 20.0)

    def read() -> bool:
        with turn("pdf"):
            return True

    with ThreadPoolExecutor() as others, ExitStack() as held:
        held.enter_context(turn("pdf"))
        waiting = [others.submit(read) for _one in range(turns.WAITING)]
        assert not any(one.done() for one in waiting)
        held.close()
        assert all(one.result(timeout=20) for one in waiting)


def test_the_queue_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 4.0)

    def waited() -> float:
        begun = time.monotonic()
        with pytest.raises(Busy), turn("pdf"):
            pass
        return time.monotonic() - begun

    with turn("pdf"), ThreadPoolExecutor(6) as others:
        asked = [others.submit(waited) for _one in range(6)]
        assert sum(one.result(timeout=20) >= 4.0 for one in asked) == turns.WAITING


@pytest.mark.django_db
class TestAnswers:
    @pytest.mark.parametrize("path", ["/standards/check/", "/reach/check/"])
    def test_a_page_says_when_to_come_back(self, client: Client, path: str) -> None:
        with turn("tables"):
            response = client.post(path, {"file": SimpleUploadedFile("a.csv", b"CAS\n80-05-7")})
        assert (response.status_code, response["Retry-After"]) == (503, "20")
        assert "20 秒" in response.context["problem"]

    @pytest.mark.parametrize("path", ["/api/v1/standards/check/file", "/api/v1/reach/check/file"])
    def test_the_api_as_well(self, client: Client, path: str) -> None:
        with turn("tables"):
            response = client.post(path, {"file": SimpleUploadedFile("a.csv", b"CAS\n80-05-7")})
        assert (response.status_code, response["Retry-After"], response.json()["code"]) == (503, "20", "busy")

    def test_a_turn_ends_with_a_file_that_is_refused(self, client: Client) -> None:
        for _time in range(3):
            broken = SimpleUploadedFile("a.pdf", b"%PDF-1.7 nothing of the kind")
            assert client.post("/standards/check/", {"file": broken}).status_code == 422

    @pytest.mark.parametrize("path", ["/standards/check/", "/reach/check/"])
    def test_a_client_may_post_so_often(self, client: Client, settings: Any, path: str) -> None:
        settings.API_RATE_LIMITS = {"default": (9, 60), "batch": (1, 60)}
        client.post(path, {"text": "ISO 9001"})
        response = client.post(path, {"text": "ISO 9001"})
        assert response.status_code == 429
        assert 1 <= int(response["Retry-After"]) <= 60
        assert client.get(path).status_code == 200
