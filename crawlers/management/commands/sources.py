"""``manage.py sources``: what can be crawled."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from content.provenance.models import Run
from crawlers import config
from crawlers.catalogue import names


class Command(BaseCommand):
    help = "List the sources, how they were verified and how their last run ended."

    def handle(self, *args: Any, **options: Any) -> None:
        for name in names():
            source = config.load(name)
            last = Run.objects.filter(source_id=name).order_by("-started_at").first()
            ended = f"{last.state} {last.started_at:%Y-%m-%d}, {last.items} records" if last else "never run"
            self.stdout.write(f"{name:<10} {source.title.en}  [{source.verification}; {ended}]")
