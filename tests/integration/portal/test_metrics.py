"""``/metrics`` and the details of ``/readyz``: what they tell, and whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from content.provenance.models import CrawlRequest, Run
from portal import metrics
from search.models import IndexOutbox
from search.outbox import MAX_ATTEMPTS
from tests.factories import make_run, make_source, make_standard

pytestmark = pytest.mark.django_db

Labels = tuple[str, ...]


@pytest.fixture(autouse=True)
def _counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_counted", (-metrics.RECORDS_SECONDS, {}))


def scrape(client: Client) -> dict[tuple[str, ...], float]:
    """Name and labels' values → value."""
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain")
    return {
        (sample.name.removeprefix("portal_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }


def wait_for_index(seconds: float, **values: Any) -> None:
    row = IndexOutbox.objects.create(record_type="standard", record_id=1, **values)
    IndexOutbox.objects.filter(pk=row.pk).update(queued_at=timezone.now() - timedelta(seconds=seconds))


def test_what_is_told(client: Client, build_index: Callable[[], int]) -> None:
    source = make_source()
    make_run(source, finished_at=timezone.now() - timedelta(hours=1))
    make_run(source, state=Run.State.FAILED)
    CrawlRequest.objects.create(source=source, asked_at=timezone.now())
    make_standard("ISO 9001:2015")
    make_standard("ISO 9002:1994", hidden_at=timezone.now())
    build_index()
    wait_for_index(90)
    wait_for_index(600, attempts=MAX_ATTEMPTS)
    told = scrape(client)
    assert told["database_up",] == 1
    assert told["outbox_waiting",] == 1
    assert told["outbox_given_up",] == 1
    assert told["outbox_oldest_age_seconds",] == pytest.approx(90, abs=20)
    assert told["crawl_runs", "registry", "succeeded"] == 1
    assert told["crawl_runs", "registry", "failed"] == 1
    assert told["crawl_last_success_age_seconds", "registry"] == pytest.approx(3600, abs=60)
    assert told["source_enabled", "registry"] == 1
    assert told["crawl_requests",] == 1
    assert told["records", "standard"] == 1
    assert told["index_up",] == 1
    assert told["index_records",] == 1


def test_an_index_that_is_away_is_told(client: Client) -> None:
    told = scrape(client)
    assert told["index_up",] == 0
    assert ("index_records",) not in told


def test_a_database_that_is_away_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(metrics, "backlog", away)
    assert scrape(client)["database_up",] == 0


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.1.2.3", {}, 200),
        ("203.0.113.9", {}, 401),
        ("", {}, 401),
        # The proxy on this machine passes on what anybody asks.
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 401),
        ("10.1.2.3", {"Forwarded": "for=203.0.113.9"}, 401),
        ("203.0.113.9", {"Authorization": "Bearer geheim"}, 200),
        ("203.0.113.9", {"Authorization": "bearer  geheim", "X-Forwarded-For": "1.1.1.1"}, 200),
        ("203.0.113.9", {"Authorization": "Bearer geheim2"}, 401),
        ("203.0.113.9", {"Authorization": "Bearer "}, 401),
        ("203.0.113.9", {"Authorization": "Bearer \xff\u0000"}, 401),
        ("203.0.113.9", {"Authorization": "Basic geheim"}, 401),
    ],
)
def test_who_is_told(client: Client, settings: Any, peer: str, headers: dict[str, str], status: int) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    settings.METRICS_TOKEN = "geheim"
    response = client.get("/metrics", headers=headers, REMOTE_ADDR=peer)
    assert response.status_code == status
    assert ("WWW-Authenticate" in response.headers) is (status == 401)


def test_without_a_token_none_is_right(client: Client) -> None:
    for given in ("", "None"):
        headers = {"Authorization": f"Bearer {given}"}
        assert client.get("/metrics", headers=headers, REMOTE_ADDR="203.0.113.9").status_code == 401


def test_the_details_of_readiness_tell_how_far_the_index_is_behind(client: Client) -> None:
    make_run(make_source(), state=Run.State.RUNNING)
    wait_for_index(90)
    assert "work" not in client.get("/readyz").json()
    work = client.get("/readyz", {"details": "1"}).json()["work"]
    assert work.pop("outbox_oldest_seconds") == pytest.approx(90, abs=20)
    assert work == {"outbox_waiting": 1, "outbox_given_up": 0, "crawls_running": 1, "crawls_wanted": 0}
