"""What one call of the store touches: records, and what happened to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from content.provenance.models import Change, Run, Source
from content.standards.models import FormerAddress, Standard

RECORD_TYPE = "standard"


def keep_addresses(moved: Mapping[str, int], at: datetime) -> None:
    """Let the addresses that records had until now lead to them."""
    FormerAddress.objects.bulk_create(
        (FormerAddress(slug=slug, standard_id=pk, until=at) for slug, pk in moved.items()),
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["standard", "until"],
    )


@dataclass(slots=True)
class Batch:
    """``held`` are records that were there before, by key; ``fields`` the columns of theirs that took another value."""

    now: datetime
    source: Source
    run: Run | None
    created: list[Standard] = field(default_factory=list)
    held: dict[int, Standard] = field(default_factory=dict)
    fields: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    changes: list[Change] = field(default_factory=list)
    moved: dict[str, Standard] = field(default_factory=dict)
    """Records that left their address, by the address they left."""

    def note(self, record: Standard, name: str, old: Any, new: Any) -> None:
        """Remember that a field of a held record took another value."""
        kind = Change.Kind.STATUS if name == "status" else Change.Kind.FIELD
        self.changes.append(self._change(record, kind, field=name, old=old, new=new))

    def note_created(self) -> None:
        """Remember the new records, once they have keys."""
        self.changes.extend(self._change(record, Change.Kind.CREATED) for record in self.created)

    @property
    def changed(self) -> list[int]:
        """Keys of the records that are new or changed."""
        return sorted({change.record_id for change in self.changes})

    def save_changes(self) -> None:
        """Write the changed columns of held records, and the history."""
        together: dict[frozenset[str], list[Standard]] = defaultdict(list)
        for pk in self.changed:
            if pk in self.held:
                self.held[pk].updated_at = self.now
                together[frozenset(self.fields[pk])].append(self.held[pk])
        for fields, records in together.items():
            Standard.objects.bulk_update(records, sorted(fields | {"updated_at"}))
        Change.objects.bulk_create(self.changes)
        if self.moved:
            keep_addresses({slug: record.pk for slug, record in self.moved.items()}, self.now)

    def _change(self, record: Standard, kind: Change.Kind, **values: Any) -> Change:
        return Change(
            record_type=RECORD_TYPE,
            record_id=record.pk,
            label=record.designation,
            kind=kind,
            cause=Change.Cause.SOURCE,
            at=self.now,
            run=self.run,
            source=self.source,
            **values,
        )
