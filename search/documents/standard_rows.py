"""Standards read from the database for the index: as columns, many at a time, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby
from typing import Any

from django.db.models import Q
from django.utils import timezone

from content.standards.models import Body, CcsClass, FilePage, IcsClass, Relation, Standard
from search.documents.standards import CITING, Names, PageRow, StandardRow

_PLAIN = (
    *("id", "designation", "designation_published", "slug", "undated_slug", "family_slug", "sort_key", "number"),
    *("part", "year", "kind", "title_zh", "title_en", "title_fr", "scope", "status", "published", "effective"),
    *("withdrawn", "committee", "committee_title", "access"),
)
"""Columns which are taken over as they are."""
_LISTS = ("responsible", "drafters", "languages")

_NOBODY = Names("", "")

FEW = 200
"""Standards whose classes are looked up by themselves; for more, all classes are read at once."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Classes by code: their names and the wider class."""

    names: dict[str, Names]
    parents: dict[str, str | None]

    @classmethod
    def read(cls, model: type[IcsClass] | type[CcsClass], codes: Iterable[str] | None = None) -> Tree:
        """All classes in one query, or ``codes`` and all wider ones in a query for each level."""
        tree = cls({}, {})
        columns = model.objects.order_by().values_list("code", "title_zh", "title_en", "parent_id")
        if codes is None:
            tree._add(columns)
            return tree
        wanted = set(codes)
        while wanted:
            tree._add(columns.filter(code__in=wanted))
            wanted = {parent for code in wanted if (parent := tree.parents.get(code)) and parent not in tree.names}
        return tree

    def _add(self, rows: Iterable[tuple[str, str, str, str | None]]) -> None:
        for code, zh, en, parent in rows:
            self.names[code] = Names(zh, en)
            self.parents[code] = parent

    def with_wider(self, codes: Sequence[str]) -> dict[str, Names]:
        """The classes and all wider ones, by code."""
        found: set[str] = set()
        for code in codes:
            at: str | None = code
            while at and at not in found:
                found.add(at)
                at = self.parents.get(at)
        return {code: self.names.get(code, _NOBODY) for code in sorted(found)}


def standard_rows(ids: Sequence[int], *, pages: bool = True) -> Iterator[StandardRow]:
    """Rows of the public standards among ``ids``, by rising id. Pages are streamed: one record's at a time."""
    bodies = {code: Names(zh, en) for code, zh, en in Body.objects.values_list("code", "name_zh", "name_en")}
    ics_of = _links(Standard.ics.through, "icsclass_id", ids)
    ccs_of = _links(Standard.ccs.through, "ccsclass_id", ids)
    few = len(ids) <= FEW
    ics = Tree.read(IcsClass, chain(*ics_of.values()) if few else None)
    ccs = Tree.read(CcsClass, chain(*ccs_of.values()) if few else None)
    cited, successors = _relations(ids)
    texts = groupby(
        FilePage.objects.filter(_among("file__standard_id", ids if pages else []))
        .order_by("file__standard_id", "file_id", "number")
        .values_list("file__standard_id", "file_id", "number", "text")
        .iterator(chunk_size=500),
        key=lambda page: page[0],
    )
    pages_id, pages_group = next(texts, (None, iter(())))
    columns = (*_PLAIN, *_LISTS, "body_id", "updated_at")
    standards = Standard.objects.public().filter(_among("pk", ids)).order_by("pk").values_list(*columns)
    for values in standards.iterator(chunk_size=1000):
        found: dict[str, Any] = dict(zip(columns, values, strict=True))
        pk = found["id"]
        while pages_id is not None and pages_id < pk:
            pages_id, pages_group = next(texts, (None, iter(())))
        own_pages = tuple(PageRow(*page[1:]) for page in pages_group) if pages_id == pk else ()
        yield _row(
            found,
            bodies.get(found["body_id"], _NOBODY),
            ics.with_wider(ics_of.get(pk, ())),
            ccs.with_wider(ccs_of.get(pk, ())),
            tuple(cited.get(pk, ())),
            tuple(successors.get(pk, ())),
            own_pages,
        )


def standard_row(standard: Standard) -> StandardRow:
    """The same row from one model instance and its relations, the way Haystack prepares objects."""
    found: dict[str, Any] = {name: getattr(standard, name) for name in (*_PLAIN, *_LISTS, "body_id", "updated_at")}
    relations = standard.relations.select_related("target")
    successors = [(r.target.effective or r.target.published) for r in relations if _succeeds(r) and r.target]
    for incoming in standard.incoming.filter(kind=Relation.Kind.REPLACES).select_related("standard"):
        successors.append(incoming.standard.effective or incoming.standard.published)
    return _row(
        found,
        Names(standard.body.name_zh, standard.body.name_en),
        _wider(standard.ics.all()),
        _wider(standard.ccs.all()),
        tuple(r.target_designation for r in relations if r.kind in CITING),
        tuple(successors),
        tuple(
            PageRow(page.file_id, page.number, page.text)
            for file in standard.files.order_by("pk")
            for page in file.text_pages.order_by("number")
        ),
    )


def public_ids() -> Sequence[int]:
    return list(Standard.objects.public().order_by("pk").values_list("pk", flat=True))


def standards_depending_on(ids: Sequence[int]) -> set[int]:
    """Standards that these ones replace: the day their being in force ended may have become known, or another."""
    replaced = Relation.objects.filter(_among("standard_id", ids), kind=Relation.Kind.REPLACES, target__isnull=False)
    replacing = Relation.objects.filter(_among("target_id", ids), kind=Relation.Kind.REPLACED_BY)
    found = set(replaced.values_list("target_id", flat=True)) | set(replacing.values_list("standard_id", flat=True))
    return {pk for pk in found if pk is not None}.difference(ids)


def _among(column: str, ids: Sequence[int]) -> Q:
    """``column`` is one of ``ids``; as a range where they follow each other, as those of new records do: a list of a
    thousand costs Django and the database as much as reading the rows."""
    if ids and max(ids) - min(ids) == len(set(ids)) - 1:
        return Q((f"{column}__gte", min(ids)), (f"{column}__lte", max(ids)))
    return Q((f"{column}__in", ids))


def _row(
    found: dict[str, Any],
    body_names: Names,
    ics: dict[str, Names],
    ccs: dict[str, Names],
    cited: tuple[str, ...],
    successors: tuple[str, ...],
    pages: tuple[PageRow, ...],
) -> StandardRow:
    updated: datetime = found["updated_at"]
    plain: dict[str, Any] = {name: found[name] for name in _PLAIN}
    lists: dict[str, Any] = {name: tuple(str(value) for value in found[name] or ()) for name in _LISTS}
    return StandardRow(
        **plain,
        **lists,
        body=found["body_id"],
        body_names=body_names,
        updated=timezone.localdate(updated),
        ics=ics,
        ccs=ccs,
        cited=tuple(sorted(cited)),
        successors=tuple(sorted(filter(None, successors))),
        pages=pages,
    )


def _links(through: Any, column: str, ids: Sequence[int]) -> dict[int, list[str]]:
    links: dict[int, list[str]] = defaultdict(list)
    for pk, code in through.objects.filter(_among("standard_id", ids)).values_list("standard_id", column):
        links[pk].append(code)
    return links


def _relations(ids: Sequence[int]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Per standard: designations it is also found by, and dates from which its successors apply."""
    cited: dict[int, list[str]] = defaultdict(list)
    successors: dict[int, list[str]] = defaultdict(list)
    kinds = [*CITING, Relation.Kind.REPLACED_BY]
    outgoing = Relation.objects.filter(_among("standard_id", ids), kind__in=kinds)
    for pk, kind, designation, effective, published in outgoing.values_list(
        "standard_id", "kind", "target_designation", "target__effective", "target__published"
    ):
        if kind == Relation.Kind.REPLACED_BY:
            successors[pk].append(effective or published or "")
        else:
            cited[pk].append(designation)
    incoming = Relation.objects.filter(_among("target_id", ids), kind=Relation.Kind.REPLACES)
    for pk, effective, published in incoming.values_list("target_id", "standard__effective", "standard__published"):
        successors[pk].append(effective or published)
    return cited, successors


def _succeeds(relation: Relation) -> bool:
    return relation.kind == Relation.Kind.REPLACED_BY


def _wider(classes: Any) -> dict[str, Names]:
    """Instances with all their wider classes, by code."""
    found: dict[str, Names] = {}
    for each in classes:
        at = each
        while at is not None and at.code not in found:
            found[at.code] = Names(at.title_zh, at.title_en)
            at = at.parent
    return dict(sorted(found.items()))
