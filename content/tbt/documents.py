"""Notifications as data: for the ``.json`` siblings of pages, the API, and, in bulk, the search index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from content.provenance.documents import claim_document
from content.provenance.origins import claims_of
from content.tbt import members
from content.tbt.models import Notification, Wording
from content.tbt.store import RECORD_TYPE as RECORD_TYPE
from content.tbt.thread import Fact, Thread


def reference_document(one: Notification) -> dict[str, Any]:
    """Just enough to name a document of a thread."""
    return {
        "type": RECORD_TYPE,
        "symbol": one.symbol,
        "slug": one.slug,
        "url": one.get_absolute_url(),
        "kind": one.kind,
        "circulated": one.circulated,
    }


def notification_summary(one: Notification) -> dict[str, Any]:
    """A notification without its texts but for the titles (schema ``NotificationSummary``). Wants ``wordings``."""
    return {
        **reference_document(one),
        "thread": one.base,
        "member": {
            "code": one.member,
            "name": {language: members.name(one.member, language) for language in ("zh", "en")},
        },
        "titles": {each.language: each.title for each in one.wordings.all() if each.title},
        "number": one.number,
        "articles": one.articles,
        "hs": one.hs,
        "ics": one.ics,
        "adoption": one.adoption,
        "adoption_stated": one.adoption_stated,
        "entry_into_force": one.entry,
        "entry_into_force_stated": one.entry_stated,
        "comments_until": one.comments,
        "comments_until_stated": one.comments_stated,
        "deadline": one.deadline,
        "updated_at": one.updated_at,
    }


def notification_document(one: Notification, thread: Thread) -> dict[str, Any]:
    """All that is held of a notification and its thread (schema ``NotificationDocument``). Two queries."""
    return {
        **notification_summary(one),
        "stage": thread.stage(timezone.localdate()).value,
        "adopted": _fact(thread.adopted),
        "in_force": _fact(thread.in_force),
        "withdrawn": _fact(thread.withdrawn),
        "pages": one.pages,
        "languages": one.languages,
        "texts": {
            each.language: {name: text for name in Wording.TEXTS if (text := getattr(each, name))}
            for each in one.wordings.all()
        },
        "codes_moved": one.codes_moved,
        "codes_unread": one.codes_unread,
        "events": [_event(each) for each in one.events],
        "documents": one.documents,
        "form": one.form,
        "documents_of_thread": [reference_document(each) for each in thread.documents],
        "sources": [claim_document(claim) for claim in claims_of(RECORD_TYPE, one.pk)],
    }


def _fact(fact: Fact | None) -> dict[str, str] | None:
    return {"date": fact.day, "symbol": fact.symbol} if fact else None


def _event(event: dict[str, Any]) -> dict[str, Any]:
    return {"date": "", "stated": "", "urls": [], "note": "", **event}


def public_ids() -> Sequence[int]:
    """Of all public notifications, rising."""
    return list(Notification.objects.public().order_by("pk").values_list("pk", flat=True))


def public(ids: Iterable[int]) -> dict[int, Notification]:
    """The public ones among these by key, with their texts. Two queries."""
    return Notification.objects.public().prefetch_related("wordings").in_bulk(list(ids))
