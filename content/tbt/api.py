"""API of TBT notifications."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from content.api import invalid, keyset_page, link_next, withdrawn
from content.provenance.api import change_page
from content.provenance.models import Change
from content.provenance.schemas import ChangePage, ChangeParams
from content.tbt import codes, documents, views
from content.tbt.browse import Choice, matching
from content.tbt.detail import thread_of
from content.tbt.models import Notification
from content.tbt.schemas import NotificationDocument, NotificationPage, NotificationParams, NotificationSlug

router = Router(tags=["tbt"])

_SORTS = {
    "newest": ("circulated", True),
    "oldest": ("circulated", False),
    "deadline": ("deadline", False),
    "updated": ("updated_at", False),
}


@router.get("tbt/", response=NotificationPage, operation_id="listNotifications", summary="List TBT notifications")
def list_notifications(
    request: HttpRequest, response: HttpResponse, params: Query[NotificationParams]
) -> dict[str, Any]:
    """All public notifications that pass the filters.

    To keep a copy up to date, ask `sort=updated&updated_since=` with the `updated_at` of the last record you have.
    """
    hs = codes.hs(params.hs) if params.hs else ""
    if hs is None:
        raise invalid("query.hs", _("An HS code has two, four or six digits, such as 9503."))
    if params.ics and codes.ics(params.ics) is None:
        raise invalid("query.ics", _("An ICS code is written like 97.200 or 97.200.50."))
    choice = Choice(params.member.upper(), params.comments, hs, params.ics, params.kind, params.year, params.q)
    found = matching(choice, timezone.localdate()).prefetch_related("wordings")
    if params.sort == "deadline":
        found = found.exclude(deadline="")
    if params.updated_since:
        found = found.filter(updated_at__gte=params.updated_since)
    key, descending = _SORTS[params.sort]
    rows, cursor = keyset_page(found, key=key, after=params.after, size=params.size, descending=descending)
    return {
        "results": [documents.notification_summary(row) for row in rows],
        "next": link_next(request, response, cursor),
    }


@router.get(
    "tbt/{slug:slug}/", response=NotificationDocument, operation_id="getNotification", summary="One TBT notification"
)
def get_notification(request: HttpRequest, slug: Path[NotificationSlug]) -> dict[str, Any]:
    """A notification with its texts and its thread, found under any spelling of its symbol with hyphens.

    A record withdrawn from public view answers 410.
    """
    one = find(slug)
    return documents.notification_document(one, thread_of(one.base))


@router.get(
    "tbt/{slug:slug}/changes/",
    response=ChangePage,
    operation_id="listNotificationChanges",
    summary="History of one TBT notification",
)
def list_notification_changes(
    request: HttpRequest, response: HttpResponse, slug: Path[NotificationSlug], params: Query[ChangeParams]
) -> dict[str, Any]:
    """Every field that ever took another value, newest first."""
    changes = Change.objects.filter(record_type=documents.RECORD_TYPE, record_id=find(slug).pk)
    return change_page(request, response, changes, params)


def find(slug: str) -> Notification:
    """The public record. Raises Http404, ApiProblem (410) for one withdrawn from view."""
    try:
        return views.find(slug)
    except views.NotHeld as lacking:
        raise Http404(slug) from lacking
    except views.Gone as gone:
        raise withdrawn(gone.notification) from gone
