"""Atom feeds (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition

from content.provenance.models import Change
from content.standards.changes import ChangedRecord, filtered, together

ENTRIES = 60


class ChangesFeed(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """The latest changes as a feed; ``?kind=`` and ``?body=`` narrow it as on the page."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> tuple[str, str]:
        wanted = request.GET.get("kind", ""), request.GET.get("body", "")
        filtered(*wanted)  # raises BadRequest
        return wanted

    def title(self, wanted: tuple[str, str]) -> str:
        kind, body = wanted
        named = [str(Change.Kind(kind).label) if kind else "", body]
        chosen = ", ".join(filter(None, named))
        return (
            _("Standards: latest changes (%(chosen)s)") % {"chosen": chosen}
            if chosen
            else _("Standards: latest changes")
        )

    def author_name(self) -> str:
        return str(settings.SITE_NAME)

    def subtitle(self) -> str:
        return _("Records added, status turned, fields changed, records withdrawn.")

    def link(self, wanted: tuple[str, str]) -> str:
        return f"{settings.SITE_URL}{reverse('changes')}{_query(wanted)}"

    def feed_url(self, wanted: tuple[str, str]) -> str:
        return f"{settings.SITE_URL}{reverse('feeds:changes')}{_query(wanted)}"

    def items(self, wanted: tuple[str, str]) -> Iterable[ChangedRecord]:
        return together(filtered(*wanted).order_by("-at", "-pk")[:ENTRIES])

    def item_title(self, item: ChangedRecord) -> str:
        kinds = ", ".join(dict.fromkeys(entry.change.get_kind_display() for entry in item.entries))
        title = item.standard.title if item.standard else ""
        return f"{item.label} {title} ({kinds})".replace("  ", " ")

    def item_description(self, item: ChangedRecord) -> str:
        lines = [f"{entry.label}: {entry.old or '–'} → {entry.new or '–'}" for entry in item.entries if entry.label]
        return "\n".join(lines)

    def item_link(self, item: ChangedRecord) -> str:
        return settings.SITE_URL + (item.standard.get_absolute_url() if item.standard else reverse("changes"))

    def item_guid(self, item: ChangedRecord) -> str:
        return f"urn:x-standards-portal:change:{item.key}"

    def item_updateddate(self, item: ChangedRecord) -> datetime:
        return item.at

    def item_pubdate(self, item: ChangedRecord) -> datetime:
        return item.at


def _query(wanted: tuple[str, str]) -> str:
    chosen = {name: value for name, value in zip(("kind", "body"), wanted, strict=True) if value}
    return f"?{urlencode(chosen)}" if chosen else ""


def _last_modified(request: HttpRequest) -> datetime | None:
    last: datetime | None = Change.objects.aggregate(last=Max("at"))["last"]
    return last


def _etag(request: HttpRequest) -> str:
    last = Change.objects.aggregate(last=Max("pk"))["last"] or 0
    return f'"{get_language()}-{last}"'


@condition(etag_func=_etag, last_modified_func=_last_modified)
def changes_feed(request: HttpRequest) -> HttpResponse:
    """A reader that has the latest entries gets 304."""
    return ChangesFeed()(request)


app_name = "feeds"
urlpatterns = [path("changes.atom", changes_feed, name="changes")]
