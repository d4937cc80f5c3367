"""What Celery's beat sends and when, as rows of django-celery-beat that an operator may change.

``write`` makes missing rows and brings to date those that nobody has changed: it notes in each row's description what
it wrote, and a row whose time is another now is the operator's. Whether a row is enabled is the operator's word alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from celery.schedules import ParseException, crontab
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from content.provenance.models import Source
from crawlers.catalogue import sync_sources
from crawlers.scheduling import slot_of

MARK = "manage.py schedule: "
PERIODS = ("seconds", "minutes", "hours", "days")
MOST = 10_000
CRAWLS = "crawl "
"""Begins the name of every row that crawls a source."""


@dataclass(frozen=True, slots=True)
class Entry:
    """``when`` is a line of a crontab, or ``every N seconds``; a message older than ``expires`` seconds is dropped."""

    name: str
    task: str
    when: str
    args: tuple[str, ...] = ()
    expires: int | None = None


STANDING = (
    # A safety net: every commit sends its own message, unless the broker is away.
    Entry(gettext_noop("bring the index up to date"), "portal.tasks.drain_index", "every 10 seconds", expires=60),
    Entry(gettext_noop("read new files"), "portal.tasks.read_files", "every 60 seconds", expires=60),
    Entry(gettext_noop("tell followers"), "portal.tasks.tell_followers", "every 30 seconds", expires=60),
    Entry(gettext_noop("resume crawls"), "portal.tasks.resume_crawls", "every 60 seconds", expires=60),
    Entry(gettext_noop("statuses of the day"), "portal.tasks.flip_statuses", "1 0 * * *"),
    Entry(gettext_noop("files of bulk data"), "portal.tasks.make_dumps", "30 3 * * *"),
)


def write() -> list[str]:
    """Bring the rows to what the sources say; tells what was changed. Safe to repeat."""
    sync_sources()
    wanted = {entry.name: entry for entry in (*STANDING, *_crawls())}
    with transaction.atomic():
        return [*_update(wanted), *_remove(wanted)]


def _crawls() -> Iterator[Entry]:
    """One for each source, enabled or not: the task looks whether it is."""
    for source in Source.objects.all():
        if slot := slot_of(source.name, source.frequency):
            yield Entry(f"{CRAWLS}{source.name}", "crawlers.tasks.ask_for_crawl", str(slot), (source.name,))


def _update(wanted: dict[str, Entry]) -> Iterator[str]:
    rows = {row.name: row for row in _model("PeriodicTask").objects.filter(name__in=wanted)}
    for name, entry in wanted.items():
        row = rows.get(name)
        if row is None:
            _model("PeriodicTask").objects.create(
                name=name,
                task=entry.task,
                args=orjson.dumps(entry.args).decode(),
                expire_seconds=entry.expires,
                description=MARK + entry.when,
                **times_of(entry.when),
            )
            yield f"{name}: {entry.when}"
        elif row.description == MARK + when_of(row) != MARK + entry.when:
            for field, value in times_of(entry.when).items():
                setattr(row, field, value)
            row.description = MARK + entry.when
            row.save()
            yield f"{name}: {entry.when}"
        elif row.task != entry.task:
            row.task = entry.task
            row.save()
            yield f"{name}: {entry.task}"


def _remove(wanted: dict[str, Entry]) -> Iterator[str]:
    """Sources that are gone."""
    for row in _model("PeriodicTask").objects.filter(name__startswith=CRAWLS, description__startswith=MARK):
        if row.name not in wanted:
            row.delete()
            yield f"{row.name}: removed"


def label_of(row: Any) -> str:
    """What a row does, in the reader's language."""
    if row.name.startswith(CRAWLS):
        return _("crawl of %(source)s") % {"source": row.name.removeprefix(CRAWLS)}
    return _(row.name)


def when_of(row: Any) -> str:
    """When a row is due, in the words of ``Entry.when``; empty for kinds of times that are not ours."""
    if row.crontab:
        time = row.crontab
        return f"{time.minute} {time.hour} {time.day_of_month} {time.month_of_year} {time.day_of_week}"
    return f"every {row.interval.every} {row.interval.period}" if row.interval else ""


def times_of(when: str) -> dict[str, Any]:
    """The fields of a row that is due at ``when``. Raises ValueError where that is no time."""
    if when.startswith("every "):
        _every, number, period = when.split()
        if period not in PERIODS or not 1 <= int(number) <= MOST:
            raise ValueError(when)
        interval, _new = _model("IntervalSchedule").objects.get_or_create(every=int(number), period=period)
        return {"interval": interval, "crontab": None}
    minute, hour, day, month, weekday = when.split()
    try:
        crontab(minute, hour, day_of_week=weekday, day_of_month=day, month_of_year=month)
    except ParseException as problem:
        raise ValueError(when) from problem
    row, _new = _model("CrontabSchedule").objects.get_or_create(
        minute=minute,
        hour=hour,
        day_of_month=day,
        month_of_year=month,
        day_of_week=weekday,
        timezone=settings.TIME_ZONE,
    )
    return {"interval": None, "crontab": row}


def _model(name: str) -> Any:
    """A model of django-celery-beat, which is installed only where there is a broker."""
    return apps.get_model("django_celery_beat", name)
