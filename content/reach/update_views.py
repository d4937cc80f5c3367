"""The pages of the lists' updates, and their feeds: what changed (Atom) and the days to keep (iCalendar)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar
from icalendar import Event as Appointment

from content.provenance.changes import moments, public_changes
from content.provenance.feeds import ENTRIES, Event, EventsFeed, conditional
from content.provenance.models import Change
from content.reach import documents, wording
from content.reach.acts import amending
from content.reach.duties import of_entry, six_months_after
from content.reach.models import ListEntry, Substance
from content.reach.statements import RECORD_TYPE
from content.reach.updates import Update, updates


def list_of(request: HttpRequest) -> str:
    """The list that is asked for, or empty. Raises BadRequest."""
    name = request.GET.get("list", "")
    if name and name not in ListEntry.List.values:
        raise BadRequest(_("A list is one of %(lists)s.") % {"lists": ", ".join(ListEntry.List.values)})
    return name


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every update of one list or of all, the newest first."""
    name = list_of(request)
    context = {
        "updates": updates(name),
        "list_name": name,
        "lists": ListEntry.List.choices,
        "acts": amending(name),
        "latest": events(public_changes({RECORD_TYPE: Substance}).order_by("-at", "-pk")[:20]),
        "trail": [(_("REACH"), reverse("reach:index"))],
        "here": _("Updates of the lists"),
    }
    return render(request, "reach/updates.html", context)


@require_safe
def detail(request: HttpRequest, list_name: str, day: str) -> HttpResponse:
    """What came in or was decided anew on one day, and what follows."""
    update = find(list_name, day)
    listed = [entry.pk for entry in (*update.added, *update.amended)]
    members = ListEntry.objects.filter(pk__in=listed).prefetch_related("members__numbers").in_bulk()
    context = {
        "update": update,
        "rows": [
            (entry, list(members[entry.pk].members.all())[: documents.MAX_MEMBERS], wording.reasons(entry.reasons), new)
            for new, entries in ((True, update.added), (False, update.amended))
            for entry in entries
        ],
        "duties": [wording.duty(one) for one in of_entry(list_name, day, "")] if update.added else [],
        "trail": [(_("REACH"), reverse("reach:index")), (_("Updates of the lists"), reverse("reach:updates"))],
        "here": f"{update.label} {day}",
    }
    return render(request, "reach/update.html", context)


@require_safe
def data(request: HttpRequest, list_name: str, day: str) -> HttpResponse:
    """The same as JSON."""
    return HttpResponse(orjson.dumps(update_document(find(list_name, day))), content_type="application/json")


def find(list_name: str, day: str) -> Update:
    """Raises Http404."""
    held = updates(list_name) if list_name in ListEntry.List.values else []
    found = next((one for one in held if one.day == day), None)
    if found is None:
        raise Http404(day)
    return found


def update_document(update: Update) -> dict[str, object]:
    """An update as the API describes it."""
    return {
        "list": update.list_name,
        "day": update.day,
        "url": reverse("reach:update", args=[update.list_name, update.day]),
        "total": update.total,
        "added": [documents.reference(entry.substance) for entry in update.added],
        "amended": [documents.reference(entry.substance) for entry in update.amended],
    }


# Feeds


def events(changes: Iterable[Change]) -> list[Event]:
    """What happened to which substance. Two queries, for the substances."""
    rows = list(changes)
    held = Substance.objects.public().in_bulk({change.record_id for change in rows})
    found = []
    for together in moments(rows):
        first, one = together[0], held.get(together[0].record_id)
        lines = (wording.change(each.kind, each.field, each.old, each.new) for each in together)
        found.append(
            Event(
                title=one.title if one else first.label,
                path=one.get_absolute_url() if one else reverse("reach:index"),
                at=first.at,
                key=first.pk,
                lines=tuple(dict.fromkeys(lines)),
            )
        )
    return found


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
    held = Calendar()
    held.add("prodid", "-//standards-portal//REACH//ZH")
    held.add("version", "2.0")
    held.add("method", "PUBLISH")
    held.add("x-wr-calname", _("REACH: days to keep"))
    for entry in entries.select_related("substance").order_by("included", "pk"):
        for kind, day, label in _days(entry):
            if len(day) == 10 and day >= since:
                held.add_component(_appointment(entry, kind, day, label))
    headers = {"Content-Disposition": 'attachment; filename="reach.ics"'}
    return HttpResponse(held.to_ical(), content_type="text/calendar; charset=utf-8", headers=headers)


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
