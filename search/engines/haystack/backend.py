"""Haystack's backend on top of an engine; each engine adds only how it is made."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, TypeAlias

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from haystack import connections
from haystack.backends import BaseSearchBackend, log_query
from haystack.indexes import SearchIndex
from haystack.utils.loading import UnifiedIndex

from search.clauses import Clause, Everything, Request
from search.engines.base import Engine
from search.engines.haystack.asking import Asked, request_of
from search.engines.haystack.catalogue import Catalogue
from search.engines.haystack.escaping import RESERVED_CHARACTERS, RESERVED_WORDS
from search.engines.haystack.fields import as_schema
from search.engines.haystack.indexes import RecordIndex
from search.engines.haystack.paging import Reading, read
from search.engines.haystack.prepared import PreparedCatalogue
from search.engines.haystack.results import facets_of, results_of, stats_of
from search.engines.haystack.spelling import suggestion
from search.engines.haystack.translating import raw
from search.engines.haystack.wording import Worded
from search.schema import Schema

_BATCH = 1000

Indexes: TypeAlias = dict[type[Model], SearchIndex]


class EngineBackend(BaseSearchBackend):
    """Errors of the engine go up, whatever ``SILENTLY_FAIL`` says: an outage must never look like no results."""

    RESERVED_WORDS = list(RESERVED_WORDS)
    RESERVED_CHARACTERS = list(RESERVED_CHARACTERS)

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.silently_fail = False
        self._known: tuple[Indexes, Catalogue, Engine] | None = None

    def make_engine(self, schema: Schema) -> Engine:
        """The engine for an index of this schema. Raises ImproperlyConfigured where it can't serve it."""
        raise NotImplementedError

    @property
    def engine(self) -> Engine:
        return self._current()[2]

    @property
    def catalogue(self) -> Catalogue:
        return self._current()[1]

    def _current(self) -> tuple[Indexes, Catalogue, Engine]:
        """Made anew when the indexes of the connection have been replaced, or read anew."""
        unified = connections[self.connection_alias].get_unified_index()
        indexes: Indexes = unified.get_indexes()
        if self._known is None or self._known[0] is not indexes:
            catalogue = catalogue_of(unified, self.connection_alias)
            self._known = (indexes, catalogue, self.make_engine(catalogue.schema))
        return self._known

    # Writing

    def setup(self) -> None:
        """Make the index where there is none; what is written makes it as well."""
        self.engine.update(())

    def update(self, index: SearchIndex, iterable: Iterable[Model], commit: bool = True) -> None:
        self.catalogue.update(self.engine, index, iterable, commit=commit)

    def remove(self, obj_or_string: Model | str, commit: bool = True) -> None:
        """Commits at any rate: what an engine has not committed it forgets."""
        self.engine.remove([self.catalogue.key(obj_or_string)])

    def clear(self, models: Collection[type[Model]] | None = None, commit: bool = True) -> None:
        """Everything, or the documents of ``models``."""
        if models is None:
            self.engine.clear()
            return
        everything = Request(Everything(), narrow=(self.catalogue.models(models),))
        _answer, hits = read(self.engine, everything, 0, None, Reading())
        for at in range(0, len(hits), _BATCH):
            self.engine.remove([hit.key for hit in hits[at : at + _BATCH]])

    def build_schema(self, fields: Any) -> tuple[str, Schema]:
        """The name of the content field, and the schema of these fields of indexes."""
        content = connections[self.connection_alias].get_unified_index().document_field
        return content, as_schema(fields, content)

    # Searching

    @log_query
    def search(self, query_string: str, **kwargs: Any) -> dict[str, Any]:
        """``query_string`` is a raw query, or ``Worded``; ``kwargs`` are those of ``Asked``.

        Raises EngineError, FacetingError, SpatialError.
        """
        asked = Asked(**kwargs)
        if not query_string:
            return {"results": [], "hits": 0}
        clause = query_string.clause if isinstance(query_string, Worded) else raw(query_string)
        text = query_string if asked.spelling_query is None else asked.spelling_query
        return self._found(clause, asked) | {"spelling_suggestion": self.suggestion(text)}

    def suggestion(self, text: str) -> str | None:
        """The text with its misspelled words put right, where the connection has ``INCLUDE_SPELLING``."""
        return suggestion(text, self.engine) if self.include_spelling and text else None

    def more_like_this(
        self, model_instance: Model, additional_query_string: str | None = None, result_class: Any = None, **kwargs: Any
    ) -> dict[str, Any]:
        """What resembles the object, as far as it meets the additional query. Raises NotHandled, EngineError."""
        asked = Asked(result_class=result_class, **kwargs)
        clause = self.catalogue.similar(model_instance)
        if additional_query_string:
            asked = replace(asked, narrow_queries=[*(asked.narrow_queries or ()), additional_query_string])
        return self._found(clause, asked)

    def _found(self, clause: Clause, asked: Asked) -> dict[str, Any]:
        catalogue, engine = self.catalogue, self.engine
        request = request_of(clause, asked, catalogue, self._limits(asked))
        reading = asked.reading or Reading()
        answer, hits = read(engine, request, asked.start, asked.end_offset, reading)
        results = results_of(hits, clause, asked, catalogue)
        return {
            "results": results,
            "hits": answer.total - (len(hits) - len(results)),
            "facets": facets_of(answer, asked, catalogue),
            "stats": stats_of(answer, asked, catalogue),
        }

    def _limits(self, asked: Asked) -> list[type[Model]] | None:
        """Models that the results may be of; None for any."""
        if asked.models:
            return list(asked.models)
        limited = asked.limit_to_registered_models
        if limited is None:
            limited = getattr(settings, "HAYSTACK_LIMIT_TO_REGISTERED_MODELS", True)
        return connections[self.connection_alias].get_unified_index().get_indexed_models() or None if limited else None


def catalogue_of(unified: UnifiedIndex, alias: str) -> Catalogue:
    """Raises ImproperlyConfigured for indexes of both kinds: their documents have different fields."""
    indexes = list(unified.get_indexes().values())
    records = [index for index in indexes if isinstance(index, RecordIndex)]
    if not records and indexes:
        return PreparedCatalogue(unified)
    if len(records) < len(indexes):
        other = next(index for index in indexes if index not in records)
        raise ImproperlyConfigured(
            f"{type(other).__name__} is no index of the portal's records. Give it a connection of its own in "
            f"HAYSTACK_CONNECTIONS, and name it in EXCLUDED_INDEXES of {alias!r}."
        )
    # Whoever has no records of the portal need not install the apps that keep them.
    from search.engines.haystack.records import RecordCatalogue

    return RecordCatalogue(unified, alias)
