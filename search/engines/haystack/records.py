"""The records of the portal: projected in bulk, written through the outbox, their values read from the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Model, QuerySet
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.indexes import SearchIndex
from haystack.utils import get_model_ct
from haystack.utils.loading import UnifiedIndex

from search import schema, weights
from search.analysis import analyse
from search.clauses import Clause, Hit, Term
from search.designations import Designation, try_parse
from search.documents import PROJECTIONS, record_key, record_of
from search.engines.base import Document, Engine
from search.engines.errors import EngineQueryError
from search.engines.haystack.catalogue import Catalogue, Identity
from search.engines.haystack.conditions import NOTHING
from search.engines.haystack.names import Name, unknown
from search.engines.haystack.similar import similar_record
from search.engines.haystack.writing import write
from search.plan import query_clause
from search.synonyms import live
from search.text import joined

_CONTENT = {
    schema.TITLE_ZH: weights.TITLE,
    schema.TITLE_EN: weights.TITLE,
    schema.TITLE_FR: weights.TITLE,
    schema.SUBJECTS_ZH: weights.SUBJECT,
    schema.SUBJECTS_EN: weights.SUBJECT,
    schema.CONTENT_ZH: weights.CONTENT,
    schema.CONTENT_EN: weights.CONTENT,
}


class RecordCatalogue(Catalogue):
    """The records of the indexes of one connection."""

    schema = schema.RECORDS

    def __init__(self, unified: UnifiedIndex, alias: str) -> None:
        self._unified = unified
        self._alias = alias
        self._models: dict[str, type[Model]] = {
            index.record_type: model for model, index in unified.get_indexes().items()
        }

    # Names

    def name(self, name: str) -> Name | None:
        own = self._unified.get_index_fieldname(name)
        match own:
            case "content" | self._unified.document_field:
                return None
            case _ if own == ID:
                return Name(schema.KEY, spellings=lambda text: (self.key(text),))
            case _ if own == DJANGO_ID:
                return Name(schema.KEY, spellings=self._keys)
            case _ if own == DJANGO_CT:
                return Name(schema.TYPE, spellings=self._types)
        field = schema.BY_NAME.get(own)
        if field is None:
            raise unknown(name)
        return Name(field, spellings=_SPELLINGS.get(field))

    def _keys(self, pk: str) -> tuple[str, ...]:
        return tuple(f"{record_type}:{pk}" for record_type in self._models)

    def _types(self, label: str) -> tuple[str, ...]:
        return tuple(record_type for record_type, model in self._models.items() if get_model_ct(model) == label)

    @property
    def content(self) -> tuple[Name, ...]:
        return tuple(Name(field, weight) for field, weight in _CONTENT.items())

    def words(self, text: str) -> Clause | None:
        return self.asked(text)

    def asked(self, text: str) -> Clause | None:
        """As the search page understands it: designations, classes and other names included."""
        glossary = live.glossary()
        analysis = analyse(text, glossary.aliases)
        return None if analysis.empty else query_clause(analysis, glossary)

    # Results

    def identity(self, hit: Hit) -> Identity | None:
        record_type, pk = record_of(hit.key)
        model = self._models.get(record_type)
        return Identity(model._meta.app_label, str(model._meta.model_name), str(pk)) if model else None

    def values(self, hits: Sequence[Hit]) -> dict[str, Document]:
        """Those of the records that are public now."""
        ids_of: dict[str, list[int]] = defaultdict(list)
        for hit in hits:
            record_type, pk = record_of(hit.key)
            ids_of[record_type].append(pk)
        return {
            document[schema.KEY.name]: document
            for record_type, ids in ids_of.items()
            if record_type in PROJECTIONS
            for document in PROJECTIONS[record_type].records(ids)
        }

    def models(self, models: Iterable[type[Model]]) -> Clause:
        wanted = set(models)
        types = tuple(sorted(record_type for record_type, model in self._models.items() if model in wanted))
        return Term(schema.TYPE, types) if types else NOTHING

    def similar(self, instance: Model) -> Clause:
        key = self.key(instance)
        document = self.values([Hit(key, 0.0)]).get(key)
        return similar_record(document, live.glossary().weak) if document else NOTHING

    # Writing

    def update(self, engine: Engine, index: SearchIndex, objects: Iterable[Model], *, commit: bool) -> None:
        """``commit=False`` leaves them to the worker."""
        if isinstance(objects, QuerySet):
            objects = objects.only("pk")
        write(engine, self._alias, index.record_type, [each.pk for each in objects], wait=commit)

    def key(self, named: Model | str) -> str:
        if isinstance(named, Model):
            model: type[Model] = named._meta.concrete_model or type(named)
            index = self._unified.get_index(model)
            return record_key(index.record_type, named.pk)
        label, _dot, pk = named.rpartition(".")
        types = self._types(label)
        if not types or not pk.isdecimal():
            raise EngineQueryError(f"{named!r} names no record")
        return record_key(types[0], int(pk))


def _designation(text: str) -> tuple[str, ...]:
    return _forms(text, try_parse(text))


def _undated(text: str) -> tuple[str, ...]:
    parsed = try_parse(text)
    return _forms(text, parsed.undated if parsed else None)


def _family(text: str) -> tuple[str, ...]:
    parsed = try_parse(text)
    return _forms(text, parsed.family if parsed else None)


def _forms(text: str, parsed: Designation | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys((joined(text), *((parsed.joined,) if parsed else ()))))


_SPELLINGS = {
    schema.DESIGNATION: _designation,
    schema.CITED: _designation,
    schema.UNDATED: _undated,
    schema.FAMILY: _family,
    schema.NUMBER: lambda text: (text.casefold(),),
}
"""Fields that hold designations joined (``gbt190012016``), and are asked for them as people write them."""
