"""What is offered in bulk: every public record of a type, as the API describes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.reach import documents as reach
from content.regulations.documents import regulation_summary
from content.regulations.models import Regulation
from content.standards.documents import standard_summary
from content.standards.models import Standard
from content.tbt.documents import notification_summary
from content.tbt.models import Notification

CHUNK = 1_000
"""Records in memory at a time."""

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """``schema`` is the component of the API's description (OpenAPI) that its records follow."""

    name: str
    label: str | Promise
    schema: str
    records: Callable[[], QuerySet[Any]]
    document: Callable[[Any], Document]

    def chunks(self) -> Iterator[list[Document]]:
        """Up to ``CHUNK`` records at a time by rising key; each in a number of queries that does not depend on it."""
        last = 0
        while rows := list[Model](self.records().filter(pk__gt=last).order_by("pk")[:CHUNK]):
            last = rows[-1].pk
            yield [self.document(row) for row in rows]


TABLES = (
    Table(
        "standards",
        _("Standards"),
        "StandardSummary",
        lambda: Standard.objects.public().prefetch_related("ics", "ccs"),
        standard_summary,
    ),
    Table("regulations", _("Regulations"), "RegulationSummary", Regulation.objects.public, regulation_summary),
    Table(
        "tbt",
        _("TBT notifications"),
        "NotificationSummary",
        lambda: Notification.objects.public().prefetch_related("wordings"),
        notification_summary,
    ),
    Table("substances", _("Substances on the REACH lists"), "SubstanceDocument", reach.with_all, reach.document),
)
BY_NAME = {table.name: table for table in TABLES}
