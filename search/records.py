"""Standards read by hand: Django takes longer to write these queries than the database to answer them, and every search
asks them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import connection

from content.standards.models import Standard
from search.names import names

_READ = frozenset(
    ("id", "designation", "slug", "undated_slug", "family_slug", "sort_key", "body_id", "number", "part", "year")
    + ("title_zh", "title_en", "title_fr", "scope", "status", "published", "effective", "withdrawn", "access")
)
READ = tuple(name for field in Standard._meta.concrete_fields if (name := field.attname) in _READ)
"""Columns that a line of a list shows, or that say where it stands; to read all of them costs twice as much. In the
order of the model, as ``from_db`` wants them. None of them needs Django to turn what a database gives into a value."""


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
