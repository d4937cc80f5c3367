"""Crawls that somebody wants: asked for, and given up.

A request is a row, so it outlives every message and process. Whoever crawls takes requests from here and removes each
when its run has ended.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from content.provenance import runs
from content.provenance.models import CrawlRequest, Source
from content.provenance.signals import crawl_wanted


def ask(source: Source, by: User | None = None) -> CrawlRequest:
    """Ask for a crawl of the source; asking twice is asking once."""
    with transaction.atomic():
        request, _new = CrawlRequest.objects.get_or_create(
            source=source, defaults={"asked_by": by, "asked_at": timezone.now()}
        )
        crawl_wanted.send(sender=CrawlRequest, request=request)
    return request


def withdraw(source_name: str) -> bool:
    """Want no crawl of the source any more, the present one included; False if there was nothing to stop."""
    cancelled = runs.cancel(source_name)
    withdrawn, _rows = CrawlRequest.objects.filter(source_id=source_name).delete()
    return bool(cancelled or withdrawn)
