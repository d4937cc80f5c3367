"""Standards read by hand: Django takes longer to write these queries than the database to answer them, and every search
asks them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db import connection

from content.standards.models import Standard
from search.names import names


class Row(NamedTuple):
    """What a list shows of a standard, as the database has it: a model instance costs ten times as much to make."""

    id: int
    designation: str
    slug: str
    undated_slug: str
    family_slug: str
    sort_key: str
    body_id: str
    number: str
    part: str
    year: int | None
    title_zh: str
    title_en: str
    title_fr: str
    scope: str
    status: str
    published: str
    effective: str
    withdrawn: str
    access: str


READ = Row._fields
"""Columns that a line of a list shows, or that say where it stands; to read all of them costs twice as much. In the
order of the model, as ``from_db`` wants them. None of them needs Django to turn what a database gives into a value."""
_READ = frozenset(READ)


def rows(condition: str, values: Sequence[str | int]) -> list[Row]:
    """Public standards by a condition in SQL on their columns, ``values`` for its places. ``condition`` is never of a
    reader's making."""
    table, columns = connection.ops.quote_name(Standard._meta.db_table), ", ".join(READ)
    sql = f"SELECT {columns} FROM {table} WHERE hidden_at IS NULL AND {condition}"  # noqa: S608 -- our own words
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return [Row._make(row) for row in cursor.fetchall()]


def read(condition: str, values: Sequence[str | int]) -> list[Standard]:
    """The same as models, with the columns of ``READ``. Their bodies are shared between requests."""
    alias = connection.alias
    found = [Standard.from_db(alias, _READ, row) for row in rows(condition, values)]
    bodies = names().bodies
    for standard in found:
        if (body := bodies.get(standard.body_id)) is not None:
            standard._state.fields_cache["body"] = body
    return found


def places(values: Collection[object]) -> str:
    """``%s, %s, %s``: a place in SQL for each value."""
    return ", ".join(["%s"] * len(values))
