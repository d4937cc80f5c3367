"""What one person follows as a private Atom feed and a calendar; the secret in the address is the key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from icalendar import Event

from content.calendars import calendar_response, new_calendar
from content.standards.models import Standard
from content.tbt.calendars import events_of
from content.tbt.models import Notification, Product
from content.tbt.symbols import symbol_of
from content.tbt.thread import thread
from search.changes import Told
from search.watch.models import Alert, FollowedKey, Follower
from search.watch.telling import groups

ENTRIES = 100
MAX_THREADS = 500
MAX_STANDARDS = 500


class FollowsFeed(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """The latest alerts of one person."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, token: str) -> Follower:
        return get_object_or_404(Follower, token=token)

    def title(self) -> str:
        return _("What I follow")

    def author_name(self) -> str:
        return str(settings.SITE_NAME)

    def link(self) -> str:
        return f"{settings.SITE_URL}{reverse('watch:alerts')}"

    def feed_url(self, follower: Follower) -> str:
        return f"{settings.SITE_URL}{reverse('watch-feeds:atom', args=[follower.token])}"

    def items(self, follower: Follower) -> Iterable[tuple[int, Told]]:
        held = Alert.objects.filter(subscription__follower=follower).select_related("change__source", "subscription")
        found = groups(held.order_by("-at", "-pk")[:ENTRIES])
        told = [(group.subscription.pk, one) for group in found for one in group.records]
        return sorted(told, key=lambda pair: pair[1].at, reverse=True)

    def item_title(self, item: tuple[int, Told]) -> str:
        return f"{item[1].label} {item[1].title}".strip()[:200]

    def item_description(self, item: tuple[int, Told]) -> str:
        return "\n".join(item[1].lines)

    def item_link(self, item: tuple[int, Told]) -> str:
        return item[1].url or f"{settings.SITE_URL}{reverse('watch:alerts')}"

    def item_guid(self, item: tuple[int, Told]) -> str:
        return f"urn:x-standards-portal:alert:{item[0]}:{item[1].label}:{item[1].at.isoformat()}"

    def item_updateddate(self, item: tuple[int, Told]) -> datetime:
        return item[1].at

    def item_pubdate(self, item: tuple[int, Told]) -> datetime:
        return item[1].at


@never_cache
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Final dates for comments and days of entry into force of what one person follows."""
    follower = get_object_or_404(Follower, token=token)
    keys = FollowedKey.objects.filter(subscription__follower=follower, subscription__paused_at=None)
    book = new_calendar("follows", _("What I follow"))
    pairs = list(keys.order_by().values_list("kind", "key"))
    today = timezone.localdate()
    for event in (*_comments(pairs, today), *_effective(pairs, today)):
        book.add_component(event)
    body: bytes = book.to_ical()
    return calendar_response(body, "follows.ics")


def _comments(pairs: list[tuple[str, str]], today: date) -> Iterator[Event]:
    keys: dict[str, list[str]] = {}
    for kind, key in pairs:
        keys.setdefault(kind, []).append(key)
    followed = Q(base__in=[symbol_of(key).base for key in keys.get("tbt", ())]) | Q(member__in=keys.get("member", ()))
    for system in ("hs", "ics"):
        covered = Product.objects.filter(system=system, code__in=keys.get(system, ()))
        followed |= Q(pk__in=covered.values("notification"))
    coming = Notification.objects.public().filter(followed, deadline__gte=today.isoformat())
    bases = coming.order_by("deadline", "base").values_list("base", flat=True).distinct()[:MAX_THREADS]
    threads: dict[str, list[Notification]] = {base: [] for base in bases}
    for one in Notification.objects.public().filter(base__in=threads).prefetch_related("wordings"):
        threads[one.base].append(one)
    for documents in threads.values():
        yield from events_of(thread(documents))


def _effective(pairs: list[tuple[str, str]], today: date) -> Iterator[Event]:
    slugs = [key for kind, key in pairs if kind == "standard"]
    coming = Standard.objects.public().filter(Q(slug__in=slugs) | Q(undated_slug__in=slugs))
    host = urlsplit(settings.SITE_URL).hostname
    for one in coming.filter(effective__gte=today.isoformat()).order_by("effective", "pk")[:MAX_STANDARDS]:
        if len(one.effective) != 10:
            continue
        day = date.fromisoformat(one.effective)
        event = Event()
        event.add("uid", f"{one.slug}-effective@{host}")
        event.add("dtstamp", one.updated_at)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", _("%(designation)s enters into force") % {"designation": one.designation})
        event.add("description", one.title)
        event.add("url", f"{settings.SITE_URL}{one.get_absolute_url()}")
        event.add("transp", "TRANSPARENT")
        yield event


app_name = "watch-feeds"
urlpatterns = [
    path("follows/<str:token>.atom", never_cache(FollowsFeed()), name="atom"),
    path("follows/<str:token>.ics", calendar, name="calendar"),
]
