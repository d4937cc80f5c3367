"""What an editor's act leaves: a Change with their name, and word of it to whoever keeps a copy (编辑留痕)."""

from __future__ import annotations

from typing import Any, Protocol

from django.contrib.auth.models import User
from django.utils import timezone

from content.provenance.models import Change
from content.provenance.signals import records_changed


class Edited(Protocol):
    """A record that editors may change."""

    pk: Any
    hidden_at: Any
    updated_at: Any

    def save(self, *, update_fields: list[str]) -> None: ...


def note(
    record: Edited,
    record_type: str,
    label: str,
    editor: User,
    *,
    field: str = "",
    old: Any = None,
    new: Any = None,
    kind: str = Change.Kind.FIELD,
) -> None:
    """One field that took another value, or what happened to the whole record."""
    Change.objects.create(
        record_type=record_type,
        record_id=record.pk,
        label=label[:200],
        kind=kind,
        cause=Change.Cause.EDITOR,
        field=field,
        old=old,
        new=new,
        at=timezone.now(),
        editor=editor,
    )


def touch(record: Edited, record_type: str, *fields: str) -> None:
    """Saves these fields with the day of the change, and tells of it; within a transaction."""
    record.updated_at = timezone.now()
    record.save(update_fields=["updated_at", *fields])
    hidden = record.hidden_at is not None
    records_changed.send(type(record), record_type=record_type, ids=[record.pk], removed=hidden)
