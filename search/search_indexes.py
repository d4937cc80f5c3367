"""What Haystack finds of the portal's records."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from haystack.constants import Indexable

from content.reach.models import Guidance, Substance
from content.regulations.models import Regulation
from content.standards.models import Standard
from content.tbt.models import Notification
from search.documents import PROJECTIONS, guidance, notifications, regulations, substances
from search.documents.standard_rows import standard_row
from search.documents.standards import RECORD_TYPE, standard_documents_of
from search.engines.base import Document
from search.engines.haystack.indexes import RecordIndex


class StandardIndex(RecordIndex, Indexable):
    """Public standards."""

    record_type = RECORD_TYPE

    def get_model(self) -> type[Standard]:
        return Standard

    def index_queryset(self, using: str | None = None) -> QuerySet[Standard]:
        return Standard.objects.public()

    def get_updated_field(self) -> str:
        return "updated_at"

    def documents(self, instance: Model) -> list[Document]:
        if not isinstance(instance, Standard):
            raise TypeError(f"{instance!r} is no standard")
        return standard_documents_of(standard_row(instance))


class ProjectedIndex(RecordIndex):
    """Public records of a type, projected as the portal's own indexing does it."""

    model: type[Model]

    def get_model(self) -> type[Model]:
        return self.model

    def index_queryset(self, using: str | None = None) -> QuerySet[Any]:
        public: QuerySet[Any] = self.model._default_manager.public()  # type: ignore[attr-defined]  # each has it
        return public

    def get_updated_field(self) -> str:
        return "updated_at"

    def documents(self, instance: Model) -> list[Document]:
        if not isinstance(instance, self.model):
            raise TypeError(f"{instance!r} is no {self.model._meta.model_name}")
        return list(PROJECTIONS[self.record_type].documents([instance.pk]))


class SubstanceIndex(ProjectedIndex, Indexable):
    """Substances of the REACH lists."""

    record_type, model = substances.RECORD_TYPE, Substance


class RegulationIndex(ProjectedIndex, Indexable):
    """Laws, regulations and rules, with the articles of their present versions."""

    record_type, model = regulations.RECORD_TYPE, Regulation


class NotificationIndex(ProjectedIndex, Indexable):
    """TBT notifications."""

    record_type, model = notifications.RECORD_TYPE, Notification


class GuidanceIndex(ProjectedIndex, Indexable):
    """Guidance documents, with the pages of their files."""

    record_type, model = guidance.RECORD_TYPE, Guidance
