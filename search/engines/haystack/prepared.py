"""Objects of any ``SearchIndex``, prepared by Haystack one by one and kept by the engine."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SkipDocument
from haystack.indexes import SearchIndex
from haystack.utils import get_identifier, get_model_ct
from haystack.utils.app_loading import haystack_get_model
from haystack.utils.loading import UnifiedIndex

from search.clauses import Clause, Hit, Term
from search.engines.base import Document, Engine
from search.engines.haystack.catalogue import Catalogue, Identity
from search.engines.haystack.fields import CT_FIELD, ID_FIELD, PK_FIELD, as_schema, twin_of
from search.engines.haystack.names import Name, unknown
from search.engines.haystack.similar import similar_text
from search.schema import Field, FieldKind

logger = logging.getLogger(__name__)


class PreparedCatalogue(Catalogue):
    """The objects of the indexes of one connection."""

    def __init__(self, unified: UnifiedIndex) -> None:
        self._unified = unified
        self._fields = unified.all_searchfields()
        self.schema = as_schema(self._fields, unified.document_field)
        self._by_name = {field.name: field for field in self.schema.fields}

    # Names

    def name(self, name: str) -> Name | None:
        if name == "content":
            return None
        if name in (ID, DJANGO_CT, DJANGO_ID):
            return Name({ID: ID_FIELD, DJANGO_CT: CT_FIELD, DJANGO_ID: PK_FIELD}[name])
        own = self._unified.get_index_fieldname(name)
        if own not in self._fields:
            raise unknown(name)
        twin = twin_of(name, self._fields.values())
        counted = self._by_name[twin.index_fieldname] if twin else None
        return Name(self._by_name[own], weight=self._fields[own].boost, twin=counted)

    @property
    def content(self) -> tuple[Name, ...]:
        return tuple(Name(field) for field in self.schema.content)

    def words(self, text: str) -> Clause | None:
        return None

    def asked(self, text: str) -> Clause | None:
        return None

    # Results

    def identity(self, hit: Hit) -> Identity | None:
        stored = hit.stored or {}
        app_label, _dot, model_name = str(stored.get(DJANGO_CT, "")).partition(".")
        try:
            model = haystack_get_model(app_label, model_name)
        except LookupError:
            return None
        if model not in self._unified.get_indexed_models():
            return None
        return Identity(app_label, model_name, str(stored[DJANGO_ID]))

    def values(self, hits: Sequence[Hit]) -> dict[str, Document]:
        return {hit.key: self._values(hit.stored) for hit in hits if hit.stored is not None}

    def _values(self, stored: Mapping[str, Any]) -> Document:
        values: Document = {}
        for name, value in stored.items():
            field = self._fields.get(name)
            values[name] = value if field is None else field.convert(value)
        return values

    def models(self, models: Iterable[type[Model]]) -> Clause:
        return Term(CT_FIELD, tuple(sorted(map(get_model_ct, models))))

    def similar(self, instance: Model) -> Clause:
        index = self._unified.get_index(instance._meta.concrete_model)
        text = str(index.full_prepare(instance).get(self._unified.document_field) or "")
        return similar_text(self.schema.content[0], text, but=Term(ID_FIELD, (get_identifier(instance),)))

    # Writing

    def update(self, engine: Engine, index: SearchIndex, objects: Iterable[Model], *, commit: bool) -> None:
        """Commits at any rate: what an engine has not committed it forgets."""
        engine.update(self._documents(index, objects))

    def _documents(self, index: SearchIndex, objects: Iterable[Model]) -> Iterator[Document]:
        for each in objects:
            try:
                prepared = index.full_prepare(each)
            except SkipDocument:
                logger.debug("%s is not indexed", get_identifier(each))
            else:
                yield as_document(prepared, self._by_name)

    def key(self, named: Model | str) -> str:
        return str(get_identifier(named))


def as_document(prepared: Mapping[str, Any], fields: Mapping[str, Field]) -> Document:
    """What Haystack prepared, as the engine takes it; what has no value is left out."""
    document: Document = {}
    for name, value in prepared.items():
        field = fields.get(name)
        made = plain(value)
        if made is not None:
            document[name] = _timed(made, field.kind) if field else made
    return document


def plain(value: Any) -> Any:
    """Lists for all that is one, texts for what has no kind of its own."""
    match value:
        case Promise():
            return str(value)
        case bytes():
            return value.decode(errors="replace")
        case None | str() | int() | float() | date() | dict():
            return value
    if hasattr(value, "__iter__"):
        return [plain(each) for each in value]
    return str(value)


def _timed(value: Any, kind: FieldKind) -> Any:
    """Days as days, times as times, whichever an object has."""
    if kind is FieldKind.DATETIME and isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time.min)
    if kind is FieldKind.DATE and isinstance(value, datetime):
        return value.date()
    return value
