"""Fields of any ``SearchIndex`` as fields of an index schema; pure, so that no engine has a mapping of its own.

======================================  =====================================================================
Haystack                                here
======================================  =====================================================================
CharField, MultiValueField              TEXT_MIXED; STORED where it is not ``indexed``
FacetCharField, FacetMultiValueField,   KEYWORD, counted and sorted by
DecimalField (facets too)
NgramField, EdgeNgramField              NGRAM, EDGE_NGRAM
IntegerField, FloatField, BooleanField  INTEGER, FLOAT, BOOLEAN, counted and sorted by
DateField, DateTimeField                DATE, DATETIME, counted and sorted by
======================================  =====================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import ImproperlyConfigured
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.fields import DecimalField, FacetField, MultiValueField, SearchField

from search.schema import Field, FieldKind, Schema

ID_FIELD = Field(ID, FieldKind.KEYWORD, sort=True)
CT_FIELD = Field(DJANGO_CT, FieldKind.KEYWORD, facet=True)
PK_FIELD = Field(DJANGO_ID, FieldKind.KEYWORD)

_KINDS = {
    "string": FieldKind.TEXT_MIXED,
    "ngram": FieldKind.NGRAM,
    "edge_ngram": FieldKind.EDGE_NGRAM,
    "integer": FieldKind.INTEGER,
    "float": FieldKind.FLOAT,
    "boolean": FieldKind.BOOLEAN,
    "date": FieldKind.DATE,
    "datetime": FieldKind.DATETIME,
}
_WORDS = frozenset({FieldKind.TEXT_MIXED, FieldKind.NGRAM, FieldKind.EDGE_NGRAM})


def as_field(field: SearchField) -> Field:
    """Raises ImproperlyConfigured for a type that no engine here has."""
    name = field.index_fieldname
    kind = _KINDS.get(str(field.field_type))
    if kind is None:
        raise ImproperlyConfigured(f"{name!r} is a {type(field).__name__}, and there are no {field.field_type} fields")
    if kind is FieldKind.TEXT_MIXED and isinstance(field, FacetField | DecimalField):
        kind = FieldKind.KEYWORD
    if not field.indexed:
        return Field(name, FieldKind.STORED)
    if kind in _WORDS:
        return Field(name, kind)
    return Field(name, kind, facet=True, sort=not isinstance(field, MultiValueField))


def as_schema(fields: Mapping[str, SearchField], content: str) -> Schema:
    """The schema of the fields of all indexes of a connection; ``content`` is the name of their document field.

    The order is Haystack's own names first, then by name, so that the same indexes always make the same schema.
    """
    made = sorted(map(as_field, fields.values()), key=lambda field: field.name)
    document = tuple(field for field in made if field.name == content)
    if not document:
        raise ImproperlyConfigured(f"No index has a document field {content!r}")
    own = (ID_FIELD, CT_FIELD, PK_FIELD)
    return Schema((*own, *made), key=ID_FIELD, type=CT_FIELD, parent=ID_FIELD, content=document, keeps=True)


def twin_of(name: str, fields: Iterable[SearchField]) -> SearchField | None:
    """The facet field that holds the values of the field ``name`` whole."""
    return next((field for field in fields if isinstance(field, FacetField) and field.facet_for == name), None)
