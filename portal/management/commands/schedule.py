"""``manage.py schedule``: when sources are crawled; with a broker, writes the schedule of Celery's beat."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from content.provenance.models import Source
from crawlers.catalogue import sync_sources
from crawlers.scheduling import slot_of


class Command(BaseCommand):
    help = (
        "Bring the sources up to date with their YAML and, with a broker, the schedule of Celery's beat with both. "
        "What an operator has changed there stays. Run it with every deployment; it may be repeated."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.CELERY_BROKER_URL:
            from portal import schedule  # only with a broker are its tables there

            for line in schedule.write():
                self.stdout.write(line)
            return
        sync_sources()
        for source in Source.objects.order_by("name"):
            slot = slot_of(source.name, source.frequency) if source.enabled else None
            self.stdout.write(f"{source.name:<10} {slot or 'never by itself'}")
        if not settings.CRAWL_ON_SCHEDULE:
            self.stdout.write("Nothing is crawled by itself: CRAWL_ON_SCHEDULE is off.")
