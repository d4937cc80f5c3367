"""Records read by hand are those that Django would read."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models.expressions import Col

from content.standards.models import Standard
from search.names import names
from search.records import READ, places, read
from tests.factories import make_standard

pytestmark = pytest.mark.django_db


def test_the_same_values_as_through_the_models() -> None:
    made = [make_standard(f"ISO {number}-1:2015", status="in_force", title_en=f"Title {number}") for number in (11, 12)]
    ours = read(f"id IN ({places(made)}) ORDER BY sort_key", [one.pk for one in made])
    theirs = Standard.objects.filter(pk__in=[one.pk for one in made]).order_by("sort_key")
    assert [[getattr(one, name) for name in READ] for one in ours] == [list(row) for row in theirs.values_list(*READ)]
    assert [one.number for one in ours] == ["11", "12"]


def test_no_column_needs_to_be_turned_into_a_value() -> None:
    fields = [field for field in Standard._meta.concrete_fields if field.attname in READ]
    assert len(fields) == len(READ)
    for field in fields:
        column = Col("standard", field)
        assert not [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)], field.name


def test_hidden_records_are_left_out() -> None:
    record = make_standard("ISO 13:2015")
    Standard.objects.filter(pk=record.pk).update(hidden_at=record.updated_at)
    assert read("slug = %s", [record.slug]) == []


def test_what_a_list_shows_costs_no_further_query(django_assert_num_queries: object) -> None:
    record = make_standard("ISO 14:2015")
    names()
    with django_assert_num_queries(1):  # type: ignore[operator]
        (found,) = read("slug = %s", [record.slug])
        assert (found.body.code, found.year, found.sort_key) == ("ISO", 2015, record.sort_key)
