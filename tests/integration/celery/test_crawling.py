"""Crawls through workers of Celery: to their end, killed, at once, revoked, cancelled."""

from __future__ import annotations

import os
import signal

from tests.integration.celery.conftest import Portal
from tests.integration.crawlers.conftest import deliverable
from tests.services.process import family, wait_gone

STATES = "select state from provenance_run order by id"
STORED = "select count(*) from standards_standard"


def rows(number: int) -> list[dict[str, object]]:
    return [deliverable(10_000 + n, replaces=None) for n in range(number)]


def test_a_crawl_that_is_asked_for_is_stored_and_indexed(portal: Portal) -> None:
    portal.publish(rows(20))
    portal.worker()
    portal.ask_for_crawl()
    portal.until("select count(*) = 0 and (select count(*) from provenance_run) > 0 from provenance_crawlrequest")
    assert portal.ask(STATES) == [("succeeded",)]
    assert portal.one(STORED) == 20
    portal.until("select count(*) = 0 from search_indexoutbox")


def test_killed_with_its_worker_a_crawl_goes_on_with_the_next_and_stores_each_record_once(portal: Portal) -> None:
    portal.publish(rows(6000))
    worker = portal.worker()
    portal.ask_for_crawl()
    portal.until(STORED)
    everyone = family(worker.pid)
    assert len(everyone) >= 3
    os.kill(worker.pid, signal.SIGKILL)
    wait_gone(everyone, 20)
    half = portal.one(STORED)
    assert 0 < half < 6000
    portal.ask("update provenance_crawlrequest set tried_at = now() - interval '1 minute' returning 1")
    portal.worker()
    portal.until("select count(*) = 0 from provenance_crawlrequest")
    assert portal.ask(STATES) == [("interrupted",), ("succeeded",)]
    assert portal.ask("select created, unchanged from provenance_run order by id")[1] == (6000 - half, half)
    assert portal.one(STORED) == 6000
    assert portal.one("select count(*) from provenance_claim") == 6000
    assert portal.one("select count(*) from provenance_change where kind = 'created'") == 6000
    # What was fetched before is not fetched again.
    assert len(portal.site.documents) == 1
