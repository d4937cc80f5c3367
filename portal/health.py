"""``/healthz``: the process answers. ``/readyz``: what it needs answers too."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.provenance.models import CrawlRequest, Run
from content.standards.models import Standard
from crawlers.errors import CrawlError
from crawlers.pending import pending_bundles
from search.engines.errors import EngineError
from search.health import check_index
from search.outbox import backlog

LOADED = "health:loaded"
LOADING = "health:loading"
migrated = Event()
LOOK_AGAIN = 5
"""Seconds for which a load that was still running is taken to run on."""


class NotReady(Exception):
    """Says what is missing."""


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process can answer at all; touches nothing."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, migrations and index: 200, or 503 with the reason of each part that fails.

    ``?details=1`` also tells how far the work behind the pages is; that it lags makes nothing unready.
    """
    checks: dict[str, str] = {}
    records = 0
    for name, check in CHECKS.items():
        try:
            records = max(records, check() or 0)
        except (CrawlError, DatabaseError, EngineError, NotReady, OSError) as error:
            checks[name] = str(error) or type(error).__name__
        else:
            checks[name] = "ok"
    ready = all(state == "ok" for state in checks.values())
    told: dict[str, Any] = {"status": "ready" if ready else "not ready", "checks": checks, "records": records}
    if request.GET.get("details"):
        told["work"] = _work()
    answer = JsonResponse(told, status=200 if ready else 503)
    # "Not yet" is no fault: Django would log every 503 as an error.
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus; 401 for whoever may not see it."""
    from portal.metrics import page  # its library takes a tenth of a second, which few processes need

    return page(request)


def _work() -> dict[str, int] | None:
    """How much waits for the index and since when, and how many crawls run or are wanted; None without a database."""
    try:
        outbox = backlog()
        return {
            "outbox_waiting": outbox.waiting,
            "outbox_given_up": outbox.given_up,
            "outbox_oldest_seconds": round((timezone.now() - outbox.since).total_seconds()) if outbox.since else 0,
            "crawls_running": Run.objects.filter(state=Run.State.RUNNING).count(),
            "crawls_wanted": CrawlRequest.objects.count(),
        }
    except DatabaseError:
        return None


def _database() -> int:
    """The number of records; fails where the table cannot be read."""
    return Standard.objects.count()


def _migrations() -> None:
    """Every migration is applied. Once true it stays true for this process, which runs one version of the code."""
    if migrated.is_set():
        return
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        raise NotReady(f"{len(plan)} migrations are not applied, the first is {plan[0][0]}; run: manage.py migrate")
    migrated.set()


def _index() -> None:
    """The engine answers."""
    check_index()


def first_load_runs() -> bool:
    """Whether bundled facts are still being loaded, so that readers are told why much is missing.

    Costs nothing once it is over, and until then queries once in ``LOOK_AGAIN`` seconds.
    """
    if cache.get(LOADING):
        return True
    try:
        _facts()
    except (CrawlError, NotReady):
        cache.set(LOADING, True, LOOK_AGAIN)
        return True
    return False


def _facts() -> None:
    """The first load is over: every bundled recording is read and indexed. Once true it stays true.

    Asked only of a portal that ``manage.py run`` started; others may never load a bundle.
    """
    if not settings.EXPECT_BUNDLES or cache.get(LOADED):
        return
    if pending := pending_bundles():
        raise NotReady(f"still to be loaded: {', '.join(pending)}")
    if waiting := backlog().waiting:
        raise NotReady(f"{waiting} records wait for the index")
    cache.set(LOADED, True, None)


CHECKS: dict[str, Callable[[], int | None]] = {
    "database": _database,
    "migrations": _migrations,
    "index": _index,
    "facts": _facts,
}
