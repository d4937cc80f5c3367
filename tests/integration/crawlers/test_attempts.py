"""What becomes of a request for a crawl, however the process that crawls may end; and who takes requests.

The processes here are stand-ins that do not crawl; real crawls under real workers are tested with Celery.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from content.provenance import requests, runs
from content.provenance.models import CrawlRequest, Run, Source
from crawlers import attempts, catalogue
from crawlers.attempts import MAX_ATTEMPTS, Attempt, attempt
from crawlers.attendant import Attendant
from crawlers.scheduling import ask_for_due
from tests.factories import make_run, make_source

pytestmark = pytest.mark.django_db

SLEEP = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"


@pytest.fixture
def source() -> Source:
    return make_source()


@pytest.fixture
def request_(source: Source) -> CrawlRequest:
    return requests.ask(source)


def crawl_as(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(attempts, "CRAWL", [sys.executable, "-c", code])


def over(trial: Attempt) -> None:
    deadline = time.monotonic() + 60
    while not trial.over():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("state", [Run.State.SUCCEEDED, Run.State.FAILED, Run.State.CANCELLED])
def test_any_end_that_a_run_came_to_fulfils_the_request(
    monkeypatch: pytest.MonkeyPatch, source: Source, request_: CrawlRequest, state: Run.State
) -> None:
    crawl_as(monkeypatch, "")
    trial = Attempt(request_)
    make_run(source, state=state, started_at=timezone.now(), finished_at=timezone.now())
    over(trial)
    assert not CrawlRequest.objects.exists()


def test_a_crawl_that_dies_is_tried_again_but_not_for_ever(
    monkeypatch: pytest.MonkeyPatch, source: Source, request_: CrawlRequest
) -> None:
    crawl_as(monkeypatch, "import os; os.kill(os.getpid(), 9)")
    for number in range(1, MAX_ATTEMPTS + 1):
        request_.refresh_from_db()
        trial = Attempt(request_)
        run = runs.begin(source, Run.Backend.LIVE)
        Run.objects.filter(pk=run.pk).update(worker=run.worker.replace(f" {os.getpid()} ", f" {trial.pid} "))
        over(trial)
        run.refresh_from_db()
        assert run.state == Run.State.INTERRUPTED
        assert CrawlRequest.objects.get().attempts == number
    request_.refresh_from_db()
    assert attempt(request_) is None
    assert not CrawlRequest.objects.exists()
    assert "crashed 3 times" in Run.objects.get(state=Run.State.FAILED).reason


def test_what_does_not_even_start_is_a_failed_run_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, source: Source, request_: CrawlRequest
) -> None:
    crawl_as(monkeypatch, "import sys; sys.exit('CommandError: registry.yml: no such frequency')")
    over(Attempt(request_))
    run = Run.objects.get()
    assert (run.state, run.reason) == (Run.State.FAILED, "CommandError: registry.yml: no such frequency")
    assert not CrawlRequest.objects.exists()


def test_another_run_in_the_way_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, source: Source, request_: CrawlRequest
) -> None:
    crawl_as(monkeypatch, "raise SystemExit(1)")
    runs.begin(source, Run.Backend.LIVE)
    over(Attempt(request_))
    assert Run.objects.get().state == Run.State.RUNNING
    assert CrawlRequest.objects.get().attempts == 0


def test_a_stopped_attempt_leaves_its_request_for_later(
    monkeypatch: pytest.MonkeyPatch, request_: CrawlRequest
) -> None:
    crawl_as(monkeypatch, SLEEP)
    with Attempt(request_) as trial:
        assert not trial.over()
        assert CrawlRequest.objects.get().attempts == 1
    assert trial.over()
    assert CrawlRequest.objects.get().attempts == 0
    assert not Run.objects.exists()


def test_a_child_that_does_not_listen_is_killed(
    monkeypatch: pytest.MonkeyPatch, request_: CrawlRequest, capfd: pytest.CaptureFixture[str]
) -> None:
    crawl_as(monkeypatch, DEAF)
    monkeypatch.setattr(attempts, "GRACE_SECONDS", 0.2)
    trial = Attempt(request_)
    while "deaf" not in capfd.readouterr().err:  # it has installed its handler
        time.sleep(0.02)
    trial.stop()
    assert trial.over()


def test_a_request_that_is_taken_back_ends_the_child(
    monkeypatch: pytest.MonkeyPatch, source: Source, request_: CrawlRequest
) -> None:
    crawl_as(monkeypatch, SLEEP)
    trial = Attempt(request_)
    assert not trial.over()
    assert requests.withdraw(source.pk)
    over(trial)
    assert not CrawlRequest.objects.exists()


def test_a_crawl_that_takes_too_long_gives_way(
    monkeypatch: pytest.MonkeyPatch, settings: Any, request_: CrawlRequest
) -> None:
    settings.CRAWL_TIME_LIMIT = 0.2
    crawl_as(monkeypatch, SLEEP)
    over(Attempt(request_))
    assert CrawlRequest.objects.get().attempts == 0


def turn_until(attendant: Attendant, wanted: Any) -> None:
    deadline = time.monotonic() + 60
    while not wanted():
        assert time.monotonic() < deadline
        attendant.turn()
        time.sleep(0.05)


def test_the_embedded_worker_takes_requests_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch, source: Source, request_: CrawlRequest
) -> None:
    crawl_as(monkeypatch, "import sys; sys.exit(f'crawled {sys.argv[1]}')")
    requests.ask(make_source("second"))
    with Attendant(on_schedule=False) as attendant:
        turn_until(attendant, lambda: not CrawlRequest.objects.exists())
    assert list(Run.objects.order_by("pk").values_list("reason", flat=True)) == ["crawled registry", "crawled second"]


def test_the_embedded_worker_leaves_a_living_run_alone_and_pauses_between_attempts(
    monkeypatch: pytest.MonkeyPatch, source: Source, request_: CrawlRequest
) -> None:
    crawl_as(monkeypatch, "raise SystemExit('it was started')")
    run = runs.begin(source, Run.Backend.LIVE)
    with Attendant(on_schedule=False) as attendant:
        attendant.turn()
        runs.finish(run, Run.State.SUCCEEDED)
        CrawlRequest.objects.update(tried_at=timezone.now() - timedelta(seconds=10))
        attendant.turn()
        assert CrawlRequest.objects.get().attempts == 0
        CrawlRequest.objects.update(tried_at=timezone.now() - timedelta(seconds=40))
        turn_until(attendant, lambda: not CrawlRequest.objects.exists())


def test_nothing_goes_to_the_network_by_itself_unless_it_may(monkeypatch: pytest.MonkeyPatch, source: Source) -> None:
    monkeypatch.setattr(attempts, "CRAWL", [sys.executable, "-c", SLEEP])
    monkeypatch.setattr(catalogue, "sync_source", lambda config: None)
    with Attendant(on_schedule=False) as attendant:
        attendant.turn()
        assert not CrawlRequest.objects.exists()
    with Attendant(on_schedule=True) as attendant:
        attendant.turn()
        assert CrawlRequest.objects.get().attempts == 1


def test_what_is_due(source: Source) -> None:
    now = timezone.now()
    make_source("switched_off", enabled=False)
    make_source("once", frequency="once")
    make_run(make_source("fresh"), backend=Run.Backend.LIVE, started_at=now, state=Run.State.FAILED)
    make_run(make_source("stale"), backend=Run.Backend.LIVE, started_at=now - timedelta(days=2))
    make_run(make_source("recorded_only"), started_at=now)
    make_run(make_source("weekly", frequency="weekly"), backend=Run.Backend.LIVE, started_at=now - timedelta(days=8))
    asked = {request.source_id for request in ask_for_due(now)}
    assert asked == {"registry", "stale", "recorded_only", "weekly"}
    assert ask_for_due(now) == []


def test_asking_for_what_is_not_there_stops_nothing(source: Source) -> None:
    assert not requests.withdraw(source.pk)
