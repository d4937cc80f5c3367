"""From items to records: the one way in which crawled regulations enter the database.

An item is one version of one act. It also tells of the earlier versions, which become records without a text until some
other item brings theirs. Nothing is ever deleted, and a text that is held stays when a source later gives only facts.
"""

from __future__ import annotations

import hashlib
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
from content.regulations import present
from content.regulations.identity import CELEX, match_of, slug_of
from content.regulations.items import RegulationItem, StageItem
from content.regulations.models import Citation, Provision, Regulation, Validity, Version
from content.regulations.text.titles import match_key

RECORD_TYPE = "regulation"
CHUNK = 2_000
_VERSION_FIELDS = ("title", "title_en", "body", "eli", "url", "number", "effective", "expired", "note")
"""Fields of a version that an item sets where it says something."""


@dataclass(slots=True)
class _Batch:
    """What one call touches."""

    now: datetime
    source: Source
    run: Run | None
    changes: list[Change] = field(default_factory=list)
    created: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    versions: dict[int, list[Version]] = field(default_factory=lambda: defaultdict(list))
    """All versions of the acts at hand, by act."""

    def note(self, regulation: Regulation, kind: str, **values: Any) -> None:
        self.changes.append(
            Change(
                record_type=RECORD_TYPE,
                record_id=regulation.pk,
                label=regulation.title[:200],
                kind=kind,
                cause=Change.Cause.SOURCE,
                at=self.now,
                run=self.run,
                source=self.source,
                **values,
            )
        )
        self.changed.add(regulation.pk)


def upsert(
    items: Sequence[RegulationItem],
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
        created, updated = len(batch.created), len(batch.changed - batch.created)
        counts = Counts(len(digests), created, updated, max(0, len(digests) - created - updated))
        if run:
            runs.beat(run, asdict(counts))
    return counts


def _take_over(
    batch: _Batch,
    fresh: Sequence[tuple[RegulationItem, str]],
    claims: Mapping[str, Claim],
    snapshots: Mapping[str, int],
) -> None:
    items = [item for item, _digest in fresh]
    regulations = _regulations(batch, items)
    for version in Version.objects.filter(regulation__in=[one.pk for one in regulations.values()]).defer("note"):
        batch.versions[version.regulation_id].append(version)
    own: dict[str, Version] = {}
    for item in items:
        own[item.key] = _versions_of(batch, regulations[match_of(item)], item)
    _save_versions(batch)
    _save_texts(batch, [(own[item.key], item) for item in items], regulations)
    _save_citations([(own[item.key], item) for item in items])
    repealed = Regulation.objects.filter(match__in=[match_key(name) for item in items for name in item.repeals])
    touched = {one.pk: one for one in regulations.values()} | {one.pk: one for one in repealed}
    for pk in touched.keys() - batch.versions.keys():
        batch.versions[pk] = []
    for version in Version.objects.filter(regulation__in=[pk for pk, held in batch.versions.items() if not held]):
        batch.versions[version.regulation_id].append(version)
    _renew(batch, list(touched.values()))
    Change.objects.bulk_create(batch.changes)
    told = (
        Told(
            item.key,
            item.url,
            digest,
            item.model_dump(mode="json", exclude_defaults=True, exclude={"key", "units", "note"}),
            regulations[match_of(item)].pk,
        )
        for item, digest in fresh
    )
    write_claims(told, source=batch.source, record_type=RECORD_TYPE, at=batch.now, claims=claims, snapshots=snapshots)
    if batch.changed:
        ids = sorted(batch.changed)
        records_changed.send(sender=Regulation, record_type=RECORD_TYPE, ids=ids, removed=False)


def _regulations(batch: _Batch, items: Sequence[RegulationItem]) -> dict[str, Regulation]:
    """The acts of these items by ``match``, new ones included."""
    by_match: dict[str, list[RegulationItem]] = defaultdict(list)
    for item in items:
        by_match[match_of(item)].append(item)
    found = {one.match: one for one in Regulation.objects.filter(match__in=by_match)}
    lacking = {match: told for match, told in by_match.items() if match not in found}
    first = {match: _first_day(told) for match, told in lacking.items()}
    likely = {slug_of(match, told[0].kind, first[match], ()) for match, told in lacking.items()}
    taken = set(Regulation.objects.filter(slug__in=likely).values_list("slug", flat=True))
    new = []
    for match, told in lacking.items():
        slug = slug_of(match, told[0].kind, first[match], taken)
        taken.add(slug)
        new.append(
            Regulation(
                slug=slug,
                match=match,
                kind=told[0].kind,
                title=told[0].title,
                language=told[0].language,
                validity=Validity.IN_FORCE,
                created_at=batch.now,
                updated_at=batch.now,
            )
        )
    Regulation.objects.bulk_create(new)
    for one in new:
        batch.created.add(one.pk)
        batch.note(one, Change.Kind.CREATED)
        found[one.match] = one
    return found


def _first_day(items: Iterable[RegulationItem]) -> str:
    days = [day for item in items for day in (item.published, *(one.date for one in item.stages)) if day]
    return min(days, default="")


def _versions_of(batch: _Batch, regulation: Regulation, item: RegulationItem) -> Version:
    """The version that the item is, after those that it tells of have their records."""
    stages = item.stages or (StageItem(kind="noted", date=item.published),)
    version = [_version_for(batch, regulation, stage) for stage in stages][-1]
    for name in _VERSION_FIELDS:
        if value := getattr(item, name):
            setattr(version, name, value)
    version.stated = item.validity or version.stated
    if item.articles is not None:
        version.articles = item.articles
    version.oddities = list(item.oddities)
    version.start = version.effective or version.date
    return version


def _version_for(batch: _Batch, regulation: Regulation, stage: StageItem) -> Version:
    named = {stage.date, *stage.dates} - {""}
    held = batch.versions[regulation.pk]
    version = next((one for one in held if named & {one.date, *one.dates}), None)
    if version is None and not named:
        version = next((one for one in held if not one.date), None)
    if version is None:
        version = Version(regulation=regulation, date=stage.date)
        held.append(version)
        if regulation.pk not in batch.created:
            batch.note(regulation, Change.Kind.FIELD, field="versions", old=None, new=stage.date)
    elif stage.date > version.date and not any(one.date == stage.date for one in held):
        version.date = stage.date  # so far known by the day of its adoption, and now by that of its publication
    version.dates = sorted({*version.dates, *named})
    if stage.kind in Version.Kind.values:
        version.kind = stage.kind
    for name in ("effective", "number", "by"):
        if value := getattr(stage, name):
            setattr(version, name, value)
    version.start = version.effective or version.date
    return version


def _save_versions(batch: _Batch) -> None:
    every = [version for held in batch.versions.values() for version in held]
    names = [one.name for one in Version._meta.concrete_fields if one.name not in ("id", "regulation", "text_digest")]
    known = [one for one in every if one.pk]
    Version.objects.bulk_create([one for one in every if not one.pk])
    if known:
        Version.objects.bulk_update(known, [name for name in names if name != "note"], batch_size=CHUNK)
        noted = [one for one in known if "note" not in one.get_deferred_fields()]
        if noted:
            Version.objects.bulk_update(noted, ["note"], batch_size=CHUNK)


def _save_texts(
    batch: _Batch, told: Sequence[tuple[Version, RegulationItem]], regulations: Mapping[str, Regulation]
) -> None:
    """The texts of items that have one, in place of what was held; an unchanged text is not written again."""
    written: dict[int, tuple[Version, RegulationItem]] = {}
    for version, item in told:
        if item.units:
            digest = hashlib.sha256(repr([tuple(unit) for unit in item.units]).encode()).hexdigest()
            if digest != version.text_digest:
                if version.has_text or regulations[match_of(item)].pk not in batch.created:
                    batch.note(regulations[match_of(item)], Change.Kind.FIELD, field="text", old=None, new=version.date)
                version.text_digest, version.has_text = digest, True
                written[version.pk] = version, item
    if not written:
        return
    Provision.objects.filter(version__in=written).delete()
    Provision.objects.bulk_create(
        (
            Provision(version=version, position=position, **unit.model_dump())
            for version, item in written.values()
            for position, unit in enumerate(item.units)
        ),
        batch_size=CHUNK,
    )
    versions = [version for version, _item in written.values()]
    Version.objects.bulk_update(versions, ["text_digest", "has_text"], batch_size=CHUNK)


def _save_citations(told: Sequence[tuple[Version, RegulationItem]]) -> None:
    """What each version cites, in place of what was held."""
    by_version = {version.pk: (version, item) for version, item in told}
    Citation.objects.filter(version__in=by_version).delete()
    rows: list[Citation] = []
    for version, item in by_version.values():
        since = item.repeals_from or version.start
        cites = {(one.kind, False, one.key): one for one in item.cites}
        rows += [
            Citation(version=version, kind=kind, name=one.name, key=key, places=list(one.places), position=position)
            for position, ((kind, _repeals, key), one) in enumerate(cites.items())
        ]
        repeals = {match_key(name): name for name in item.repeals}
        rows += [
            Citation(
                version=version,
                kind=Citation.Kind.REGULATION,
                repeals=True,
                since=since,
                name=name.removeprefix(CELEX),
                key=key,
                position=len(cites) + position,
            )
            for position, (key, name) in enumerate(repeals.items())
        ]
    Citation.objects.bulk_create(rows, batch_size=CHUNK)


def _renew(batch: _Batch, regulations: Sequence[Regulation]) -> None:
    """What an act takes from its versions: title, body, days, validity. Fields that an editor has set stay."""
    today = timezone.localdate(batch.now).isoformat()
    repeals = present.repeals_of(regulations)
    moved: list[Version] = []
    for regulation in regulations:
        versions = batch.versions[regulation.pk]
        changed, turned = present.renewed(regulation, versions, repeals.get(regulation.match, ()), today)
        moved += turned
        for name, (old, new) in changed.items():
            if regulation.pk not in batch.created and name != "validity_basis":
                kind = Change.Kind.STATUS if name == "validity" else Change.Kind.FIELD
                batch.note(regulation, kind, field=name, old=old, new=new)
        if regulation.pk in batch.changed:
            regulation.updated_at = batch.now
    if moved:
        Version.objects.bulk_update(moved, ["validity"], batch_size=CHUNK)
    Regulation.objects.bulk_update(regulations, [*present.FIELDS, "updated_at"], batch_size=CHUNK)
