"""What changed on the lists as an Atom feed, and the days to keep as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Event as Appointment

from content.calendars import calendar_response, new_calendar
from content.provenance import feeds
from content.provenance.changes import public_changes
from content.provenance.feeds import ENTRIES, Event, EventsFeed, conditional
from content.provenance.models import Change
from content.reach import wording
from content.reach.duties import six_months_after
from content.reach.models import ListEntry, Substance
from content.reach.statements import RECORD_TYPE


def list_of(request: HttpRequest) -> str:
    """The list that is asked for, or empty. Raises BadRequest."""
    name = request.GET.get("list", "")
    if name and name not in ListEntry.List.values:
        raise BadRequest(_("A list is one of %(lists)s.") % {"lists": ", ".join(ListEntry.List.values)})
    return name


def events(changes: Iterable[Change]) -> list[Event]:
    """What happened to which substance. One query, for the substances."""
    rows = list(changes)
    return feeds.events(
        rows,
        Substance.objects.public().in_bulk({change.record_id for change in rows}),
        title=lambda one, _change: one.title,
        line=lambda change: wording.change(change.kind, change.field, change.old, change.new),
        elsewhere=reverse("reach:index"),
    )


class SubstancesFeed(EventsFeed):
    """What joined, changed or left; ``?list=`` narrows it to the substances of one list and its groups."""

    def get_object(self, request: HttpRequest) -> str:
        return list_of(request)

    def title(self, name: str) -> str:
        title = _("REACH lists: latest changes")
        return f"{title} ({ListEntry.List(name).label})" if name else title

    def subtitle(self) -> str:
        return _("Substances added, entries and groups changed, dates moved.")

    def link(self, name: str) -> str:
        return f"{settings.SITE_URL}{reverse('reach:updates')}{_query(name)}"

    def feed_url(self, name: str) -> str:
        return f"{settings.SITE_URL}{reverse('reach-feeds:changes')}{_query(name)}"

    def items(self, name: str) -> Iterable[Event]:
        changes = public_changes({RECORD_TYPE: Substance})
        if name:
            entries = ListEntry.objects.filter(list_name=name)
            members = ListEntry.members.through.objects.filter(listentry__in=entries).order_by().values("substance")
            own = Substance.objects.filter(entries__in=entries).order_by().values("pk")
            changes = changes.filter(record_id__in=own.union(members))
        return events(changes.order_by("-at", "-pk")[:ENTRIES])


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Days to keep: latest application and sunset dates of Annex XIV, and the end of the six months in which articles
    with a new candidate are notified (article 7(7)); from a year ago on."""
    name = list_of(request)
    since = (timezone.localdate() - timedelta(days=365)).isoformat()
    entries = ListEntry.objects.filter(missing_since__isnull=True, substance__hidden_at__isnull=True)
    if name:
        entries = entries.filter(list_name=name)
    held = new_calendar("REACH", _("REACH: days to keep"))
    for entry in entries.select_related("substance").order_by("included", "pk"):
        for kind, day, label in _days(entry):
            if len(day) == 10 and day >= since:
                held.add_component(_appointment(entry, kind, day, label))
    return calendar_response(held.to_ical(), "reach.ics")


def _days(entry: ListEntry) -> Iterator[tuple[str, str, str]]:
    if entry.list_name == ListEntry.List.CANDIDATE:
        yield "notify", six_months_after(entry.included), _("last day to notify articles (Article 7(2))")
    if entry.latest_application:
        yield "application", entry.latest_application, _("latest application date")
    if entry.sunset:
        yield "sunset", entry.sunset, _("sunset date")


def _appointment(entry: ListEntry, kind: str, day: str, label: str) -> Appointment:
    one = entry.substance
    event = Appointment()
    event.add("uid", f"reach-{entry.list_name}-{entry.pk}-{kind}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", one.updated_at)
    event.add("last-modified", one.updated_at)
    event.add("dtstart", date.fromisoformat(day))
    event.add("dtend", date.fromisoformat(day) + timedelta(days=1))
    event.add("summary", f"{one.title[:120]}: {label}")
    event.add("description", str(ListEntry.List(entry.list_name).label))
    event.add("url", f"{settings.SITE_URL}{one.get_absolute_url()}")
    event.add("transp", "TRANSPARENT")
    return event


def _query(name: str) -> str:
    return f"?list={name}" if name else ""


app_name = "reach-feeds"
urlpatterns = [
    path("reach.atom", conditional(SubstancesFeed, [RECORD_TYPE]), name="changes"),
    path("reach.ics", calendar, name="days"),
]
