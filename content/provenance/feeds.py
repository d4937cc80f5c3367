"""Atom feeds (RFC 4287) of what changed: what they have in common, whatever the subject."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.http import condition

from content.provenance.changes import moments
from content.provenance.models import Change

ENTRIES = 60
TITLE = 150
Record = TypeVar("Record", bound="Shown")


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one record at one moment. ``path`` is its page, or a list where it has none any more."""

    title: str
    path: str
    at: datetime
    key: int
    """The newest change of these, which names the entry for good."""
    lines: tuple[str, ...]

    @property
    def day(self) -> date:
        """The day as the reader's calendar has it."""
        return timezone.localdate(self.at)


class Shown(Protocol):
    """A record with a page."""

    def get_absolute_url(self) -> str: ...


def events(
    changes: Iterable[Change],
    held: Mapping[int, Record],
    *,
    title: Callable[[Record, Change], str],
    line: Callable[[Change], str],
    elsewhere: str,
) -> list[Event]:
    """What happened to which record; ``held`` are those in public view, by key. One that is not is named as its change
    does, and leads ``elsewhere``."""
    found = []
    for group in moments(changes):
        first, one = group[0], held.get(group[0].record_id)
        found.append(
            Event(
                title=title(one, first) if one else first.label,
                path=one.get_absolute_url() if one else elsewhere,
                at=first.at,
                key=first.pk,
                lines=tuple(dict.fromkeys(map(line, group))),
            )
        )
    return found


class EventsFeed(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """The latest events; a subclass says which, and under which name."""

    feed_type = Atom1Feed

    def author_name(self) -> str:
        return str(settings.SITE_NAME)

    def item_title(self, item: Event) -> str:
        return item.title[:TITLE]

    def item_description(self, item: Event) -> str:
        return "\n".join(item.lines)

    def item_link(self, item: Event) -> str:
        return f"{settings.SITE_URL}{item.path}"

    def item_guid(self, item: Event) -> str:
        return f"urn:x-standards-portal:change:{item.key}"

    def item_updateddate(self, item: Event) -> datetime:
        return item.at

    def item_pubdate(self, item: Event) -> datetime:
        return item.at


def conditional(feed: Callable[[], EventsFeed], record_types: Collection[str]) -> Callable[..., HttpResponse]:
    """The view of a feed; a reader that has the latest entries gets 304."""
    name = "-".join(sorted(record_types))

    def last_modified(request: HttpRequest) -> datetime | None:
        last: datetime | None = _held(record_types).aggregate(last=Max("at"))["last"]
        return last

    def etag(request: HttpRequest) -> str:
        return f'"{name}-{get_language()}-{_held(record_types).aggregate(last=Max("pk"))["last"] or 0}"'

    @condition(etag_func=etag, last_modified_func=last_modified)
    def view(request: HttpRequest) -> HttpResponse:
        return feed()(request)

    return view


def _held(record_types: Collection[str]) -> QuerySet[Change]:
    return Change.objects.filter(record_type__in=list(record_types))
