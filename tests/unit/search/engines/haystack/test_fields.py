"""Fields of any index as fields of a schema, and prepared values as documents."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy
from haystack import fields
from haystack.fields import SearchField

from search.engines.haystack.fields import as_field, as_schema, twin_of
from search.engines.haystack.prepared import as_document, plain
from search.schema import Field, FieldKind


def named(field: SearchField, name: str = "x") -> SearchField:
    field.set_instance_name(name)
    return field


@pytest.mark.parametrize(
    ("field", "kind", "counted", "sorted_by"),
    [
        (fields.CharField(), FieldKind.TEXT_MIXED, False, False),
        (fields.CharField(indexed=False), FieldKind.STORED, False, False),
        (fields.MultiValueField(), FieldKind.TEXT_MIXED, False, False),
        (fields.FacetCharField(), FieldKind.KEYWORD, True, True),
        (fields.FacetMultiValueField(), FieldKind.KEYWORD, True, False),
        (fields.DecimalField(), FieldKind.KEYWORD, True, True),
        (fields.NgramField(), FieldKind.NGRAM, False, False),
        (fields.EdgeNgramField(), FieldKind.EDGE_NGRAM, False, False),
        (fields.IntegerField(), FieldKind.INTEGER, True, True),
        (fields.FacetIntegerField(), FieldKind.INTEGER, True, True),
        (fields.FloatField(), FieldKind.FLOAT, True, True),
        (fields.BooleanField(), FieldKind.BOOLEAN, True, True),
        (fields.DateField(), FieldKind.DATE, True, True),
        (fields.DateTimeField(), FieldKind.DATETIME, True, True),
        (fields.FacetDateTimeField(), FieldKind.DATETIME, True, True),
    ],
)
def test_types(field: SearchField, kind: FieldKind, counted: bool, sorted_by: bool) -> None:
    assert as_field(named(field)) == Field("x", kind, facet=counted, sort=sorted_by)


def test_a_type_that_no_engine_has() -> None:
    with pytest.raises(ImproperlyConfigured, match="LocationField"):
        as_field(named(fields.LocationField()))


def test_the_schema_does_not_depend_on_the_order_of_fields() -> None:
    made = {"text": named(fields.CharField(document=True), "text"), "year": named(fields.IntegerField(), "year")}
    schema = as_schema(made, "text")
    assert schema == as_schema(dict(reversed(made.items())), "text")
    assert [field.name for field in schema.fields] == ["id", "django_ct", "django_id", "text", "year"]
    assert (schema.key.name, schema.type.name, schema.keeps) == ("id", "django_ct", True)
    assert [field.name for field in schema.content] == ["text"]
    with pytest.raises(ImproperlyConfigured):
        as_schema({"year": made["year"]}, "text")


def test_the_facet_of_a_field() -> None:
    facet = named(fields.FacetCharField(facet_for="author"), "author_exact")
    assert twin_of("author", [facet]) is facet
    assert twin_of("author_exact", [facet]) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("24.99"), "24.99"),
        ({3}, [3]),
        ((each for each in (1, "a")), [1, "a"]),
        (gettext_lazy("no message of ours"), "no message of ours"),
        (b"caf\xc3\xa9 \xff", "café \ufffd"),
        ([Decimal("1"), None, date(2020, 1, 2)], ["1", None, date(2020, 1, 2)]),
    ],
)
def test_values_as_documents_hold_them(value: Any, expected: Any) -> None:
    assert plain(value) == expected


def test_a_document_has_days_and_times_by_its_fields() -> None:
    by_name = {"day": Field("day", FieldKind.DATE), "moment": Field("moment", FieldKind.DATETIME)}
    prepared = {"day": datetime(2009, 2, 24, 12), "moment": date(2009, 2, 24), "boost": 5.0, "none": None}
    assert as_document(prepared, by_name) == {
        "day": date(2009, 2, 24),
        "moment": datetime(2009, 2, 24),
        "boost": 5.0,
    }
