"""The sources that describe a record, as its page names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from content.provenance.api import with_freshness
from content.provenance.models import Claim

MAX_CLAIMS = 50


@dataclass(frozen=True, slots=True)
class Origin:
    """A source that describes the record, and when it was last read to its end and still had it.

    ``backend``: where it was read from; the bundled recording may be older.
    """

    claim: Claim
    checked: datetime | None
    backend: str


def claims_of(record_type: str, record_id: int) -> list[Claim]:
    """What sources say of a record, the latest first. One query."""
    claims = Claim.objects.filter(record_type=record_type, record_id=record_id).select_related("source")
    return list(claims.order_by("-changed_at", "pk")[:MAX_CLAIMS])


def origins(claims: Sequence[Claim]) -> list[Origin]:
    """The sources of these statements. One query."""
    read = with_freshness().in_bulk({claim.source_id for claim in claims})
    return [
        Origin(
            claim,
            checked=read[claim.source_id].last_success if claim.missing_since is None else None,  # type: ignore[attr-defined]  # annotated
            backend=read[claim.source_id].last_backend or "",  # type: ignore[attr-defined]
        )
        for claim in claims
    ]
