"""What the public may know of changes, and changes of one moment as one event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from django.db.models import Model, Q, QuerySet

from content.provenance.models import Change


def public_changes(models: Mapping[str, type[Model]]) -> QuerySet[Change]:
    """Changes of records of these types; of hidden records only that they were withdrawn, and why.

    ``models``: record type → its model, which has ``hidden_at``.
    """
    hidden = Q()
    for record_type, model in models.items():
        keys = model._default_manager.filter(hidden_at__isnull=False).order_by().values("pk")
        hidden |= Q(record_type=record_type, record_id__in=keys)
    changes = Change.objects.filter(record_type__in=list(models))
    return changes.exclude(hidden & ~Q(kind=Change.Kind.HIDDEN))


def moments(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Neighbouring changes of one record at one moment, together."""
    for _key, group in groupby(changes, key=lambda change: (change.record_type, change.record_id, change.at)):
        yield list(group)
