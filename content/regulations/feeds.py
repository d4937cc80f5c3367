"""Atom feed (RFC 4287) of what changed in regulations."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _

from content.provenance import feeds
from content.provenance.changes import public_changes
from content.provenance.feeds import ENTRIES, Event, EventsFeed, conditional
from content.provenance.models import Change
from content.regulations import wording
from content.regulations.models import Kind, Regulation
from content.regulations.store import RECORD_TYPE


def events(changes: Iterable[Change]) -> list[Event]:
    """What happened to which act. One query, for the acts."""
    rows = list(changes)
    return feeds.events(
        rows,
        Regulation.objects.public().in_bulk({change.record_id for change in rows}),
        title=lambda one, _change: one.shown_title,
        line=wording.change_line,
        elsewhere=reverse("regulations:list"),
    )


class RegulationsFeed(EventsFeed):
    """The latest changes; ``?kind=`` narrows them to one kind of act."""

    def get_object(self, request: HttpRequest) -> str:
        kind = request.GET.get("kind", "")
        if kind and kind not in Kind.values:
            raise BadRequest(_("A kind is one of %(kinds)s.") % {"kinds": ", ".join(Kind.values)})
        return kind

    def title(self, kind: str) -> str:
        title = _("Regulations: latest changes")
        return f"{title} ({Kind(kind).label})" if kind else title

    def subtitle(self) -> str:
        return _("Acts and versions added, validity turned, acts withdrawn from view.")

    def link(self, kind: str) -> str:
        return f"{settings.SITE_URL}{reverse('regulations:list')}{_query(kind)}"

    def feed_url(self, kind: str) -> str:
        return f"{settings.SITE_URL}{reverse('regulation-feeds:changes')}{_query(kind)}"

    def items(self, kind: str) -> Iterable[Event]:
        changes = public_changes({RECORD_TYPE: Regulation})
        if kind:
            changes = changes.filter(record_id__in=Regulation.objects.filter(kind=kind).values("pk"))
        return events(changes.order_by("-at", "-pk")[:ENTRIES])


def _query(kind: str) -> str:
    return f"?kind={kind}" if kind else ""


app_name = "regulation-feeds"
urlpatterns = [path("regulations.atom", conditional(RegulationsFeed, [RECORD_TYPE]), name="changes")]
