"""Standards as lines of a list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from django.db import connection
from django.utils.translation import get_language

from content.standards.models import CcsClass, IcsClass, Standard
from search.documents.standards import RECORD_TYPE
from search.labels import fixed
from search.lines.line import Line
from search.names import names
from search.records import places, read

__all__ = ["RECORD_TYPE", "line", "lines"]

C = TypeVar("C", IcsClass, CcsClass)


def lines(ids: Sequence[int]) -> dict[int, Line]:
    """Three queries."""
    found = read(f"id IN ({places(ids)})", ids)
    known = names()
    keys = [standard.pk for standard in found]
    ics = _classes(Standard.ics.through, "icsclass_id", known.ics, keys)
    ccs = _classes(Standard.ccs.through, "ccsclass_id", known.ccs, keys)
    statuses = fixed("status", get_language() or "")
    access = fixed("access", get_language() or "")
    return {
        one.pk: line(one, statuses, access, tuple(ics.get(one.pk, ())), tuple(ccs.get(one.pk, ()))) for one in found
    }


def line(
    standard: Standard,
    statuses: dict[str, str],
    access: dict[str, str],
    ics: tuple[IcsClass, ...],
    ccs: tuple[CcsClass, ...],
) -> Line:
    """The line of a standard. ``statuses`` and ``access`` are the labels in the reader's language."""
    titles = (("zh", standard.title_zh), ("en", standard.title_en), ("fr", standard.title_fr))
    full_text = standard.access == Standard.Access.FULL_TEXT
    return Line(
        type=RECORD_TYPE,
        id=standard.pk,
        url=standard.get_absolute_url(),
        designation=standard.designation,
        titles={language: title for language, title in titles if title},
        text=standard.scope,
        status=standard.status,
        status_label=statuses[standard.status],
        dates={"published": standard.published, "effective": standard.effective, "withdrawn": standard.withdrawn},
        body=standard.body_id,
        issuer=standard.body.name,
        access_label=access[standard.access] if full_text else "",
        ics=ics,
        ccs=ccs,
        record=standard,
    )


def _classes(through: Any, column: str, known: dict[str, C], ids: Collection[int]) -> dict[int, list[C]]:
    """By hand, as ``search.records`` reads."""
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
