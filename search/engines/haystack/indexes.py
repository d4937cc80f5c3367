"""The ``SearchIndex`` of records that are projected in bulk: its fields are those of the index schema."""

from __future__ import annotations

import multiprocessing
from typing import Any, ClassVar

from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Model, QuerySet
from haystack.constants import DJANGO_CT, DJANGO_ID, DOCUMENT_FIELD, ID
from haystack.fields import SearchField
from haystack.indexes import SearchIndex
from haystack.utils import get_identifier, get_model_ct

from search import schema
from search.engines.base import Document
from search.schema import Field, FieldKind

_TYPES = {FieldKind.DATE: "date", FieldKind.INTEGER: "integer"}


class SchemaField(SearchField):
    """A field of the index schema. Its values are those of the document, so nothing is converted."""

    def __init__(self, field: Field) -> None:
        self.schema_field = field
        self.field_type = _TYPES.get(field.kind, "string")  # type: ignore[assignment]
        super().__init__(null=True, faceted=field.facet)
        self.set_instance_name(field.name)


class ContentField(SearchField):
    """Stands for all texts of a record together; the index has no such field."""

    field_type = "string"  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__(document=True, null=True, stored=False)
        self.set_instance_name(DOCUMENT_FIELD)


class RecordIndex(SearchIndex):
    """An index whose objects are records of the portal."""

    record_type: ClassVar[str]
    fields: ClassVar[dict[str, SearchField]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.fields = {DOCUMENT_FIELD: ContentField()} | {each.name: SchemaField(each) for each in schema.FIELDS}

    def documents(self, instance: Model) -> list[Document]:
        """The record's document and those of its pages, read by way of the object."""
        raise NotImplementedError

    def prepare(self, obj: Model) -> dict[str, Any]:
        document = self.documents(obj)[0]
        self.prepared_data = {
            ID: get_identifier(obj),
            DJANGO_CT: get_model_ct(self.get_model()),
            DJANGO_ID: str(obj.pk),
            **{name: document.get(name) for name in self.fields},
        }
        return self.prepared_data

    def build_queryset(self, *args: Any, **kwargs: Any) -> QuerySet[Model]:
        """``update_index -k`` asks each of its processes for the objects of its share."""
        if multiprocessing.parent_process() and connection.vendor == "sqlite":
            raise CommandError("Several workers (-k) need a database server: SQLite can't be taken over by a fork")
        objects: QuerySet[Model] = super().build_queryset(*args, **kwargs)
        return objects
