"""Elasticsearch behind the portal against Elasticsearch alone, in one run, at 10⁴, 10⁵ and 10⁶ records.

``python -m tests.benchmarks.elastic [RECORDS…]``, over the real records in ``DATABASE_URL`` or ``DATA_DIR``,
multiplied, on the node of ``ELASTICSEARCH_URL``, or on one of its own.

Indexing, raw: the bodies of the same records, serialised beforehand, by ``_bulk`` one request after another. Through
the outbox: everything that brings a changed record into the index, reading and projecting included. Both into an index
of the same settings, refresh included. Searching, raw: the query as the portal asks it, through the bare client. Over
HTTP: the API's search through the WSGI handler; what it adds is processor time of this process, so that the node's own
work on the same cores does not count. Deep: following the cursor to the last record, with the memory it took.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

import django
import orjson
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from tests.services.elasticsearch import Elasticsearch

HEAP_MB = 2048
QUERIES = ("quality management", "质量管理体系", "T/ABCD 1-2010", "medical devices sterilization", "钢结构", "ISO 9001")
ROUNDS = 15
SIZES = (10_000, 100_000, 1_000_000)


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def raw_bulk(count: int) -> float:
    """Documents a second of ``_bulk`` alone."""
    from search.engines import get_engine
    from search.engines.elastic.mapping import mappings
    from search.engines.elastic.mapping import settings as index_settings
    from search.engines.elastic.writing import CHUNK_OPERATIONS, sources
    from search.projecting import batches, project, public_ids

    engine: Any = get_engine()
    name = f"{engine.indices.name}-raw"
    body = {"settings": index_settings(engine.schema), "mappings": mappings(engine.schema)}
    engine.cluster.ask("PUT", f"/{name}", body)
    try:
        seconds, written = 0.0, 0
        for batch in batches(public_ids()["standard"][-count:], CHUNK_OPERATIONS):
            lines: list[bytes] = []
            for key, source in sources(engine.schema, project("standard", batch).documents):
                lines += [orjson.dumps({"index": {"_index": name, "_id": key}}), orjson.dumps(source)]
                written += 1
            seconds += timed(lambda lines=lines: engine.cluster.bulk(lines))  # type: ignore[misc]
        seconds += timed(lambda: engine.cluster.ask("POST", f"/{name}/_refresh", timeout=300.0))
        return written / seconds
    finally:
        engine.cluster.ask("DELETE", f"/{name}")


def through_outbox() -> float:
    """Records a second from the outbox into the index."""
    from search.outbox import backlog, drain

    waiting = backlog().waiting
    begun = time.perf_counter()
    while drain(limit=1_000_000):
        continue
    return waiting / (time.perf_counter() - begun)


def searching() -> tuple[float, float, float]:
    """Median milliseconds of processor time: the raw query, the API's answer; and of wall time of the raw query."""

    from search.analysis import analyse
    from search.engines import get_engine
    from search.glossary import bundled
    from search.params import parse
    from search.plan import plan

    engine: Any = get_engine()
    settings.API_RATE_LIMITS = {"default": (10**9, 60), "batch": (10**9, 60)}
    handler = get_wsgi_application()
    raw, answered, wall = [], [], []
    for query in QUERIES:
        request = plan(analyse(query), parse({"q": [query], "size": ["20"]}).selection, bundled())
        body = engine.body(request)
        environ = RequestFactory(HTTP_HOST="localhost").get(f"/api/v1/search/?{urlencode({'q': query})}").environ
        for at in range(ROUNDS + 2):
            begun, cpu = time.perf_counter(), time.process_time()
            engine.cluster.search(engine.indices.live, body)
            spent, took = time.process_time() - cpu, time.perf_counter() - begun
            cpu = time.process_time()
            response = handler(dict(environ), _begin)
            response.close()
            if at > 1:
                raw.append(spent)
                wall.append(took)
                answered.append(time.process_time() - cpu)
    return tuple(1000 * statistics.median(values) for values in (raw, answered, wall))  # type: ignore[return-value]


def _begin(status: str, headers: list[tuple[str, str]], error: object = None) -> Callable[[bytes], object]:
    return lambda _data: None


def deep() -> tuple[int, float, int]:
    """Records reached by following the cursor to the end, seconds, and the growth of memory meanwhile in KiB."""
    from search.clauses import Everything, Request
    from search.engines import get_engine

    engine = get_engine()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reached, after = 0, ""
    begun = time.perf_counter()
    while True:
        answer = engine.run(Request(Everything(), size=10_000, after=after))
        reached += len(answer.hits)
        if not (after := answer.next):
            break
    return reached, time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


def main(arguments: Sequence[str]) -> int:
    if not os.environ.get("ELASTICSEARCH_URL"):
        with Elasticsearch(heap_mb=HEAP_MB, long_lived=True) as node:
            os.environ["ELASTICSEARCH_URL"] = node.url
            return measure(arguments)
    return measure(arguments)


def measure(arguments: Sequence[str]) -> int:
    """Print one line for each number of records."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from content.standards.models import Standard
    from search.rebuilding import rebuild
    from tests.benchmarks.multiply import multiply

    rebuild()
    made = 0
    for size in map(int, arguments) if arguments else SIZES:
        wanted = size - Standard.objects.count() if size > Standard.objects.count() else size - made
        multiply(wanted, made)
        made += wanted
        raw = raw_bulk(min(wanted, 200_000))
        ours = through_outbox()
        query, api, wall = searching()
        reached, seconds, grown = deep()
        sys.stdout.write(
            f"elastic {Standard.objects.count():,} records: outbox {ours:,.0f}/s, raw _bulk {raw:,.0f}/s, ratio "
            f"{ours / raw:.0%} (aim: at least 80%); search: raw query {query:.1f} ms of processor ({wall:.1f} ms of "
            f"waiting), API {api:.1f} ms, adds {api - query:.1f} ms (aim: at most 5); deep: {reached:,} records by "
            f"cursor in {seconds:.0f} s, memory +{grown / 1024:.0f} MiB\n"
        )
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
