"""Atom feed (RFC 4287) of what changed in regulations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.exceptions import BadRequest
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition

from content.provenance.models import Change
from content.regulations.changes import ChangedAct, public_changes, together
from content.regulations.models import Kind, Regulation
from content.regulations.store import RECORD_TYPE

ENTRIES = 60


class RegulationsFeed(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """The latest changes; ``?kind=`` narrows them to one kind of act."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> str:
        kind = request.GET.get("kind", "")
        if kind and kind not in Kind.values:
            raise BadRequest(_("A kind is one of %(kinds)s.") % {"kinds": ", ".join(Kind.values)})
        return kind

    def title(self, kind: str) -> str:
        title = _("Regulations: latest changes")
        return f"{title} ({Kind(kind).label})" if kind else title

    def author_name(self) -> str:
        return str(settings.SITE_NAME)

    def subtitle(self) -> str:
        return _("Acts and versions added, validity turned, acts withdrawn from view.")

    def link(self, kind: str) -> str:
        return f"{settings.SITE_URL}{reverse('regulations:list')}{_query(kind)}"

    def feed_url(self, kind: str) -> str:
        return f"{settings.SITE_URL}{reverse('regulation-feeds:changes')}{_query(kind)}"

    def items(self, kind: str) -> Iterable[ChangedAct]:
        changes = public_changes()
        if kind:
            changes = changes.filter(record_id__in=Regulation.objects.filter(kind=kind).values("pk"))
        return together(changes.order_by("-at", "-pk")[:ENTRIES])

    def item_title(self, item: ChangedAct) -> str:
        return item.regulation.shown_title if item.regulation else item.label

    def item_description(self, item: ChangedAct) -> str:
        return "\n".join(item.lines)

    def item_link(self, item: ChangedAct) -> str:
        return settings.SITE_URL + (
            item.regulation.get_absolute_url() if item.regulation else reverse("regulations:list")
        )

    def item_guid(self, item: ChangedAct) -> str:
        return f"urn:x-standards-portal:change:{item.key}"

    def item_updateddate(self, item: ChangedAct) -> datetime:
        return item.at

    def item_pubdate(self, item: ChangedAct) -> datetime:
        return item.at


def _query(kind: str) -> str:
    return f"?kind={kind}" if kind else ""


def _last_modified(request: HttpRequest) -> datetime | None:
    last: datetime | None = Change.objects.filter(record_type=RECORD_TYPE).aggregate(last=Max("at"))["last"]
    return last


def _etag(request: HttpRequest) -> str:
    last = Change.objects.filter(record_type=RECORD_TYPE).aggregate(last=Max("pk"))["last"] or 0
    return f'"regulations-{get_language()}-{last}"'


@condition(etag_func=_etag, last_modified_func=_last_modified)
def changes_feed(request: HttpRequest) -> HttpResponse:
    """A reader that has the latest entries gets 304."""
    return RegulationsFeed()(request)


app_name = "regulation-feeds"
urlpatterns = [path("regulations.atom", changes_feed, name="changes")]
