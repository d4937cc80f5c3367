"""What is offered in bulk: every public record of a type, as the API describes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.provenance.changes import public_changes
from content.provenance.documents import change_document
from content.provenance.models import Change
from content.reach import documents as reach
from content.reach.keeping import document as guidance_document
from content.reach.models import Guidance
from content.regulations.documents import regulation_summary
from content.regulations.models import Regulation
from content.standards.documents import standard_summary
from content.standards.models import Standard
from content.tbt.documents import notification_summary
from content.tbt.models import Notification
from search.changes import MODELS

CHUNK = 1_000
"""Records in memory at a time."""

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """``schema`` is the component of the API's description (OpenAPI) that its records follow; ``records`` are those of
    a day's set."""

    name: str
    label: str | Promise
    schema: str
    records: Callable[[date], QuerySet[Any]]
    document: Callable[[Any], Document]

    def chunks(self, day: date) -> Iterator[list[Document]]:
        """Up to ``CHUNK`` records at a time by rising key; each in a number of queries that does not depend on it."""
        last = 0
        while rows := list[Model](self.records(day).filter(pk__gt=last).order_by("pk")[:CHUNK]):
            last = rows[-1].pk
            yield [self.document(row) for row in rows]


def changes_before(day: date) -> QuerySet[Change]:
    """What changed on the day before, midnight to midnight of the portal's own time; of records that are hidden only
    that they were withdrawn, and why."""
    zone = timezone.get_default_timezone()
    until = datetime.combine(day, time(), zone)
    return public_changes(MODELS).filter(at__gte=until - timedelta(days=1), at__lt=until)


TABLES = (
    Table(
        "standards",
        _("Standards"),
        "StandardSummary",
        lambda _day: Standard.objects.public().prefetch_related("ics", "ccs"),
        standard_summary,
    ),
    Table(
        "regulations",
        _("Regulations"),
        "RegulationSummary",
        lambda _day: Regulation.objects.public(),
        regulation_summary,
    ),
    Table(
        "tbt",
        _("TBT notifications"),
        "NotificationSummary",
        lambda _day: Notification.objects.public().prefetch_related("wordings"),
        notification_summary,
    ),
    Table(
        "substances",
        _("Substances on the REACH lists"),
        "SubstanceDocument",
        lambda _day: reach.with_all(),
        reach.document,
    ),
    Table(
        "guidance",
        _("Guidance on REACH"),
        "GuidanceDocument",
        lambda _day: Guidance.objects.public().select_related("replaced_by"),
        guidance_document,
    ),
    Table("changes", _("Changes of the day before"), "ChangeDocument", changes_before, change_document),
)
BY_NAME = {table.name: table for table in TABLES}
