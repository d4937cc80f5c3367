"""``manage.py reparse NAME``: parse again what was fetched before, without the network."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.provenance.models import Run
from content.provenance.runs import RunError
from crawlers.errors import CrawlError
from crawlers.management.commands.crawl import summary


class Command(BaseCommand):
    help = "Parse a source's newest snapshots again, as after a change of its parser."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the source (see `manage.py sources`)")

    def handle(self, *args: Any, **options: Any) -> None:
        from crawlers.running import crawl  # installs Twisted's reactor: not at import, which every command does

        try:
            run = crawl(options["name"], Run.Backend.SNAPSHOT, resume=False, force=True)
        except (CrawlError, RunError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(summary(run))
        if run.state != Run.State.SUCCEEDED:
            raise CommandError(f"{run.get_state_display()}: {run.reason}")
