"""Atom feed (RFC 4287) of what changed in notifications."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from content.provenance import feeds
from content.provenance.changes import public_changes
from content.provenance.feeds import ENTRIES, Event, EventsFeed, conditional
from content.provenance.models import Change
from content.tbt import wording
from content.tbt.browse import Choice, matching, products_of
from content.tbt.documents import public
from content.tbt.models import Notification
from content.tbt.store import RECORD_TYPE


def events(changes: Iterable[Change]) -> list[Event]:
    """What happened to which notification. Two queries, for the notifications."""
    rows = list(changes)
    return feeds.events(
        rows,
        public({change.record_id for change in rows}),
        title=lambda one, change: f"{change.label} {wording.title_of(one)[0]}".strip(),
        line=wording.change_line,
        elsewhere=reverse("tbt:list"),
    )


class NotificationsFeed(EventsFeed):
    """The latest changes; ``?member=``, ``?hs=`` and ``?ics=`` narrow them."""

    def get_object(self, request: HttpRequest) -> Choice:
        return products_of(request)

    def title(self, choice: Choice) -> str:
        title = _("TBT notifications: latest changes")
        named = " ".join(choice.parameters.values())
        return f"{title} ({named})" if named else title

    def subtitle(self) -> str:
        return _("Notifications and addenda added, days moved, measures adopted or withdrawn.")

    def link(self, choice: Choice) -> str:
        return f"{settings.SITE_URL}{reverse('tbt:list')}{choice.followed}"

    def feed_url(self, choice: Choice) -> str:
        return f"{settings.SITE_URL}{reverse('tbt-feeds:changes')}{choice.followed}"

    def items(self, choice: Choice) -> Iterable[Event]:
        changes = public_changes({RECORD_TYPE: Notification})
        if choice.parameters:
            changes = changes.filter(record_id__in=matching(choice, timezone.localdate()).order_by().values("pk"))
        return events(changes.order_by("-at", "-pk")[:ENTRIES])


app_name = "tbt-feeds"
urlpatterns = [path("tbt.atom", conditional(NotificationsFeed, [RECORD_TYPE]), name="changes")]
