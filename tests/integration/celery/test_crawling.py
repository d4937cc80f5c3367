"""Crawls through workers of Celery: to their end, killed, at once, revoked, cancelled, stopped with their worker."""

from __future__ import annotations

import os
import signal
import subprocess

from celery import Celery

from tests.integration.celery.conftest import PATIENCE, Portal, kill
from tests.integration.crawlers.conftest import deliverable
from tests.services.process import family, wait_gone

STATES = "select state from provenance_run order by id"
STORED = "select count(*) from standards_standard"
ENDED = "select count(*) = 0 from provenance_crawlrequest"
BEGUN = "select count(*) > 0 from provenance_run where state = 'running'"
WITHDRAW = """
import time
from content.provenance import requests
from content.standards.models import Standard
while not Standard.objects.exists():
    time.sleep(0.05)
assert requests.withdraw("iso")
"""
LONG = 6000
"""Records that take some seconds to store."""


def rows(number: int) -> list[dict[str, object]]:
    return [deliverable(10_000 + n, replaces=None) for n in range(number)]


def crawl_of(worker: subprocess.Popen[str]) -> int:
    """The process that crawls under a worker; it has none of the worker's session."""
    (found,) = [pid for pid in family(worker.pid) if os.getsid(pid) == pid and pid != worker.pid]
    return found


def crawl_half(portal: Portal) -> tuple[subprocess.Popen[str], str]:
    """A worker in the middle of a long crawl, and the id of its task."""
    portal.publish(rows(LONG))
    worker = portal.worker()
    task = portal.ask_for_crawl()
    portal.until(STORED)
    return worker, task


def test_a_crawl_that_is_asked_for_is_stored_and_indexed(portal: Portal) -> None:
    portal.publish(rows(20))
    portal.worker()
    portal.script(
        "from content.provenance import requests\n"
        "from content.provenance.models import Source\n"
        "requests.ask(Source.objects.get(pk='iso'))"
    )
    portal.until(STORED, lambda stored: stored == 20)
    portal.until(ENDED)
    assert portal.ask(STATES) == [("succeeded",)]
    portal.until("select count(*) = 0 from search_indexoutbox")


def test_killed_with_its_worker_a_crawl_goes_on_with_the_next_and_stores_each_record_once(portal: Portal) -> None:
    worker, _task = crawl_half(portal)
    assert len(family(worker.pid)) == 3
    kill(worker)
    half = portal.one(STORED)
    assert 0 < half < LONG
    # The message lies with the dead worker for hours; the request does not, once it is a while old.
    portal.ask("update provenance_crawlrequest set tried_at = now() - interval '1 minute' returning 1")
    portal.worker()
    portal.until(ENDED)
    assert portal.ask(STATES) == [("interrupted",), ("succeeded",)]
    assert portal.ask("select created, unchanged from provenance_run order by id")[1] == (LONG - half, half)
    assert portal.one(STORED) == LONG
    assert portal.one("select count(*) from provenance_claim") == LONG
    assert portal.one("select count(*) from provenance_change where kind = 'created'") == LONG
    # What was fetched before is not fetched again.
    assert len(portal.site.documents) == 1


def test_two_workers_at_once_make_one_run(portal: Portal) -> None:
    portal.publish(rows(LONG))
    portal.worker("--hostname", "first@%h", "--queues", "crawl")
    portal.worker("--hostname", "second@%h", "--queues", "crawl")
    portal.wait(lambda: portal.log.count(" ready.") == 2)
    portal.ask_for_crawl()
    portal.send("crawlers.tasks.crawl_source", "crawl", "iso", portal.one("select id from provenance_crawlrequest"))
    portal.wait(lambda: portal.log.count("succeeded in") == 2)
    assert portal.ask(STATES) == [("succeeded",)]
    assert portal.one(STORED) == LONG
    assert portal.one(ENDED)
    assert len(portal.site.documents) == 1


def test_a_revoked_crawl_ends_and_stays_ended(portal: Portal) -> None:
    worker, task = crawl_half(portal)
    crawl = crawl_of(worker)
    with Celery(broker=portal.broker.url) as app:
        app.control.revoke(task, terminate=True)
    wait_gone([crawl], 60)
    portal.until("select state in ('interrupted', 'cancelled') from provenance_run")
    portal.until(ENDED)
    assert portal.one(STORED) < LONG


def test_a_crawl_is_cancelled_from_another_process(portal: Portal) -> None:
    # It is there before the crawl begins, for a process may take longer to start than the crawl to end.
    other = portal.start("manage", "shell", "--verbosity", "0", "--command", WITHDRAW)
    worker, _task = crawl_half(portal)
    assert other.wait(PATIENCE) == 0, portal.log
    portal.until("select state = 'cancelled' from provenance_run", patience=60)
    portal.wait(lambda: len(family(worker.pid)) == 2)
    assert portal.one(ENDED)
    assert portal.one(STORED) < LONG


def test_a_worker_that_stops_ends_its_crawl_and_leaves_it_for_later(portal: Portal) -> None:
    worker, _task = crawl_half(portal)
    crawl = crawl_of(worker)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(60) == 0, portal.log
    wait_gone([crawl], 1)
    assert portal.ask(STATES) == [("interrupted",)]
    assert portal.ask("select attempts from provenance_crawlrequest") == [(0,)]
    assert portal.one(STORED) < LONG
