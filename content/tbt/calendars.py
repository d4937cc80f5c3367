"""Final dates for comments and planned days as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Alarm, Event

from content.calendars import calendar_response, new_calendar
from content.tbt import wording
from content.tbt.browse import matching, products_of
from content.tbt.models import Notification
from content.tbt.thread import Fact, Thread, thread

MAX_THREADS = 500
"""Threads in the calendar of a choice, those whose days come first."""
REMIND = timedelta(days=-7)


def calendar_of(threads: Iterable[Thread], name: str) -> bytes:
    """All days of these threads; documents come with their texts."""
    calendar = new_calendar("TBT", name)
    for one in threads:
        for event in events_of(one):
            calendar.add_component(event)
    body: bytes = calendar.to_ical()
    return body


def events_of(found: Thread) -> Iterator[Event]:
    """The days of a thread that are known to the day.

    Each has an identifier of its own for good, so that a calendar moves the event when an addendum moves the day.
    """
    days: tuple[tuple[str, Fact | None, str], ...] = (
        ("comments", found.deadline, _("final date for comments")),
        ("adoption", None if found.adopted else found.planned_adoption, _("proposed date of adoption")),
        ("adopted", found.adopted, _("notified measure adopted")),
        ("entry", None if found.in_force else found.planned_entry, _("proposed date of entry into force")),
        ("in-force", found.in_force, _("notified measure enters into force")),
    )
    for kind, fact, label in days:
        if fact is not None and len(fact.day) == 10:
            yield _event(found, kind, fact, label)


def _event(found: Thread, kind: str, fact: Fact, label: str) -> Event:
    first = found.documents[0]
    titled = next((title for one in found.documents if (title := wording.title_of(one)[0])), "")
    day = date.fromisoformat(fact.day)
    said = next(one for one in found.documents if one.symbol == fact.symbol)
    event = Event()
    event.add("uid", f"{first.base.lower().replace('/', '-')}-{kind}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", max(one.updated_at for one in found.documents))
    event.add("last-modified", max(one.updated_at for one in found.documents))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{first.base}: {label}")
    event.add("description", "\n".join(filter(None, (titled, f"{first.member_name} · {fact.symbol}"))))
    event.add("url", f"{settings.SITE_URL}{said.get_absolute_url()}")
    event.add("transp", "TRANSPARENT")
    if kind == "comments":
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{first.base}: {label}")
        alarm.add("trigger", REMIND)
        event.add_component(alarm)
    return event


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The days of all measures that are open for comments, or of one Member's or one product's."""
    choice = products_of(request)
    today = timezone.localdate()
    coming = matching(choice, today).filter(deadline__gte=today.isoformat())
    bases = list(coming.order_by("deadline", "base").values_list("base", flat=True).distinct()[:MAX_THREADS])
    documents: dict[str, list[Notification]] = {base: [] for base in bases}
    for one in Notification.objects.public().filter(base__in=bases).prefetch_related("wordings"):
        documents[one.base].append(one)
    name = " ".join((_("TBT: final dates for comments"), *choice.parameters.values()))
    return calendar_response(calendar_of(map(thread, documents.values()), name), "tbt.ics")


app_name = "tbt-calendars"
urlpatterns = [path("tbt.ics", feed, name="deadlines")]
