"""The records behind the hits of an answer, read in a fixed number of queries whatever the number of hits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Q
from django.urls import reverse

from content.standards.models import CcsClass, File, FilePage, IcsClass, Standard
from search.clauses import Hit
from search.documents import record_of
from search.names import names

C = TypeVar("C", IcsClass, CcsClass)


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page that matched; ``text`` is all of it."""

    number: int
    file: File
    text: str


@dataclass(frozen=True, slots=True)
class Records:
    """``standards`` by key of the hit (without those that are hidden or gone), ``pages`` likewise, best first.

    ``ics`` and ``ccs``: key of the standard → the classes it is filed under.
    """

    standards: dict[str, Standard]
    pages: dict[str, list[PageRecord]]
    ics: dict[int, list[IcsClass]]
    ccs: dict[int, list[CcsClass]]


_READ = frozenset(
    ("id", "designation", "slug", "undated_slug", "family_slug", "sort_key", "body_id", "number", "part", "year")
    + ("title_zh", "title_en", "title_fr", "scope", "status", "published", "effective", "withdrawn", "access")
)
READ = tuple(name for field in Standard._meta.concrete_fields if (name := field.attname) in _READ)
"""Columns that a line of a list shows, or that say where it stands; to read all of them costs twice as much. In the
order of the model, as ``from_db`` wants them. None of them needs Django to turn what a database gives into a value."""


# By hand: Django takes longer to write these queries than the database to answer them, and every search asks them.


def read(condition: str, values: Sequence[str | int]) -> list[Standard]:
    """Public standards by a condition in SQL on their columns, ``values`` for its places, with what ``READ`` has.

    Their bodies are shared between requests. ``condition`` is never of a reader's making.
    """
    table, columns = connection.ops.quote_name(Standard._meta.db_table), ", ".join(READ)
    sql = f"SELECT {columns} FROM {table} WHERE hidden_at IS NULL AND {condition}"  # noqa: S608 -- our own words
    alias = connection.alias
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        found = [Standard.from_db(alias, _READ, row) for row in cursor.fetchall()]
    bodies = names().bodies
    for standard in found:
        if (body := bodies.get(standard.body_id)) is not None:
            standard._state.fields_cache["body"] = body
    return found


def places(values: Collection[object]) -> str:
    """``%s, %s, %s``: a place in SQL for each value."""
    return ", ".join(["%s"] * len(values))


def load(hits: Sequence[Hit]) -> Records:
    """At most five queries."""
    ids = {hit.key: record_of(hit.key)[1] for hit in hits if record_of(hit.key)[0] == "standard"}
    known = names()
    found = read(f"id IN ({places(ids)})", list(ids.values())) if ids else []
    by_id = {standard.pk: standard for standard in found}
    standards = {key: by_id[pk] for key, pk in ids.items() if pk in by_id}
    return Records(
        standards,
        _pages(hits, standards),
        _classes(Standard.ics.through, "icsclass_id", known.ics, by_id),
        _classes(Standard.ccs.through, "ccsclass_id", known.ccs, by_id),
    )


def _classes(through: Any, column: str, known: dict[str, C], ids: Collection[int]) -> dict[int, list[C]]:
    found: dict[int, list[C]] = {}
    if not ids:
        return found
    table = connection.ops.quote_name(through._meta.db_table)
    sql = f"SELECT standard_id, {column} FROM {table} WHERE standard_id IN ({places(ids)})"  # noqa: S608 -- our own names
    with connection.cursor() as cursor:
        cursor.execute(sql, list(ids))
        for pk, code in sorted(cursor.fetchall()):
            if code in known:
                found.setdefault(pk, []).append(known[code])
    return found


def page_url(standard: Standard, page: PageRecord) -> str:
    """``…/files/<name>#page=N`` (RFC 8118, section 3: fragment identifiers of PDF)."""
    return f"{reverse('standards:file', args=[standard.slug, page.file.name])}#page={page.number}"


def _pages(hits: Sequence[Hit], standards: dict[str, Standard]) -> dict[str, list[PageRecord]]:
    wanted = {(int(file), number) for hit in hits for number, file, _score in hit.pages if hit.key in standards}
    if not wanted:
        return {}
    files = File.objects.in_bulk({file for file, _number in wanted})
    condition = Q()
    for file, number in wanted:
        condition |= Q(file_id=file, number=number)
    texts = {
        (file, number): text
        for file, number, text in FilePage.objects.filter(condition).values_list("file_id", "number", "text")
    }
    return {
        hit.key: [
            PageRecord(number, files[int(file)], texts[int(file), number])
            for number, file, _score in hit.pages
            if int(file) in files and (int(file), number) in texts
        ]
        for hit in hits
        if hit.key in standards
    }
