"""Items that a run could not take over, kept with their reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from content.provenance.models import RejectedItem, Run


@dataclass(frozen=True, slots=True)
class Rejection:
    """An item that cannot be taken over; ``reason`` is a short code, ``raw`` what was read, as JSON."""

    key: str
    url: str
    reason: str
    detail: str
    raw: dict[str, Any]


def keep(rejections: Iterable[Rejection], *, run: Run) -> None:
    """Put items aside, visible in the admin."""
    now = timezone.now()
    RejectedItem.objects.bulk_create(
        RejectedItem(
            run=run,
            source_id=run.source_id,
            url=_storable(one.url, 2000),
            key=_storable(one.key, 200),
            reason=one.reason[:50],
            detail=_storable(one.detail, 2000),
            raw=one.raw,
            at=now,
        )
        for one in rejections
    )


def _storable(text: str, longest: int) -> str:
    """What a column of that length holds: no NUL and no half of a surrogate pair, which may be why it was rejected."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()[:longest]
