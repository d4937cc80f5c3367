"""What changed lately in all standards: the page, and what the home page and the feed take from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.api import ApiProblem, keyset_page
from content.provenance.models import Change, Source
from content.standards.api import public_changes
from content.standards.detail import HistoryEntry, history_entry
from content.standards.figures import figures
from content.standards.models import Standard

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """What happened to one record at one moment; ``standard`` is None where the record is hidden or gone."""

    standard: Standard | None
    label: str
    at: datetime
    source: Source | None
    entries: tuple[HistoryEntry, ...]

    @property
    def key(self) -> int:
        """The newest change of these, which names the entry for good."""
        return self.entries[0].change.pk

    @property
    def day(self) -> date:
        """The day as the reader's calendar has it."""
        return timezone.localdate(self.at)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Latest changes, newest first, by cursor."""
    kind, body = request.GET.get("kind", ""), request.GET.get("body", "")
    try:
        rows, cursor = keyset_page(
            filtered(kind, body), key="at", after=request.GET.get("after", ""), size=PER_PAGE, descending=True
        )
    except ApiProblem as problem:
        raise BadRequest(problem.detail) from problem
    return render(
        request,
        "standards/changes.html",
        {
            "records": together(rows),
            "cursor": cursor,
            "kind": kind,
            "body": body,
            "kinds": Change.Kind.choices,
            "bodies": [one.body for one in figures().bodies],
            "json_url": f"{reverse('api:list_changes')}?kind={kind}" if kind else reverse("api:list_changes"),
        },
    )


def filtered(kind: str, body: str) -> QuerySet[Change]:
    """Public changes of one kind, of the standards of one body; empty means any. Raises BadRequest."""
    if kind and kind not in Change.Kind.values:
        raise BadRequest(_("A kind of change is one of created, field, status, hidden, shown."))
    if len(body) > 40 or "\0" in body:
        raise BadRequest(_("A body is the code in its designations, such as ISO or GB/T."))
    changes = public_changes().select_related("source")
    if kind:
        changes = changes.filter(kind=kind)
    if body:
        changes = changes.filter(record_id__in=Standard.objects.filter(body=body).values("pk"))
    return changes


def latest(count: int) -> list[ChangedRecord]:
    """The latest changes to records that were already there."""
    rows = public_changes().select_related("source").exclude(kind=Change.Kind.CREATED)
    return together(rows.order_by("-at", "-pk")[: count * 4])[:count]


def together(changes: Iterable[Change]) -> list[ChangedRecord]:
    """Neighbouring changes of one record at one moment as one entry. One query, for the records."""
    rows = list(changes)
    held = Standard.objects.public().in_bulk({change.record_id for change in rows})
    found = []
    for (record, at), group in groupby(rows, key=lambda change: (change.record_id, change.at)):
        entries = tuple(history_entry(change) for change in group)
        first = entries[0].change
        found.append(ChangedRecord(held.get(record), first.label, at, first.source, entries))
    return found
