"""The rows around a standard: classes and relations, written for a whole batch at once."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model, OuterRef, Subquery

from content.standards.batch import Batch
from content.standards.models import CcsClass, IcsClass, Relation, Standard
from content.standards.models.classification import Classification
from content.standards.statements import target

logger = logging.getLogger(__name__)

Codes = dict[int, list[str]]
"""Standard's key → codes."""


def write_all(batch: Batch, merged: Mapping[int, dict[str, Any]]) -> None:
    """Classes and relations of all records of the batch by key, those an editor has locked left alone."""
    created = {record.pk for record in batch.created}
    locked = {pk: set(record.locked_fields) for pk, record in batch.held.items()}
    for model, name in CLASSES:
        wanted = {pk: sorted(set(v.get(name, ()))) for pk, v in merged.items() if name not in locked.get(pk, ())}
        ensure_classes(model, {code for codes in wanted.values() for code in codes})
        before = write_classes(model, name, wanted, created)
        for pk, old in before.items():
            if old != wanted[pk]:
                batch.note(batch.held[pk], name, old, wanted[pk])
    relations = {pk: values["relations"] for pk, values in merged.items() if "relations" not in locked.get(pk, ())}
    for pk, (had, has) in write_relations(relations, created).items():
        if had != has:
            batch.note(batch.held[pk], "relations", had, has)


def ensure_classes(model: type[Classification], codes: Iterable[str]) -> None:
    """Make sure that a row exists for each code; one unknown to our tables is kept, untitled, under its parent."""
    wanted = {ancestor for code in codes for ancestor in _lineage(model, code)}
    if not wanted:
        return
    lacking = wanted - set(model._default_manager.filter(code__in=wanted).values_list("code", flat=True))
    if not lacking:
        return
    logger.warning("%s: codes not in the table: %s", model.__name__, ", ".join(sorted(lacking)))
    rows = []
    for code in sorted(lacking, key=len):  # parents first
        row: Any = model(code=code, level=_level(model, code))
        row.parent_id = _parent(model, code)
        rows.append(row)
    model._default_manager.bulk_create(rows, ignore_conflicts=True)


def write_classes(model: type[Classification], field: str, wanted: Codes, created: set[int]) -> dict[int, list[str]]:
    """Bring the classes of these standards to ``wanted``; answers what standards that were there before had."""
    through: type[Model] = getattr(Standard, field).through
    column = f"{model._meta.model_name}_id"
    held: dict[int, dict[str, int]] = defaultdict(dict)
    asked = wanted.keys() - created
    if asked:
        rows = through._default_manager.filter(standard_id__in=asked).values_list("standard_id", column, "pk")
        for standard_id, code, pk in rows:
            held[standard_id][code] = pk
    gone = [pk for key in asked for code, pk in held[key].items() if code not in wanted[key]]
    if gone:
        through._default_manager.filter(pk__in=gone).delete()
    fresh = [
        through(**{"standard_id": key, column: code})
        for key, codes in wanted.items()
        for code in codes
        if code not in held.get(key, ())
    ]
    if fresh:
        through._default_manager.bulk_create(fresh)
    return {key: sorted(held[key]) for key in asked}


def write_relations(
    wanted: Mapping[int, list[dict[str, Any]]], created: set[int]
) -> dict[int, tuple[list[str], list[str]]]:
    """Bring the relations of these standards to ``wanted``; answers what standards that were there before had and have.

    ``wanted`` has ``kind``, ``designation``, and may have ``degree`` and ``source``; of doubles the first counts.
    """
    desired: dict[tuple[int, str, str], Relation] = {}
    for key, relations in wanted.items():
        for relation in relations:
            row = _relation(key, relation)
            desired.setdefault((key, row.kind, row.target_slug), row)
    asked = wanted.keys() - created
    held: dict[tuple[int, str, str], Relation] = {}
    if asked:
        for row in Relation.objects.filter(standard_id__in=asked):
            held[row.standard_id, row.kind, row.target_slug] = row
    same = {
        place
        for place, row in held.items()
        if place in desired and (desired[place].degree, desired[place].source_id) == (row.degree, row.source_id)
    }
    if gone := [row.pk for place, row in held.items() if place not in same]:
        Relation.objects.filter(pk__in=gone).delete()
    if fresh := [row for place, row in desired.items() if place not in same]:
        slugs = {row.target_slug for row in fresh}
        targets = dict(Standard.objects.filter(slug__in=slugs).values_list("slug", "pk"))
        for row in fresh:
            row.target_id = targets.get(row.target_slug)
        Relation.objects.bulk_create(fresh)
    before, after = _labels(held), _labels(desired)
    return {key: (sorted(before.get(key, ())), sorted(after.get(key, ()))) for key in asked}


def _relation(key: int, relation: Mapping[str, Any]) -> Relation:
    end = target(relation["designation"])
    return Relation(
        standard_id=key,
        kind=relation["kind"],
        degree=relation.get("degree", ""),
        target_designation=end.designation,
        target_slug=end.slug or _unlinked(end.designation),
        source_id=relation.get("source"),
    )


def _labels(relations: Mapping[tuple[int, str, str], Relation]) -> dict[int, list[str]]:
    """Relations by standard as the history of changes shows them: ``adopts ISO 9001:2015 IDT``."""
    labels: dict[int, list[str]] = defaultdict(list)
    for (key, _, _), row in relations.items():
        labels[key].append(f"{row.kind} {row.target_designation} {row.degree}".rstrip())
    return labels


def link_waiting(slugs: Iterable[str]) -> None:
    """Relations whose target has just arrived point to it from now on. One query."""
    arrived = Standard.objects.filter(slug=OuterRef("target_slug")).values("pk")[:1]
    Relation.objects.filter(target__isnull=True, target_slug__in=list(slugs)).update(target=Subquery(arrived))


def _unlinked(designation: str) -> str:
    """Stands in for the slug of a target whose designation cannot be read; no slug has a space, so nothing ever
    links."""
    return f"? {designation}"[:140]


def _lineage(model: type[Classification], code: str) -> list[str]:
    """The code and its parents, narrowest first."""
    parent = _parent(model, code)
    return [code, *(_lineage(model, parent) if parent else [])]


def _parent(model: type[Classification], code: str) -> str | None:
    """``03.100.10`` → ``03.100``. A CCS class whose range is not known hangs on its letter: ranges have no fixed
    width."""
    if model is IcsClass:
        return code.rpartition(".")[0] or None
    return code[0] if len(code) > 1 else None


def _level(model: type[Classification], code: str) -> int:
    if model is IcsClass:
        return code.count(".") + 1
    return {1: 1, 3: 3}.get(len(code), 2)


CLASSES: tuple[tuple[type[Classification], str], ...] = ((IcsClass, "ics"), (CcsClass, "ccs"))
