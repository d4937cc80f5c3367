"""``/metrics`` for Prometheus: read from the database at each scrape, so any process of the portal gives the same.

Requests are counted by the web server in front, which sees all of them.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterable, Iterator
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from content.provenance.models import CrawlRequest, RejectedItem, Run, Source
from content.standards.models import File, Standard
from portal.dumps.making import age as dumps_age
from search.engines import get_engine
from search.engines.errors import EngineError
from search.outbox import backlog

RECORDS: dict[str, QuerySet[Any]] = {
    "standard": Standard.objects.public(),
    "file": File.objects.all(),
    "unread_file": File.objects.filter(text_state=File.TextState.PENDING),
    "rejected_item": RejectedItem.objects.filter(resolved_at=None),
}
RECORDS_SECONDS = 60.0
"""How long a process takes the numbers of records to stand: counting millions takes the database seconds."""
_counted: tuple[float, dict[str, int]] = (-RECORDS_SECONDS, {})

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")


def page(request: HttpRequest) -> HttpResponse:
    """The metrics; 401 for whoever may not see them."""
    if not may_scrape(request):
        said = "Metrics are for this machine, for TRUSTED_PROXIES, and for whoever has METRICS_TOKEN.\n"
        return HttpResponse(said, "text/plain", 401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry(auto_describe=False)
    registry.register(PortalCollector())
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return HttpResponse(encode(registry), content_type=content_type)


def may_scrape(request: HttpRequest) -> bool:
    """Whoever has the token, and this machine and the trusted networks if they ask directly.

    A request that was forwarded comes from anywhere, though its peer is a proxy on this machine.
    """
    given = request.headers.get("Authorization", "").partition(" ")
    if settings.METRICS_TOKEN and given[0].lower() == "bearer":
        return hmac.compare_digest(given[2].strip().encode(), settings.METRICS_TOKEN.encode())
    if any(header in request.headers for header in FORWARDED):
        return False
    try:
        peer = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return peer.is_loopback or any(peer in ip_network(one, strict=False) for one in settings.TRUSTED_PROXIES)


class PortalCollector(Collector):
    """Gauges only: everything is a state of the database or of the index."""

    def collect(self) -> Iterator[Metric]:
        try:
            database = [*_outbox(), *_crawls(), *_records()]
        except DatabaseError:
            database = []
        yield _gauge("database_up", "Whether the database answers", [((), float(bool(database)))])
        yield from database
        yield from _index()
        yield from _dumps()


def _outbox() -> Iterator[Metric]:
    state = backlog()
    age = (timezone.now() - state.since).total_seconds() if state.since else 0.0
    yield _gauge("outbox_waiting", "Changes that the index has yet to learn of", [((), state.waiting)])
    yield _gauge("outbox_given_up", "Changes that the index could not be told", [((), state.given_up)])
    yield _gauge("outbox_oldest_age_seconds", "How long the oldest waiting change has waited", [((), age)])


def _crawls() -> Iterator[Metric]:
    now = timezone.now()
    runs = Run.objects.order_by().values_list("source", "state").annotate(Count("pk"))
    yield _gauge(
        "crawl_runs",
        "Runs of a source by their state",
        [((source, state), count) for source, state, count in runs],
        ("source", "state"),
    )
    succeeded = Run.objects.order_by().filter(state=Run.State.SUCCEEDED).values_list("source")
    yield _gauge(
        "crawl_last_success_age_seconds",
        "Time since a run of the source succeeded",
        [((source,), (now - at).total_seconds()) for source, at in succeeded.annotate(Max("finished_at")) if at],
        ("source",),
    )
    silent = Run.objects.order_by().filter(state=Run.State.RUNNING).values_list("source").annotate(Min("heartbeat_at"))
    yield _gauge(
        "crawl_silence_seconds",
        "Time since the running run of the source gave a sign of life",
        [((source,), (now - at).total_seconds()) for source, at in silent if at],
        ("source",),
    )
    enabled = Source.objects.values_list("name", "enabled")
    yield _gauge(
        "source_enabled",
        "Whether the source is crawled on schedule",
        [((name,), float(on)) for name, on in enabled],
        ("source",),
    )
    yield _gauge("crawl_requests", "Crawls that are wanted and have not ended", [((), CrawlRequest.objects.count())])


def _records() -> Iterator[Metric]:
    global _counted
    if time.monotonic() - _counted[0] > RECORDS_SECONDS:
        _counted = time.monotonic(), {kind: records.count() for kind, records in RECORDS.items()}
    counts = _counted[1].items()
    yield _gauge("records", "Records of each type", [((kind,), number) for kind, number in counts], ("type",))


def _index() -> Iterator[Metric]:
    try:
        state = get_engine().state()
    except EngineError:
        yield _gauge("index_up", "Whether the search engine answers", [((), 0.0)])
        return
    yield _gauge("index_up", "Whether the search engine answers", [((), 1.0)])
    yield _gauge("index_records", "Records in the index", [((), state.records)])
    yield _gauge("index_documents", "Documents in the index, pages of files among them", [((), state.documents)])
    yield _gauge("index_bytes", "Size of the index", [((), state.bytes)])
    yield _gauge("index_built_timestamp_seconds", "When the index was last built", [((), state.built.timestamp())])


def _dumps() -> Iterator[Metric]:
    try:
        old = dumps_age(timezone.now())
    except OSError:
        return
    if old is not None:
        text = "Age of the newest complete set of bulk data; over a day and a half means that making it fails"
        yield _gauge("dumps_age_seconds", text, [((), old.total_seconds())])


def _gauge(
    name: str, text: str, values: Iterable[tuple[tuple[str, ...], float]], labels: tuple[str, ...] = ()
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"portal_{name}", text, labels=labels)
    for label_values, value in values:
        family.add_metric(label_values, value)
    return family
