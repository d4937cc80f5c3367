"""What a source no longer says: claims are marked as missing, never deleted."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from django.db import transaction

from content.provenance.models import Claim, Run
from content.provenance.signals import records_changed

CHUNK = 2_000
FEW = 20
"""Records that a source may always drop at once, however few it lists."""


class TooManyMissing(Exception):
    """A run did not see so many of the records that the source listed before that it is more likely to be wrong."""


def mark_missing(run: Run, seen: Container[str], *, at: datetime, most: float = 1.0) -> int:
    """Mark the claims of the run's source whose key is not in ``seen``; answers how many were listed before.

    For a run that has read the whole source, and only then. One transaction: all or nothing. Nothing is marked, and
    TooManyMissing raised, where it would be more than the share ``most`` of what was listed, and more than a few.
    """
    unseen: list[tuple[int, str, int]] = []
    count = 0
    listed = Claim.objects.filter(source=run.source_id, missing_since__isnull=True)
    for pk, key, kind, record in listed.values_list("pk", "key", "record_type", "record_id").iterator(CHUNK):
        count += 1
        if key not in seen:
            unseen.append((pk, kind, record))
    if len(unseen) > max(FEW, most * count):
        raise TooManyMissing(f"{len(unseen)} of the {count} records listed before are no longer listed")
    with transaction.atomic():
        for start in range(0, len(unseen), CHUNK):
            part = unseen[start : start + CHUNK]
            Claim.objects.filter(pk__in=[pk for pk, _, _ in part]).update(missing_since=at)
            for kind in sorted({kind for _, kind, _ in part}):
                ids = sorted({record for _, one, record in part if one == kind})
                records_changed.send(sender=Claim, record_type=kind, ids=ids, removed=False)
        Run.objects.filter(pk=run.pk).update(removed=len(unseen))
    return len(unseen)
