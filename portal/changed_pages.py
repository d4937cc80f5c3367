"""Which pages a change touches; they are purged once the change is committed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from content.reach.keeping import RECORD_TYPE as GUIDANCE
from content.reach.models import Guidance, ListEntry, Substance
from content.reach.store import RECORD_TYPE as SUBSTANCE
from content.regulations.models import Citation, Regulation, Version
from content.regulations.store import RECORD_TYPE as REGULATION
from content.standards.documents import RECORD_TYPE
from content.standards.models import Relation, Standard
from content.tbt.models import Notification
from content.tbt.store import RECORD_TYPE as NOTIFICATION
from portal.purging import purger

MAX_RECORDS = 20
"""Records of one change whose own pages are purged; a crawl changes 500 at a time, and they only live for a minute."""
MAX_NEIGHBOURS = 50
LANGUAGES = ("zh-hans", "en")
GENERAL = ("home", "changes", "feeds:changes", "standards:list")
"""Pages that show something of every record."""
Row = tuple[str, str, str]
"""Slug, slug without year, and code of the body of a standard."""


def on_records_changed(sender: object, *, record_type: str, ids: Iterable[int], **_kwargs: Any) -> None:
    """Receiver of ``records_changed``. It is sent inside the transaction, and pages are purged after it."""
    if settings.PURGE_URLS and (pages := _PAGES.get(record_type)) is not None:
        changed = list(ids)
        transaction.on_commit(lambda: purger.purge(pages(changed)), robust=True)


def pages_of_substances(ids: Collection[int]) -> Iterator[str]:
    """Addresses in both editions of the lists, of these substances, and of the groups and members that name them."""
    few = list(ids) if len(ids) <= MAX_RECORDS else []
    near = Q(pk__in=few) | Q(groups__substance__in=few) | Q(entries__members__in=few)
    days = list(ListEntry.objects.filter(substance__in=few).values_list("list_name", "included")[:MAX_NEIGHBOURS])
    slugs = list(Substance.objects.filter(near).values_list("slug", flat=True).distinct()[: MAX_NEIGHBOURS * 2])
    for language in LANGUAGES:
        with translation.override(language):
            for name in ("reach:index", "reach:updates", "reach-feeds:changes", "reach-feeds:days"):
                yield reverse(name)
            yield reverse("reach:check")
            for slug in slugs:
                yield reverse("reach:substance", args=[slug])
                yield reverse("reach:data", args=[slug])
            for name, day in days:
                if day:
                    yield reverse("reach:update", args=[name, day])
                    yield reverse("reach:update-data", args=[name, day])


def pages_of_guidance(ids: Collection[int]) -> Iterator[str]:
    """Addresses in both editions of the list, of these documents, and of those that they replace."""
    near = Q(pk__in=list(ids)[:MAX_RECORDS]) | Q(replaced_by__in=list(ids)[:MAX_RECORDS])
    slugs = list(Guidance.objects.filter(near).values_list("slug", flat=True)[: MAX_NEIGHBOURS * 2])
    for language in LANGUAGES:
        with translation.override(language):
            yield reverse("reach:guidance-list")
            for slug in slugs:
                for name in ("guidance", "guidance-data", "guidance-file"):
                    yield reverse(f"reach:{name}", args=[slug])


def pages_of_regulations(ids: Collection[int]) -> Iterator[str]:
    """Addresses in both editions of the list, of these acts and their versions, of acts and standards that they name,
    and of acts that name them."""
    few = list(ids) if len(ids) <= MAX_RECORDS else []
    own = dict(Regulation.objects.filter(pk__in=few).values_list("pk", "slug"))
    versions = list(Version.objects.filter(regulation__in=few).values_list("regulation", "date")[: MAX_NEIGHBOURS * 2])
    named = Citation.objects.filter(version__regulation__in=few)
    naming = Citation.objects.filter(key__in=Regulation.objects.filter(pk__in=few).values("match"))
    near = Q(match__in=named.filter(kind=Citation.Kind.REGULATION).values("key"))
    near |= Q(pk__in=naming.values("version__regulation"))
    neighbours = list(
        Regulation.objects.filter(near).exclude(pk__in=few).values_list("slug", flat=True)[:MAX_NEIGHBOURS]
    )
    cited = named.filter(kind=Citation.Kind.STANDARD).values("key")
    standards = list(
        Standard.objects.filter(Q(slug__in=cited) | Q(undated_slug__in=cited)).values_list("slug", flat=True)[
            :MAX_NEIGHBOURS
        ]
    )
    for language in LANGUAGES:
        with translation.override(language):
            yield reverse("regulations:list")
            yield reverse("regulation-feeds:changes")
            for slug in (*own.values(), *neighbours):
                yield reverse("regulations:detail", args=[slug])
                yield reverse("regulations:data", args=[slug])
            for slug in own.values():
                yield reverse("regulations:compare", args=[slug])
            for pk, date in versions:
                yield reverse("regulations:version", args=[own[pk], date or Version.UNDATED])
                yield reverse("regulations:version-data", args=[own[pk], date or Version.UNDATED])
            for slug in standards:
                yield reverse("standards:detail", args=[slug])


def pages_of_notifications(ids: Collection[int]) -> Iterator[str]:
    """Addresses in both editions of the lists, of these notifications, and of the other documents of their threads."""
    few = list(ids) if len(ids) <= MAX_RECORDS else []
    threads = Notification.objects.filter(pk__in=few).values("base")
    slugs = list(Notification.objects.filter(base__in=threads).values_list("slug", flat=True)[: MAX_NEIGHBOURS * 2])
    for language in LANGUAGES:
        with translation.override(language):
            for name in ("tbt:list", "tbt:all-products", "tbt-feeds:changes", "tbt-calendars:deadlines"):
                yield reverse(name)
            for slug in slugs:
                yield reverse("tbt:detail", args=[slug])
                yield reverse("tbt:data", args=[slug])
                yield reverse("tbt:calendar", args=[slug])


def on_page_changed(sender: object, *, instance: Page, instance_before: Page | None = None, **_kwargs: Any) -> None:
    """Receiver of Wagtail's signals of pages that are published, withdrawn, moved or renamed."""
    if settings.PURGE_URLS:
        addresses = [*pages_of_page(instance), *(pages_of_page(instance_before) if instance_before else ())]
        transaction.on_commit(lambda: purger.purge(addresses), robust=True)


def pages_of_standards(ids: Collection[int]) -> Iterator[str]:
    """Addresses in both editions of everything that shows these standards, as far as it can be told."""
    rows = [] if len(ids) > MAX_RECORDS else shown_with(ids)
    for language in LANGUAGES:
        with translation.override(language):
            yield from map(reverse, GENERAL)
            yield from addresses_of(rows)


def addresses_of(rows: Iterable[Row]) -> Iterator[str]:
    """Addresses in the present language of the pages of these standards and of their bodies."""
    for slug, undated, body in rows:
        yield reverse("standards:detail", args=[slug])
        yield reverse("standards:detail", args=[undated])
        yield reverse("standards:data", args=[slug])
        yield reverse("standards:citation", args=[slug, "bib"])
        yield reverse("standards:citation", args=[slug, "ris"])
        yield reverse("standards:body", args=[body])


def shown_with(ids: Collection[int]) -> list[Row]:
    """These standards, and those whose pages name them: related ones and other editions."""
    undated = Standard.objects.filter(pk__in=ids).values("undated_slug")
    named = Relation.objects.filter(standard__in=ids, target__isnull=False).values("target")
    naming = Relation.objects.filter(target__in=ids).values("standard")
    neighbours = Standard.objects.filter(Q(undated_slug__in=undated) | Q(pk__in=named) | Q(pk__in=naming))
    fields = ("slug", "undated_slug", "body")
    own = Standard.objects.filter(pk__in=ids).values_list(*fields)
    return [*own, *neighbours.exclude(pk__in=ids).values_list(*fields)[:MAX_NEIGHBOURS]]


def pages_of_page(page: Page) -> Iterator[str]:
    """Addresses of a page of the site, of the pages above it, which list it, and of the home pages."""
    for one in [page, *page.get_ancestors().specific()]:
        parts = one.get_url_parts()
        if parts and parts[2]:
            yield parts[2]
    for language in LANGUAGES:
        with translation.override(language):
            yield reverse("home")


_PAGES = {
    RECORD_TYPE: pages_of_standards,
    SUBSTANCE: pages_of_substances,
    REGULATION: pages_of_regulations,
    NOTIFICATION: pages_of_notifications,
    GUIDANCE: pages_of_guidance,
}
"""By record type: the addresses that a change of these records touches."""
