"""From items to records: the one way in which crawled standards enter the database.

Each call is one transaction with a fixed number of steps, whatever the number of items. An item that is what its source
said before costs no write. Nothing is ever deleted: a source that stops listing a record leaves its claim marked as
missing (``content.provenance.claims``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from content.provenance import runs
from content.provenance.intake import Counts, Told, claims_by_key, digest_of, is_news, write_claims
from content.provenance.models import Claim, Run, Source
from content.provenance.rejections import Rejection, keep
from content.provenance.signals import records_changed
from content.standards import columns, links, merge
from content.standards.batch import RECORD_TYPE, Batch
from content.standards.items import StandardItem
from content.standards.models import Body, Standard
from content.standards.statements import Statement, own_relations, read
from search.designations import Designation, issuing_bodies, try_parse


def upsert(
    items: Sequence[StandardItem],
    *,
    source: Source,
    run: Run | None = None,
    snapshots: Mapping[str, int] | None = None,
    force: bool = False,
) -> Counts:
    """Take over what ``source`` says; all of it or, on an error, nothing.

    ``snapshots`` gives the snapshot each item (by its key) was read from. ``force`` takes items over even where the
    source said the same before: after a change of our own rules. Raises RunLost or RunCancelled if the run may not go
    on.
    """
    digests = {item.key: (item, digest_of(item)) for item in items}
    batch = Batch(timezone.now(), source, run)
    with transaction.atomic():
        claims = claims_by_key(source, digests)
        fresh = [pair for key, pair in digests.items() if force or is_news(claims.get(key), pair[1])]
        statements, rejections = read(fresh)
        if statements:
            _take_over(batch, statements, claims, snapshots or {})
        if run and rejections:
            keep(rejections, run=run)
        counts = _counted(batch, len(digests), rejections)
        if run:
            runs.beat(run, asdict(counts))
    return counts


def _counted(batch: Batch, items: int, rejections: Sequence[Rejection]) -> Counts:
    created = len(batch.created)
    updated = len(batch.changed) - created
    taken = items - len(rejections)
    return Counts(taken, created, updated, max(0, taken - created - updated), len(rejections))


def _take_over(
    batch: Batch, statements: Sequence[Statement], claims: Mapping[str, Claim], snapshots: Mapping[str, int]
) -> None:
    records, words = _records_for(batch, statements, claims)
    for statement in statements:
        words[statement.slug].append(_word(batch.source, statement.key, statement.values, batch.now))
    today = timezone.localdate(batch.now)
    merged: dict[str, dict[str, Any]] = {}
    for statement in {one.slug: one for one in statements}.values():
        values = merge.merge(words[statement.slug])
        values["relations"] = [*values["relations"], *own_relations(statement.designation)]
        merged[statement.slug] = values
        desired = columns.columns(statement.designation, statement.slug, values, today)
        record = records[statement.slug]
        if record.pk:
            columns.update(batch, record, desired, today)
        else:
            columns.create(batch, record, desired)
    create_bodies(statement.designation for statement in statements)
    Standard.objects.bulk_create(batch.created)
    links.write_all(batch, {records[slug].pk: values for slug, values in merged.items()})
    batch.note_created()
    batch.save_changes()
    _write_claims(batch, statements, records, claims, snapshots)
    arrived = [record.slug for record in batch.created]
    arrived += [record.slug for record in batch.held.values() if "slug" in batch.fields[record.pk]]
    if arrived:
        links.link_waiting(arrived)
    if batch.changed:
        records_changed.send(sender=Standard, record_type=RECORD_TYPE, ids=batch.changed, removed=False)


def _records_for(
    batch: Batch, statements: Sequence[Statement], claims: Mapping[str, Claim]
) -> tuple[dict[str, Standard], dict[str, list[merge.Word]]]:
    """The record of each statement by slug, new ones included, and what other claims say of it.

    A source's key may come with another designation than before (a draft was published). Its record then takes the new
    designation, unless that designation is held already or someone else still knows the record by its old one: then the
    claim moves.
    """
    slugs = {statement.slug for statement in statements}
    claimed = {claims[one.key].record_id for one in statements if one.key in claims}
    by_slug = {record.slug: record for record in Standard.objects.filter(slug__in=slugs)}
    by_pk = {record.pk: record for record in by_slug.values()}
    if lacking := claimed - by_pk.keys():
        by_pk.update(Standard.objects.in_bulk(lacking))
    spoken = _other_words(batch.source, by_pk, {statement.key for statement in statements})
    records: dict[str, Standard] = {}
    renamed: set[int] = set()
    for statement in statements:
        record = records.get(statement.slug) or by_slug.get(statement.slug)
        if record is None and statement.key in claims:
            own = by_pk.get(claims[statement.key].record_id)
            if own and "designation" in own.locked_fields:  # an editor knows better what it is called
                record = own
            # ``own.slug in slugs``: this very batch says that the old designation lives on under another key.
            elif own and not spoken[own.pk] and own.slug not in slugs and own.pk not in renamed:
                renamed.add(own.pk)
                record = own
        records[statement.slug] = record or Standard(slug=statement.slug, created_at=batch.now, updated_at=batch.now)
    return records, defaultdict(list, {slug: list(spoken.get(one.pk or 0, ())) for slug, one in records.items()})


def _other_words(source: Source, records: Iterable[int], incoming: set[str]) -> dict[int, list[merge.Word]]:
    """What is claimed of these records, apart from what is just being said anew."""
    spoken: dict[int, list[merge.Word]] = defaultdict(list)
    held = list(records)
    if held:
        for claim in Claim.objects.filter(record_type=RECORD_TYPE, record_id__in=held).select_related("source"):
            if claim.source_id != source.pk or claim.key not in incoming:
                listed = claim.missing_since is None
                spoken[claim.record_id].append(
                    _word(claim.source, claim.key, claim.values, claim.changed_at, listed=listed)
                )
    return spoken


def _word(source: Source, key: str, values: dict[str, Any], at: datetime, *, listed: bool = True) -> merge.Word:
    designation = try_parse(values["designation"]) if source.authority else None
    authority = designation is not None and designation.body in source.authority.split()
    return merge.Word(source.name, authority, source.precedence, listed, at, key, values)


def create_bodies(designations: Iterable[Designation]) -> None:
    """Make sure that the bodies which issue these designations are there."""
    wanted = {designation.body: designation for designation in designations}
    lacking = wanted.keys() - set(Body.objects.filter(code__in=wanted).values_list("code", flat=True))
    if not lacking:
        return
    names = issuing_bodies()
    rows = []
    for code in sorted(lacking):
        name_zh, name_en = names.get(code, ("", ""))
        rows.append(Body(code=code, name_zh=name_zh, name_en=name_en, jurisdiction=wanted[code].jurisdiction))
    Body.objects.bulk_create(rows, ignore_conflicts=True)


def _write_claims(
    batch: Batch,
    statements: Sequence[Statement],
    records: Mapping[str, Standard],
    claims: Mapping[str, Claim],
    snapshots: Mapping[str, int],
) -> None:
    told = (Told(one.key, one.item.url, one.digest, one.values, records[one.slug].pk) for one in statements)
    write_claims(told, source=batch.source, record_type=RECORD_TYPE, at=batch.now, claims=claims, snapshots=snapshots)
