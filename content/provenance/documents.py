"""Provenance as data, for the API and the ``.json`` siblings of pages."""

from __future__ import annotations

from typing import Any

from content.provenance.models import Change, Claim


def claim_document(claim: Claim) -> dict[str, Any]:
    """What one source says, where, and since when."""
    return {
        "source": claim.source_id,
        "key": claim.key,
        "url": claim.url,
        "values": claim.values,
        "first_seen": claim.first_seen,
        "changed_at": claim.changed_at,
        "missing_since": claim.missing_since,
    }


def change_document(change: Change) -> dict[str, Any]:
    """One change. Editors are not named: the public record says that a person did it."""
    return {
        "id": change.pk,
        "at": change.at,
        "record_type": change.record_type,
        "record_id": change.record_id,
        "label": change.label,
        "kind": change.kind,
        "cause": change.cause,
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "source": change.source_id,
    }
