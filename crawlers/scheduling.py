"""When each source is crawled: by its ``frequency``, at a time of its own, so that not all start at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from content.provenance import requests
from content.provenance.models import CrawlRequest, Run, Source

NIGHT = (1, 6)
"""Hours between which crawls begin, when publishers' sites have few readers."""
WEEK = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of the day, of one ``weekday`` (0 is Sunday, as in crontabs) or one ``day`` of the month where named."""

    minute: int
    hour: int
    weekday: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """As a line of a crontab."""
        day = "*" if self.day is None else self.day
        weekday = "*" if self.weekday is None else self.weekday
        return f"{self.minute} {self.hour} {day} * {weekday}"


def slot_of(name: str, frequency: str) -> Slot | None:
    """The slot of a source, always the same for the same name; None for what is read once only."""
    if frequency not in ("daily", "weekly", "monthly"):
        return None
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    number, minute = divmod(number, 60)
    number, hour = divmod(number, NIGHT[1] - NIGHT[0])
    return Slot(
        minute,
        NIGHT[0] + hour,
        weekday=number % 7 if frequency == "weekly" else None,
        day=1 + number % 28 if frequency == "monthly" else None,
    )


def latest(slot: Slot, now: datetime) -> datetime:
    """When the slot came last, at ``now`` or before, in the time zone of ``now``."""
    time = now.replace(hour=slot.hour, minute=slot.minute, second=0, microsecond=0)
    for days in range(32):
        day = time - timedelta(days=days)
        if day <= now and slot.weekday in (None, day.isoweekday() % 7) and slot.day in (None, day.day):
            return day
    raise AssertionError(f"{slot} does not come within a month")


def ask_for_due(now: datetime) -> list[CrawlRequest]:
    """Ask for a crawl of each source that is enabled, configured, and not crawled since its slot came last."""
    asked = []
    for source in Source.objects.filter(enabled=True, configured=True, crawl_request=None):
        slot = slot_of(source.name, source.frequency)
        if slot is None:
            continue
        since = latest(slot, timezone.localtime(now))
        if not Run.objects.filter(source=source, backend=Run.Backend.LIVE, started_at__gte=since).exists():
            asked.append(requests.ask(source))
    return asked
