"""From items to records: the one way in which crawled list entries enter the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from content.provenance import runs
from content.provenance.intake import Counts, Told, claims_by_key, digest_of, is_news, write_claims
from content.provenance.models import Change, Claim, Run, Source
from content.provenance.signals import records_changed
from content.reach import names
from content.reach.items import EntryItem, SubstanceItem
from content.reach.models import ListEntry, Number, Substance
from content.reach.statements import RECORD_TYPE as RECORD_TYPE
from content.reach.statements import match, numbers_of, statements_of

_FIELDS = (
    *("number", "included", "reason_text", "latest_application", "application_note", "sunset", "sunset_note"),
    *("conditions_url", "decision_url"),
)
_LISTS = ("reasons", "decisions")
NAMED = 50
"""Members that a change of a group names."""


@dataclass(slots=True)
class _Batch:
    """What one call touches."""

    now: datetime
    source: Source
    run: Run | None
    changes: list[Change] = field(default_factory=list)
    created: int = 0
    updated: set[int] = field(default_factory=set)

    def note(self, substance: Substance, kind: Change.Kind, **values: Any) -> None:
        self.changes.append(
            Change(
                record_type=RECORD_TYPE,
                record_id=substance.pk,
                label=substance.name[:200],
                kind=kind,
                cause=Change.Cause.SOURCE,
                at=self.now,
                run=self.run,
                source=self.source,
                **values,
            )
        )


def upsert(
    items: Sequence[EntryItem],
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
            _take_over(batch, fresh, claims, snapshots or {})
        updated = len(batch.updated)
        unchanged = max(0, len(digests) - batch.created - updated)
        counts = Counts(len(digests), batch.created, updated, unchanged)
        if run:
            runs.beat(run, asdict(counts))
    return counts


def _take_over(
    batch: _Batch, fresh: Sequence[tuple[EntryItem, str]], claims: Mapping[str, Claim], snapshots: Mapping[str, int]
) -> None:
    items = [item for item, _digest in fresh]
    substances = _substances(batch, [one for item in items for one in (item.substance, *item.members)])
    held = {
        (entry.list_name, entry.key): entry
        for entry in ListEntry.objects.filter(key__in=[item.key for item in items]).select_related("substance")
    }
    touched: set[int] = set()
    for item in items:
        substance = substances[match(item.substance)]
        entry = held.get((item.list_name, item.key))
        if entry is None:
            entry = ListEntry(list_name=item.list_name, key=item.key)
            _fill(entry, item, substance)
            entry.save()
            batch.created += 1
            batch.note(substance, Change.Kind.STATUS, field=item.list_name, old=None, new=item.included)
        else:
            _update(batch, entry, item, substance)
        touched.add(substance.pk)
        touched |= _set_members(batch, entry, [substances[match(one)] for one in item.members])
    told = (
        Told(
            item.key,
            item.url,
            digest,
            item.model_dump(mode="json", exclude_defaults=True, exclude={"key"}),
            substances[match(item.substance)].pk,
        )
        for item, digest in fresh
    )
    write_claims(told, source=batch.source, record_type=RECORD_TYPE, at=batch.now, claims=claims, snapshots=snapshots)
    touched |= _restate(batch, touched | {one.pk for one in substances.values()})
    Change.objects.bulk_create(batch.changes)
    Substance.objects.filter(pk__in=touched).update(updated_at=batch.now)
    records_changed.send(sender=Substance, record_type=RECORD_TYPE, ids=sorted(touched), removed=False)


def _restate(batch: _Batch, ids: Iterable[int]) -> set[int]:
    """Names and numbers as the lists have them now: whatever order the lists are read in, and also what is taken
    back. Numbers that an editor added stay. Returns the keys of the substances that took others."""
    held = {one.pk: one for one in Substance.objects.filter(pk__in=list(ids))}
    said = statements_of(list(held.values()))
    new = {change.record_id for change in batch.changes if change.kind == Change.Kind.CREATED}
    renamed = []
    for pk, items in said.items():
        one, first = held[pk], items[0]
        for name, value in (("name", first.name), ("description", first.description)):
            if (old := getattr(one, name)) != value:
                setattr(one, name, value)
                renamed.append(one)
                if pk not in new:
                    batch.note(one, Change.Kind.FIELD, field=name, old=old, new=value)
    Substance.objects.bulk_update(dict.fromkeys(renamed), ["name", "description"])
    gone: dict[int, int] = {}
    for number in Number.objects.filter(substance__in=said):
        stated = {(each.kind.value, each.value) for item in said[number.substance_id] for each in numbers_of(item)}
        if (number.kind, number.value) not in stated and not number.by_editor:
            gone[number.pk] = number.substance_id
            batch.note(held[number.substance_id], Change.Kind.FIELD, field="numbers", old=str(number), new=None)
    Number.objects.filter(pk__in=gone).delete()
    return {one.pk for one in renamed} | set(gone.values())


def _fill(entry: ListEntry, item: EntryItem, substance: Substance) -> None:
    entry.substance = substance
    for name in _FIELDS:
        setattr(entry, name, getattr(item, name))
    for name in _LISTS:
        setattr(entry, name, list(getattr(item, name)))
    entry.missing_since = None


def _update(batch: _Batch, entry: ListEntry, item: EntryItem, substance: Substance) -> None:
    before = {name: getattr(entry, name) for name in (*_FIELDS, *_LISTS)}
    was = entry.substance
    _fill(entry, item, substance)
    changed = [(name, old, new) for name, old in before.items() if (new := getattr(entry, name)) != old]
    for name, old, new in changed:
        batch.note(substance, Change.Kind.FIELD, field=f"{item.list_name}.{name}", old=old, new=new)
    if was != substance:
        batch.note(substance, Change.Kind.FIELD, field=f"{item.list_name}.substance", old=was.name, new=substance.name)
    if changed or was != substance:
        batch.updated.add(entry.pk)
    entry.save()


def _set_members(batch: _Batch, entry: ListEntry, members: Sequence[Substance]) -> set[int]:
    """The members of a group entry; keys of those that joined or left it."""
    present = set(entry.members.values_list("pk", flat=True)) if entry.pk else set()
    wanted = {one.pk: one for one in members if one.pk != entry.substance_id}
    joined, left = wanted.keys() - present, present - wanted.keys()
    if joined or left:
        entry.members.set(wanted.values())
        if present:
            batch.note(
                entry.substance,
                Change.Kind.FIELD,
                field=f"{entry.list_name}.members",
                old=_named(left),
                new=_named(joined),
            )
            batch.updated.add(entry.pk)
    return joined | left


def _named(members: Iterable[int]) -> list[str]:
    """Members that left or joined, by name and number; the first fifty."""
    found = Substance.objects.filter(pk__in=list(members)).order_by("name").prefetch_related("numbers")[:NAMED]
    return [" ".join((one.name[:120], *(str(each) for each in one.numbers.all()[:2]))) for one in found]


# Substances


def _substances(batch: _Batch, items: Iterable[SubstanceItem]) -> dict[str, Substance]:
    """The records of these substances by ``match``, new ones included, with their numbers."""
    by_match: dict[str, SubstanceItem] = {}
    for item in items:
        by_match.setdefault(match(item), item)
    found = {one.match: one for one in Substance.objects.filter(match__in=by_match)}
    _known_by_other_number(by_match, found)
    new = [_new(batch, key, item) for key, item in by_match.items() if key not in found]
    Substance.objects.bulk_create(new)
    found |= {one.match: one for one in new}
    for one in new:
        batch.note(one, Change.Kind.CREATED)
    numbers: dict[tuple[int, str, str], Number] = {}
    for key, item in by_match.items():
        for number in numbers_of(item):
            row = Number(substance=found[key], kind=number.kind.value, value=number.value, sound=number.sound)
            numbers[found[key].pk, row.kind, row.value] = row
    Number.objects.bulk_create(numbers.values(), ignore_conflicts=True)
    return found


def _known_by_other_number(by_match: Mapping[str, SubstanceItem], found: dict[str, Substance]) -> None:
    """A list that gives only the EC number means the substance that another list gives with its CAS number too."""
    values = {key.partition(":")[2]: key for key in by_match if key not in found and not key.startswith("name:")}
    known: dict[str, set[int]] = defaultdict(set)
    rows = list(Number.objects.filter(value__in=values).select_related("substance"))
    for row in rows:
        known[row.value].add(row.substance_id)
    for row in rows:
        if len(known[row.value]) == 1:
            found[values[row.value]] = row.substance


def _new(batch: _Batch, key: str, item: SubstanceItem) -> Substance:
    kind, _colon, value = key.partition(":")
    return Substance(
        slug=names.slug(item.name) if kind == "name" else f"{kind}-{value}",
        match=key,
        name=item.name,
        description=item.description,
        created_at=batch.now,
        updated_at=batch.now,
    )


def on_records_changed(sender: object, *, record_type: str, ids: Iterable[int], **_kwargs: Any) -> None:
    """Receiver of ``records_changed``: what a list no longer names is marked in its entry, as its claim was."""
    if record_type != RECORD_TYPE or sender is not Claim:
        return
    for claim in Claim.objects.filter(record_type=RECORD_TYPE, record_id__in=list(ids)).only(
        "key", "values", "missing_since"
    ):
        entries = ListEntry.objects.filter(list_name=claim.values["list_name"], key=claim.key)
        entries.update(missing_since=claim.missing_since)
