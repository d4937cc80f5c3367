"""What the calendar changes by itself: versions enter into force, acts are repealed on their days."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.utils import timezone

from content.provenance.models import Change
from content.provenance.signals import records_changed
from content.regulations import present
from content.regulations.models import Regulation, Version
from content.regulations.store import RECORD_TYPE

BATCH = 500


def flip_validity(today: date) -> int:
    """Give every act and version the validity it has on ``today``; returns how many acts took another value.

    A flip is a Change caused by the calendar. A validity that an editor has set by hand stays.
    """
    flipped = last = 0
    while batch := list(Regulation.objects.filter(present.due(today), pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        flipped += _flip(batch, today)
    return flipped


@transaction.atomic
def _flip(batch: list[Regulation], today: date) -> int:
    now = timezone.now()
    versions: dict[int, list[Version]] = defaultdict(list)
    for version in Version.objects.filter(regulation__in=batch).defer("note"):
        versions[version.regulation_id].append(version)
    repeals = present.repeals_of(batch)
    changes: list[Change] = []
    flipped: list[Regulation] = []
    moved: list[Version] = []
    for one in batch:
        news, turned = present.renewed(one, versions[one.pk], repeals.get(one.match, ()), today.isoformat())
        moved += turned
        if not news:
            continue
        changes += [_change(one, name, old, new) for name, (old, new) in news.items() if name != "validity_basis"]
        one.updated_at = now
        flipped.append(one)
    for change in changes:
        change.at = now
    Change.objects.bulk_create(changes)
    if moved:
        Version.objects.bulk_update(moved, ["validity"])
    if flipped:
        Regulation.objects.bulk_update(flipped, [*present.FIELDS, "updated_at"])
        ids = [one.pk for one in flipped]
        records_changed.send(sender=Regulation, record_type=RECORD_TYPE, ids=ids, removed=False)
    return len(flipped)


def _change(one: Regulation, name: str, old: object, new: object) -> Change:
    return Change(
        record_type=RECORD_TYPE,
        record_id=one.pk,
        label=one.title[:200],
        kind=Change.Kind.STATUS if name == "validity" else Change.Kind.FIELD,
        cause=Change.Cause.CALENDAR,
        field=name,
        old=old,
        new=new,
    )
