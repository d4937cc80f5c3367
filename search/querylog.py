"""How often what is searched for, by day, so that editors see what readers look for and do not find.

Counts are gathered in memory and written now and then by a thread of their own: a search never waits for the database's
write lock. What a process has gathered since is lost when it is killed; these are statistics.
"""

from __future__ import annotations

import atexit
import threading
from collections import Counter
from datetime import date

from django.db import DatabaseError, close_old_connections, transaction
from django.db.models import F
from django.utils import timezone

from search.models import QueryCount

INTERVAL = 30.0
"""Seconds between writes."""
MAX_QUERIES = 10_000
"""Different queries held in memory; when there are more, new ones are not counted until the next write."""
MAX_LENGTH = 200

_lock = threading.Lock()
_counts: Counter[tuple[date, str]] = Counter()
_without_results: Counter[tuple[date, str]] = Counter()
_timer: threading.Timer | None = None


def record(query: str, total: int) -> None:
    """Count one search. Nothing about who searched is kept."""
    global _timer
    text = query.casefold()[:MAX_LENGTH]
    if not text:
        return
    key = (timezone.localdate(), text)
    with _lock:
        if key not in _counts and len(_counts) >= MAX_QUERIES:
            return
        _counts[key] += 1
        _without_results[key] += total == 0
        if _timer is None:
            _timer = threading.Timer(INTERVAL, _write_in_background)
            _timer.daemon = True
            _timer.start()


def write() -> int:
    """Write what was gathered; returns the number of queries written."""
    global _timer
    with _lock:
        counts, without = dict(_counts), dict(_without_results)
        _counts.clear()
        _without_results.clear()
        if _timer is not None:
            _timer.cancel()
        _timer = None
    with transaction.atomic():
        QueryCount.objects.bulk_create(
            [QueryCount(day=day, query=query) for day, query in counts], ignore_conflicts=True, batch_size=500
        )
        for (day, query), count in counts.items():
            QueryCount.objects.filter(day=day, query=query).update(
                count=F("count") + count, zero_results=F("zero_results") + without[day, query]
            )
    return len(counts)


def _write_in_background() -> None:
    try:
        write()
    except DatabaseError:  # a locked or migrating database: the counts of half a minute are not worth an alarm
        pass
    finally:
        close_old_connections()


@atexit.register
def _forget() -> None:
    if _timer is not None:
        _timer.cancel()
