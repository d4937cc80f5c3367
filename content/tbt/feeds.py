"""Atom feed (RFC 4287) of what changed in notifications."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition

from content.provenance.models import Change
from content.tbt import wording
from content.tbt.browse import Choice, matching, products_of
from content.tbt.documents import public
from content.tbt.models import Notification
from content.tbt.store import RECORD_TYPE

ENTRIES = 60
TITLE = 150


@dataclass(frozen=True, slots=True)
class Changed:
    """What happened to one notification at one moment; ``one`` is None where it is hidden or gone."""

    one: Notification | None
    label: str
    at: datetime
    key: int
    lines: tuple[str, ...]


def public_changes() -> QuerySet[Change]:
    """Changes of notifications; of hidden ones only that they were withdrawn."""
    hidden = Notification.objects.filter(hidden_at__isnull=False).values("pk")
    changes = Change.objects.filter(record_type=RECORD_TYPE)
    return changes.exclude(Q(record_id__in=hidden) & ~Q(kind=Change.Kind.HIDDEN))


def together(changes: Iterable[Change]) -> list[Changed]:
    """Neighbouring changes of one notification at one moment as one entry. Two queries, for the notifications."""
    rows = list(changes)
    held = public({change.record_id for change in rows})
    found = []
    for (record, at), group in groupby(rows, key=lambda change: (change.record_id, change.at)):
        entries = list(group)
        lines = tuple(dict.fromkeys(map(wording.change_line, entries)))
        found.append(Changed(held.get(record), entries[0].label, at, entries[0].pk, lines))
    return found


class NotificationsFeed(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """The latest changes; ``?member=``, ``?hs=`` and ``?ics=`` narrow them."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> Choice:
        return products_of(request)

    def title(self, choice: Choice) -> str:
        title = _("TBT notifications: latest changes")
        named = " ".join(choice.parameters.values())
        return f"{title} ({named})" if named else title

    def author_name(self) -> str:
        return str(settings.SITE_NAME)

    def subtitle(self) -> str:
        return _("Notifications and addenda added, days moved, measures adopted or withdrawn.")

    def link(self, choice: Choice) -> str:
        return f"{settings.SITE_URL}{reverse('tbt:list')}{choice.followed}"

    def feed_url(self, choice: Choice) -> str:
        return f"{settings.SITE_URL}{reverse('tbt-feeds:changes')}{choice.followed}"

    def items(self, choice: Choice) -> Iterable[Changed]:
        changes = public_changes()
        if choice.parameters:
            changes = changes.filter(record_id__in=matching(choice, timezone.localdate()).order_by().values("pk"))
        return together(changes.order_by("-at", "-pk")[:ENTRIES])

    def item_title(self, item: Changed) -> str:
        title = wording.title_of(item.one)[0] if item.one else ""
        return f"{item.label} {title}".strip()[:TITLE]

    def item_description(self, item: Changed) -> str:
        return "\n".join(item.lines)

    def item_link(self, item: Changed) -> str:
        return settings.SITE_URL + (item.one.get_absolute_url() if item.one else reverse("tbt:list"))

    def item_guid(self, item: Changed) -> str:
        return f"urn:x-standards-portal:change:{item.key}"

    def item_updateddate(self, item: Changed) -> datetime:
        return item.at

    def item_pubdate(self, item: Changed) -> datetime:
        return item.at


def _last_modified(request: HttpRequest) -> datetime | None:
    last: datetime | None = Change.objects.filter(record_type=RECORD_TYPE).aggregate(last=Max("at"))["last"]
    return last


def _etag(request: HttpRequest) -> str:
    last = Change.objects.filter(record_type=RECORD_TYPE).aggregate(last=Max("pk"))["last"] or 0
    return f'"tbt-{get_language()}-{last}"'


@condition(etag_func=_etag, last_modified_func=_last_modified)
def changes_feed(request: HttpRequest) -> HttpResponse:
    """A reader that has the latest entries gets 304."""
    return NotificationsFeed()(request)


app_name = "tbt-feeds"
urlpatterns = [path("tbt.atom", changes_feed, name="changes")]
