"""From items to records: the one way in which crawled notifications enter the database.

A record is made anew from all that its sources say (``content.tbt.merging``), so that it does not depend on the order
in which they were read. Nothing is ever deleted.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from content.provenance import runs
from content.provenance.intake import Counts, Told, claims_by_key, digest_of, is_news, write_claims
from content.provenance.models import Change, Claim, Run, Source
from content.provenance.signals import records_changed
from content.tbt import codes, members
from content.tbt.items import NotificationItem
from content.tbt.merging import TEXTS, Merged, Statement, kind_of, merged
from content.tbt.models import Notification, Product, Wording
from content.tbt.symbols import symbol_of
from content.tbt.thread import thread

logger = logging.getLogger(__name__)

RECORD_TYPE = "tbt"
CHUNK = 2_000
FIELDS = (
    *("circulated", "number", "articles", "hs", "ics", "codes_moved", "codes_unread", "pages", "languages"),
    *("adoption_stated", "adoption", "entry_stated", "entry", "comments_stated", "comments"),
    *("documents", "form", "events"),
)
"""What a record takes from its sources."""


@dataclass(slots=True)
class _Batch:
    """What one call touches: by a source, or by an editor."""

    now: datetime
    source: Source | None
    run: Run | None = None
    editor: User | None = None
    changes: list[Change] = field(default_factory=list)
    created: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)

    def note(self, one: Notification, kind: Change.Kind, **values: Any) -> None:
        self.changed.add(one.pk)
        self.changes.append(
            Change(
                record_type=RECORD_TYPE,
                record_id=one.pk,
                label=one.symbol,
                kind=kind,
                cause=Change.Cause.EDITOR if self.editor else Change.Cause.SOURCE,
                at=self.now,
                run=self.run,
                source=self.source,
                editor=self.editor,
                **values,
            )
        )

    def note_field(self, one: Notification, name: str, old: object, new: object) -> None:
        """A field that took another value; of a new record that is no news."""
        if one.pk not in self.created:
            self.note(one, Change.Kind.FIELD, field=name, old=old, new=new)


def upsert(
    items: Sequence[NotificationItem],
    *,
    source: Source,
    run: Run | None = None,
    snapshots: Mapping[str, int] | None = None,
    force: bool = False,
) -> Counts:
    """Take over what ``source`` says; all of it or, on an error, nothing. Raises RunLost or RunCancelled."""
    digests = {item.key: (item, digest_of(item)) for item in items}
    batch = _Batch(timezone.now(), source, run)
    with transaction.atomic():
        claims = claims_by_key(source, digests)
        fresh = [pair for key, pair in digests.items() if force or is_news(claims.get(key), pair[1])]
        if fresh:
            _take_over(batch, source, fresh, claims, snapshots or {})
        created, updated = len(batch.created), len(batch.changed - batch.created)
        counts = Counts(len(digests), created, updated, max(0, len(digests) - created - updated))
        if run:
            runs.beat(run, asdict(counts))
    return counts


def _take_over(
    batch: _Batch,
    source: Source,
    fresh: Sequence[tuple[NotificationItem, str]],
    claims: Mapping[str, Claim],
    snapshots: Mapping[str, int],
) -> None:
    records = _records(batch, {item.symbol for item, _digest in fresh})
    earlier = {claims[item.key].record_id for item, _digest in fresh if item.key in claims}
    told = (
        Told(
            item.key,
            item.url,
            digest,
            item.model_dump(mode="json", exclude_defaults=True, exclude={"key", "url"}),
            records[item.symbol].pk,
        )
        for item, digest in fresh
    )
    write_claims(told, source=source, record_type=RECORD_TYPE, at=batch.now, claims=claims, snapshots=snapshots)
    touched = {one.pk: one for one in records.values()}
    # A source that has corrected a symbol no longer says anything of the record that it named before.
    touched |= Notification.objects.in_bulk(earlier - touched.keys())
    _renew(batch, list(touched.values()))
    _save_deadlines(batch, {one.base for one in touched.values()})
    _tell(batch)


def rewrite(one: Notification, editor: User) -> None:
    """Make a record's texts anew after an editor changed ``edited``; within a transaction."""
    batch = _Batch(timezone.now(), None, editor=editor)
    _renew(batch, [one])
    _tell(batch)


def _tell(batch: _Batch) -> None:
    Change.objects.bulk_create(batch.changes)
    if batch.changed:
        Notification.objects.filter(pk__in=batch.changed).update(updated_at=batch.now)
        records_changed.send(sender=Notification, record_type=RECORD_TYPE, ids=sorted(batch.changed), removed=False)


def _records(batch: _Batch, named: Collection[str]) -> dict[str, Notification]:
    """The records of these symbols, new ones included."""
    found = {one.symbol: one for one in Notification.objects.filter(symbol__in=named)}
    new = []
    for name in sorted(set(named) - found.keys()):
        symbol = symbol_of(name)
        new.append(
            Notification(
                slug=symbol.slug,
                symbol=name,
                base=symbol.base,
                kind=kind_of(symbol),
                member=members.read(symbol.member) or symbol.member,
                created_at=batch.now,
                updated_at=batch.now,
            )
        )
    Notification.objects.bulk_create(new)
    for one in new:
        batch.created.add(one.pk)
        batch.note(one, Change.Kind.CREATED)
        found[one.symbol] = one
    return found


def _renew(batch: _Batch, records: Sequence[Notification]) -> None:
    """Give records the values that follow from all that their sources say. Queries: five, and what changes."""
    statements = _statements(records)
    held: dict[int, dict[str, Wording]] = defaultdict(dict)
    for wording in Wording.objects.filter(notification__in=records).order_by():
        held[wording.notification_id][wording.language] = wording
    changed: list[Notification] = []
    wordings: list[Wording] = []
    for one in records:
        if not statements[one.pk]:
            continue  # what no source names any more stays as it was
        new = with_edits(merged(statements[one.pk]), one.edited)
        different = [
            (name, old, new.fields[name]) for name in FIELDS if (old := getattr(one, name)) != new.fields[name]
        ]
        for name, old, value in different:
            setattr(one, name, value)
            if not name.endswith("_stated") or value:
                batch.note_field(one, name, old, value)
        if different:
            changed.append(one)
        wordings += _renew_wordings(batch, one, held[one.pk], new)
    Wording.objects.bulk_create([each for each in wordings if not each.pk], batch_size=CHUNK)
    Wording.objects.bulk_update([each for each in wordings if each.pk], TEXTS, batch_size=CHUNK)
    if changed:
        Notification.objects.bulk_update(changed, FIELDS, batch_size=CHUNK)
        _save_products(changed)


def with_edits(found: Merged, edited: Mapping[str, str]) -> Merged:
    """With the Chinese words of the editors in place of those of sources."""
    chinese = (
        dict.fromkeys(TEXTS, "") | found.texts.get("zh", {}) | {name: text for name, text in edited.items() if text}
    )
    return Merged(found.fields, found.texts | ({"zh": chinese} if any(chinese.values()) else {}))


def _statements(records: Sequence[Notification]) -> dict[int, list[Statement]]:
    found: dict[int, list[Statement]] = defaultdict(list)
    rows = Claim.objects.filter(record_type=RECORD_TYPE, record_id__in=[one.pk for one in records])
    for claim in rows.select_related("source").order_by("source", "key"):
        try:
            item = NotificationItem.model_validate({**claim.values, "key": claim.key, "url": claim.url})
        except ValidationError:
            logger.exception("what %s said of %s is no longer understood", claim.source_id, claim.key)
            continue
        found[claim.record_id].append(Statement(item, claim.source.precedence, (claim.source_id, claim.key)))
    return found


def _renew_wordings(batch: _Batch, one: Notification, held: Mapping[str, Wording], new: Merged) -> list[Wording]:
    """The texts of a record that are new or have changed; those in a language that no source has any more go."""
    changed = []
    for language, texts in new.texts.items():
        wording = held.get(language) or Wording(notification=one, language=language)
        different = [(name, old, texts[name]) for name in TEXTS if (old := getattr(wording, name)) != texts[name]]
        for name, old, value in different:
            setattr(wording, name, value)
            batch.note_field(one, f"{name}.{language}", old, value)
        if different:
            changed.append(wording)
    if gone := [wording.pk for language, wording in held.items() if language not in new.texts]:
        Wording.objects.filter(pk__in=gone).delete()
        batch.changed.add(one.pk)
    return changed


def _save_products(records: Sequence[Notification]) -> None:
    Product.objects.filter(notification__in=records).delete()
    rows = {
        (one.pk, system, code): Product(notification=one, system=system, code=code)
        for one in records
        for system, stated, wider in (("hs", one.hs, codes.wider_hs), ("ics", one.ics, codes.wider_ics))
        for given in stated
        for code in wider(given)
    }
    Product.objects.bulk_create(rows.values(), batch_size=CHUNK)


def _save_deadlines(batch: _Batch, bases: Collection[str]) -> None:
    """The day until which comments are taken, on every document of these threads."""
    threads: dict[str, list[Notification]] = defaultdict(list)
    for one in Notification.objects.filter(base__in=bases).order_by():
        threads[one.base].append(one)
    moved: list[Notification] = []
    for documents in threads.values():
        found = thread(documents)
        deadline = found.deadline.day if found.deadline else ""
        for one in documents:
            if one.deadline != deadline:
                batch.note_field(one, "deadline", one.deadline, deadline)
                batch.changed.add(one.pk)
                one.deadline = deadline
                moved.append(one)
    Notification.objects.bulk_update(moved, ["deadline"], batch_size=CHUNK)


def on_records_changed(sender: object, *, record_type: str, ids: Iterable[int], **_kwargs: Any) -> None:
    """Receiver of ``records_changed``: that a source no longer lists a record is news of it."""
    if record_type == RECORD_TYPE and sender is Claim:
        Notification.objects.filter(pk__in=list(ids)).update(updated_at=timezone.now())
