"""What the objects of a connection are to its engine: which documents they make, and what a hit means.

There are two: the records of the portal, which are projected in bulk (``records``), and the objects of any other
``SearchIndex``, which Haystack prepares one by one (``prepared``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Model
from haystack.indexes import SearchIndex

from search.clauses import Clause, Hit
from search.engines.base import Document, Engine
from search.engines.haystack.names import Names
from search.schema import Schema


@dataclass(frozen=True, slots=True)
class Identity:
    """The object behind a hit, as a ``SearchResult`` names it."""

    app_label: str
    model_name: str
    pk: str

    @property
    def identifier(self) -> str:
        return f"{self.app_label}.{self.model_name}.{self.pk}"


class Catalogue(Names, Protocol):
    """One connection's objects."""

    schema: Schema

    # Results

    def identity(self, hit: Hit) -> Identity | None:
        """None for an object of no registered index."""

    def values(self, hits: Sequence[Hit]) -> dict[str, Document]:
        """Key → the stored fields of these hits, in a number of database queries that does not depend on them."""

    def models(self, models: Iterable[type[Model]]) -> Clause:
        """Documents of these models."""

    def similar(self, instance: Model) -> Clause:
        """Documents that resemble the object's. Raises NotHandled for an object of no registered index."""

    # Writing

    def update(self, engine: Engine, index: SearchIndex, objects: Iterable[Model], *, commit: bool) -> None:
        """Bring the objects' documents up to date."""

    def key(self, named: Model | str) -> str:
        """The key of an object, or of one that Haystack names ``app.model.pk``. Raises EngineQueryError."""
