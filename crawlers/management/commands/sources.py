"""``manage.py sources``: what can be crawled; brings the rows of the sources to what their YAML says."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from content.provenance.models import Run
from crawlers import config
from crawlers.catalogue import sync_source


class Command(BaseCommand):
    help = "Bring the sources up to date with their YAML; list them, how they were verified, how their last run ended."

    def handle(self, *args: Any, **options: Any) -> None:
        for name in config.names():
            source = config.load(name)
            sync_source(source)
            last = Run.objects.filter(source_id=name).order_by("-started_at").first()
            ended = f"{last.state} {last.started_at:%Y-%m-%d}, {last.items} records" if last else "never run"
            self.stdout.write(f"{name:<10} {source.title.en}  [{source.verification}; {ended}]")
