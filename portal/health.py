"""``/healthz``: the process answers. ``/readyz``: what it needs answers too."""

from __future__ import annotations

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from content.standards.models import Standard
from search.engines.errors import EngineError
from search.health import check_index

MIGRATED = "health:migrated"


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
    """Database, migrations and index: 200, or 503 with the reason of each part that fails."""
    checks: dict[str, str] = {}
    records = 0
    for name, check in (("database", _database), ("migrations", _migrations), ("index", _index)):
        try:
            records = max(records, check() or 0)
        except (DatabaseError, EngineError, NotReady, OSError) as error:
            checks[name] = str(error) or type(error).__name__
        else:
            checks[name] = "ok"
    ready = all(state == "ok" for state in checks.values())
    return JsonResponse(
        {"status": "ready" if ready else "not ready", "checks": checks, "records": records},
        status=200 if ready else 503,
    )


def _database() -> int:
    """The number of records; fails where the table cannot be read."""
    return Standard.objects.count()


def _migrations() -> None:
    """Every migration is applied. Once true it stays true for a running version of the code."""
    if cache.get(MIGRATED):
        return
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        raise NotReady(f"{len(plan)} migrations are not applied, the first is {plan[0][0]}; run: manage.py migrate")
    cache.set(MIGRATED, True, None)


def _index() -> None:
    """The engine answers."""
    check_index()
