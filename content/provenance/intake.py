"""How what a source says enters the records of a subject: the shape of a store, and the claims that every store keeps.

A subject's store is a function of the shape ``Upsert``. It answers for one transaction: items that are what their
source said before cost no write, every changed field leaves a Change, and ``records_changed`` is sent inside the
transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pydantic import BaseModel

from content.provenance.models import Claim, Run, Source


class CrawledItem(Protocol):
    """One statement of one source about one record."""

    @property
    def key(self) -> str:
        """The source's own stable key."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the items of one call; ``items`` are those that were not rejected."""

    items: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0


class Upsert(Protocol):
    """Take over what ``source`` says; all of it or, on an error, nothing."""

    def __call__(
        self,
        items: Sequence[Any],
        *,
        source: Source,
        run: Run | None = None,
        snapshots: Mapping[str, int] | None = None,
        force: bool = False,
    ) -> Counts: ...


@dataclass(frozen=True, slots=True)
class Told:
    """What a source says of a record: ``values`` is its item as JSON, ``digest`` what ``digest_of`` makes of it."""

    key: str
    url: str
    digest: str
    values: dict[str, Any]
    record_id: int


def digest_of(item: BaseModel) -> str:
    """Hash of the item as the source states it. Fields left empty do not count, so a new field changes no old hash."""
    return hashlib.sha256(item.model_dump_json(exclude_defaults=True).encode()).hexdigest()


def claims_by_key(source: Source, keys: Iterable[str]) -> dict[str, Claim]:
    """What the source said before of these records, without its values."""
    found = Claim.objects.filter(source=source, key__in=list(keys)).defer("values", "url")
    return {claim.key: claim for claim in found}


def is_news(claim: Claim | None, digest: str) -> bool:
    """Whether a source now says something that it did not say before, or says it again after a silence."""
    return claim is None or claim.item_hash != digest or claim.missing_since is not None


def write_claims(
    told: Iterable[Told],
    *,
    source: Source,
    record_type: str,
    at: datetime,
    claims: Mapping[str, Claim],
    snapshots: Mapping[str, int],
) -> None:
    """Keep what was told; ``claims`` are those that ``claims_by_key`` found, ``snapshots`` where each key was read."""
    created, held = [], []
    for one in told:
        claim = claims.get(one.key)
        if claim is None:
            claim = Claim(source=source, key=one.key, record_type=record_type, first_seen=at)
            created.append(claim)
        else:
            held.append(claim)
        claim.record_id = one.record_id
        claim.url = one.url
        claim.item_hash = one.digest
        claim.values = one.values
        claim.changed_at = at
        claim.missing_since = None
        claim.snapshot_id = snapshots.get(one.key)
    Claim.objects.bulk_create(created)
    if held:
        Claim.objects.bulk_update(
            held, ["record_id", "url", "item_hash", "values", "changed_at", "missing_since", "snapshot"]
        )
