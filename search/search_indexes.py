"""What Haystack finds of the portal's records."""

from __future__ import annotations

from django.db.models import Model, QuerySet
from haystack.constants import Indexable

from content.reach.models import Guidance, Substance
from content.regulations.models import Regulation
from content.standards.models import Standard
from content.tbt.models import Notification
from search.documents import guidance, notifications, regulations, substances
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


class SubstanceIndex(RecordIndex, Indexable):
    """Public substances of the REACH lists."""

    record_type = substances.RECORD_TYPE

    def get_model(self) -> type[Substance]:
        return Substance

    def index_queryset(self, using: str | None = None) -> QuerySet[Substance]:
        return Substance.objects.public()

    def get_updated_field(self) -> str:
        return "updated_at"

    def documents(self, instance: Model) -> list[Document]:
        if not isinstance(instance, Substance):
            raise TypeError(f"{instance!r} is no substance")
        return list(substances.substance_documents([instance.pk]))


class RegulationIndex(RecordIndex, Indexable):
    """Public laws, regulations and rules, with the articles of their present versions."""

    record_type = regulations.RECORD_TYPE

    def get_model(self) -> type[Regulation]:
        return Regulation

    def index_queryset(self, using: str | None = None) -> QuerySet[Regulation]:
        return Regulation.objects.public()

    def get_updated_field(self) -> str:
        return "updated_at"

    def documents(self, instance: Model) -> list[Document]:
        if not isinstance(instance, Regulation):
            raise TypeError(f"{instance!r} is no regulation")
        return list(regulations.regulation_documents([instance.pk]))


class NotificationIndex(RecordIndex, Indexable):
    """Public TBT notifications."""

    record_type = notifications.RECORD_TYPE

    def get_model(self) -> type[Notification]:
        return Notification

    def index_queryset(self, using: str | None = None) -> QuerySet[Notification]:
        return Notification.objects.public()

    def get_updated_field(self) -> str:
        return "updated_at"

    def documents(self, instance: Model) -> list[Document]:
        if not isinstance(instance, Notification):
            raise TypeError(f"{instance!r} is no notification")
        return list(notifications.notification_documents([instance.pk]))


class GuidanceIndex(RecordIndex, Indexable):
    """Public guidance documents, with the pages of their files."""

    record_type = guidance.RECORD_TYPE

    def get_model(self) -> type[Guidance]:
        return Guidance

    def index_queryset(self, using: str | None = None) -> QuerySet[Guidance]:
        return Guidance.objects.public()

    def get_updated_field(self) -> str:
        return "updated_at"

    def documents(self, instance: Model) -> list[Document]:
        if not isinstance(instance, Guidance):
            raise TypeError(f"{instance!r} is no guidance document")
        return list(guidance.guidance_documents([instance.pk]))
