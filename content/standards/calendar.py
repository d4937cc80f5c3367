"""What the calendar changes by itself: standards enter into force and leave it on their dates."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from content.provenance.models import Change
from content.provenance.signals import records_changed
from content.standards.batch import RECORD_TYPE
from content.standards.models import Relation, Standard
from content.standards.status import on

BATCH = 500
Status = Standard.Status


def flip_statuses(today: date) -> int:
    """Give every standard the status it has on ``today`` (即将实施 turns 现行); returns how many took another.

    A flip is a Change caused by the calendar. A status that an editor has set by hand stays.
    """
    flipped = 0
    last = 0
    while batch := list(_due(today).filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        flipped += _flip([one for one in batch if "status" not in one.locked_fields], today)
    return flipped


def _due(today: date) -> QuerySet[Standard]:
    """Records with a date that has come and a status from before it; whether it flips, the rule decides."""
    day = today.isoformat()
    enters = Q(status=Status.UPCOMING, effective__gt="", effective__lte=day)
    leaves = Q(status__in=[Status.UPCOMING, Status.IN_FORCE], withdrawn__gt="", withdrawn__lte=day)
    by_successor = Relation.objects.filter(kind=Relation.Kind.REPLACED_BY, standard=OuterRef("pk"))
    by_claim = Relation.objects.filter(kind=Relation.Kind.REPLACES, target=OuterRef("pk"))
    return Standard.objects.filter(enters | leaves).annotate(replaced=Exists(by_successor) | Exists(by_claim))


def _flip(records: list[Standard], today: date) -> int:
    now = timezone.now()
    changes: list[Change] = []
    flipped: list[Standard] = []
    for record in records:
        status = on(
            today,
            said=record.status,
            effective=record.effective,
            withdrawn=record.withdrawn,
            replaced=getattr(record, "replaced", False),
        )
        if status == record.status:
            continue
        changes.append(
            Change(
                record_type=RECORD_TYPE,
                record_id=record.pk,
                label=record.designation,
                kind=Change.Kind.STATUS,
                cause=Change.Cause.CALENDAR,
                field="status",
                old=record.status,
                new=status,
                at=now,
            )
        )
        record.status_since = record.effective if status == Status.IN_FORCE else record.withdrawn
        record.status, record.updated_at = status, now
        flipped.append(record)
    if flipped:
        with transaction.atomic():
            Standard.objects.bulk_update(flipped, ["status", "status_since", "updated_at"])
            Change.objects.bulk_create(changes)
            records_changed.send(
                sender=Standard, record_type=RECORD_TYPE, ids=[one.pk for one in flipped], removed=False
            )
    return len(flipped)
