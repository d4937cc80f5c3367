"""Standards as lines of a list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from django.db import connection
from django.urls import get_script_prefix
from django.utils.translation import get_language

from content.standards.models import CcsClass, IcsClass, Standard
from content.standards.models.standards import around_slug
from search.documents.standards import RECORD_TYPE
from search.labels import fixed
from search.lines.line import Line
from search.names import names
from search.records import Row, places, rows

__all__ = ["RECORD_TYPE", "lines"]

C = TypeVar("C", IcsClass, CcsClass)


def lines(ids: Sequence[int]) -> dict[int, Line]:
    """Three queries."""
    found = rows(f"id IN ({places(ids)})", ids)
    known = names()
    keys = [row.id for row in found]
    ics = _classes(Standard.ics.through, "icsclass_id", known.ics, keys)
    ccs = _classes(Standard.ccs.through, "ccsclass_id", known.ccs, keys)
    language = get_language() or ""
    statuses, access = fixed("status", language), fixed("access", language)
    before, after = around_slug(language, get_script_prefix())
    issuers = {code: body.name for code in {row.body_id for row in found} if (body := known.bodies.get(code))}
    return {
        row.id: Line(
            type=RECORD_TYPE,
            id=row.id,
            url=f"{before}{row.slug}{after}",
            designation=row.designation,
            titles=_titles(row),
            text=row.scope,
            status=row.status,
            status_label=statuses[row.status],
            dates={"published": row.published, "effective": row.effective, "withdrawn": row.withdrawn},
            body=row.body_id,
            issuer=issuers.get(row.body_id, row.body_id),
            access_label=access[row.access] if row.access == Standard.Access.FULL_TEXT else "",
            ics=tuple(ics.get(row.id, ())),
            ccs=tuple(ccs.get(row.id, ())),
            record=row,
        )
        for row in found
    }


def _titles(row: Row) -> dict[str, str]:
    titles = {"zh": row.title_zh, "en": row.title_en, "fr": row.title_fr}
    return {language: title for language, title in titles.items() if title}


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
