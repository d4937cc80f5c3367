"""What an editor does to a standard: every act leaves a Change, and what is set by hand stays until it is released.

Each function runs in one transaction with the signal that queues the record for the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from content.provenance import edits
from content.provenance.models import Change, Claim
from content.provenance.signals import records_changed
from content.standards.batch import keep_addresses
from content.standards.columns import identity
from content.standards.documents import RECORD_TYPE
from content.standards.links import link_waiting
from content.standards.models import Body, File, FormerAddress, Relation, Standard
from content.standards.store import create_bodies
from search.designations import Designation

EDITABLE = (
    "title_zh", "title_en", "title_fr", "scope",
    "status", "status_since", "stage", "published", "effective", "withdrawn",
    "edition", "kind", "obligation", "languages", "pages", "price_class", "access", "url",
    "ics", "ccs", "committee", "committee_title", "responsible", "drafters",
)  # fmt: skip
"""Fields an editor may set; number, part, year and slug follow from the designation, which ``rename`` sets."""
RELATIONS = "relations"
"""Name under which ``locked_fields`` keeps sources from restating the relations of a standard."""


def values_of(standard: Standard) -> dict[str, Any]:
    """The editable values as they are written into Changes; classes as sorted codes."""
    values = {name: getattr(standard, name) for name in EDITABLE if name not in ("ics", "ccs")}
    return values | {name: sorted(one.pk for one in getattr(standard, name).all()) for name in ("ics", "ccs")}


@transaction.atomic
def record_edit(standard: Standard, before: Mapping[str, Any], editor: User) -> list[str]:
    """After ``standard`` was saved with an editor's values: one Change and one lock for each field that differs.

    ``before`` is what ``values_of`` gave before. Returns the fields that changed.
    """
    after = values_of(standard)
    changed = [name for name in EDITABLE if before[name] != after[name]]
    if not changed:
        return []
    for name in changed:
        kind = Change.Kind.STATUS if name == "status" else Change.Kind.FIELD
        _write(standard, editor, kind, name, before[name], after[name])
    _lock(standard, changed)
    return changed


@transaction.atomic
def rename(standard: Standard, designation: Designation, editor: User) -> None:
    """Gives the record another designation and with it another address; the old one goes on leading to it.

    Sources no longer name it. Relations that wait for the new designation point to it.
    """
    new = identity(designation, designation.slug, designation.canonical)
    if new["slug"] == standard.slug:
        return
    create_bodies([designation])
    for name in ("designation", "slug"):
        _write(standard, editor, Change.Kind.FIELD, name, getattr(standard, name), new[name])
    FormerAddress.objects.filter(slug=new["slug"]).delete()
    keep_addresses({standard.slug: standard.pk}, timezone.now())
    for name, value in new.items():
        setattr(standard, name, value)
    standard.save(update_fields=list(new))
    _lock(standard, ["designation"])
    link_waiting([standard.slug])


@transaction.atomic
def unlock(standard: Standard, fields: Iterable[str], editor: User) -> None:
    """Gives ``fields`` back to the sources: the next crawl takes their word again, even if it is what it was."""
    kept = [name for name in standard.locked_fields if name not in set(fields)]
    if kept == standard.locked_fields:
        return
    _write(standard, editor, Change.Kind.FIELD, "locked_fields", standard.locked_fields, kept)
    standard.locked_fields = kept
    Claim.objects.filter(record_type=RECORD_TYPE, record_id=standard.pk).update(item_hash="")
    _touch(standard, "locked_fields")


@transaction.atomic
def add_relation(relation: Relation, editor: User) -> None:
    """Saves a new relation stated by an editor; sources no longer restate the relations of its standard."""
    relation.save()
    standard = relation.standard
    _write(standard, editor, Change.Kind.FIELD, RELATIONS, None, _relation_value(relation))
    _lock(standard, [RELATIONS])


@transaction.atomic
def remove_relation(relation: Relation, editor: User) -> None:
    """Deletes a relation; sources no longer restate the relations of its standard."""
    standard = relation.standard
    _write(standard, editor, Change.Kind.FIELD, RELATIONS, _relation_value(relation), None)
    relation.delete()
    _lock(standard, [RELATIONS])


@transaction.atomic
def record_file_edit(file: File, before: Mapping[str, Any], editor: User) -> None:
    """After ``file`` was saved: one Change of its standard for each of ``before`` that differs."""
    changed = {name: old for name, old in before.items() if getattr(file, name) != old}
    if not changed:
        return
    for name, old in changed.items():
        values = {"name": file.name, name: old}, {"name": file.name, name: getattr(file, name)}
        _write(file.standard, editor, Change.Kind.FIELD, "files", *values)
    _touch(file.standard)


@transaction.atomic
def requeue_standards_of(body: Body) -> None:
    """Queues the public standards of a body for the index."""
    ids = list(Standard.objects.public().filter(body=body).values_list("pk", flat=True))
    records_changed.send(Standard, record_type=RECORD_TYPE, ids=ids, removed=False)


def _relation_value(relation: Relation) -> dict[str, str]:
    return {"kind": relation.kind, "degree": relation.degree, "designation": relation.target_designation}


def _lock(standard: Standard, fields: Iterable[str]) -> None:
    standard.locked_fields = sorted({*standard.locked_fields, *fields})
    _touch(standard, "locked_fields")


def _touch(standard: Standard, *fields: str) -> None:
    edits.touch(standard, RECORD_TYPE, *fields)


def _write(standard: Standard, editor: User, kind: str, field: str, old: Any, new: Any) -> None:
    edits.note(standard, RECORD_TYPE, standard.designation, editor, field=field, old=old, new=new, kind=kind)
