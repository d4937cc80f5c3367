"""An ingest of 20,000 records in the production profile, hit in its middle by everything that can die."""

from __future__ import annotations

import subprocess

import psycopg

from tests.integration.celery.conftest import Portal, kill
from tests.integration.celery.test_crawling import ENDED, STORED, rows
from tests.services.elasticsearch import Elasticsearch
from tests.services.fixtures import Starter

RECORDS = 20_000
WAITING = "select count(*) from search_indexoutbox"
# Who looks after crawls that were left behind waits a while, and this test need not.
IMPATIENT = "update provenance_crawlrequest set tried_at = now() - interval '1 minute' returning 1"


def crawler(portal: Portal) -> subprocess.Popen[str]:
    return portal.worker("--hostname", "crawler@%h", "--queues", "crawl,files")


def indexer(portal: Portal) -> subprocess.Popen[str]:
    return portal.worker("--hostname", "indexer@%h", "--queues", "default,index", "--beat")


def cut_connections(portal: Portal) -> int:
    """Every connection to the portal's database but the one that asks."""
    with psycopg.connect(portal.database_url, autocommit=True) as connection:
        found = connection.execute(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        ).fetchone()
    assert found is not None
    return int(found[0])


def reached(portal: Portal, number: int) -> None:
    """Wait until so many records are stored; it is the middle as long as some are not."""
    stored = portal.until(STORED, lambda count: count >= number)
    assert stored < RECORDS


def test_whatever_dies_nothing_is_lost_and_the_index_is_what_the_database_is(
    portal: Portal, own_server: Starter
) -> None:
    engine = own_server(Elasticsearch)
    portal.environment["ELASTICSEARCH_URL"] = engine.url
    portal.publish(rows(RECORDS))
    portal.script("from search.rebuilding import rebuild; rebuild()")
    crawling, indexing = crawler(portal), indexer(portal)
    portal.ask_for_crawl()

    reached(portal, 2000)
    kill(indexing)
    indexing = indexer(portal)

    reached(portal, 4000)
    engine.kill()
    reached(portal, 6000)
    engine.launch()  # it takes as long to answer as half of the ingest

    reached(portal, 8000)
    portal.broker.kill()
    reached(portal, 10_000)
    portal.broker.start()

    assert cut_connections(portal) >= 2

    portal.ask(IMPATIENT)
    reached(portal, 14_000)
    kill(crawling)
    portal.ask(IMPATIENT)
    crawler(portal)

    engine.wait()
    portal.until(ENDED)
    assert portal.one(STORED) == RECORDS
    portal.until(WAITING, lambda waiting: waiting == 0)
    said = portal.run("manage", "search", "verify", "--check")
    assert all(f"{kind:<11}0\n" in said for kind in ("missing", "stale", "surplus")), said[-2000:]
    assert f"records    {RECORDS}\n" in portal.run("manage", "search", "status")
    assert portal.one("select count(*) from provenance_claim") == RECORDS
    assert portal.one("select count(*) from provenance_change where kind = 'created'") == RECORDS
