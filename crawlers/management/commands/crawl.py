"""``manage.py crawl NAME``: run one source."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.provenance.models import Run
from content.provenance.runs import RunError
from crawlers.errors import CrawlError


class Command(BaseCommand):
    help = "Crawls one source: its live site, or with --recorded the recording bundled with the portal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the source (see `manage.py sources`)")
        parser.add_argument(
            "--recorded", action="store_true", help="read the bundled recording instead of the live site"
        )
        parser.add_argument("--fresh", action="store_true", help="do not go on from a run that was broken off")
        parser.add_argument("--force", action="store_true", help="take over records even where nothing has changed")
        parser.add_argument("--limit", type=int, help="stop after about this many records")

    def handle(self, *args: Any, **options: Any) -> None:
        from crawlers.running import crawl  # installs Twisted's reactor: not at import, which every command does

        backend = Run.Backend.RECORDED if options["recorded"] else Run.Backend.LIVE
        try:
            run = crawl(
                options["name"],
                backend,
                resume=not options["fresh"],
                force=options["force"],
                limit=options["limit"],
                progress=options["verbosity"] > 0,
                verbose=options["verbosity"] > 1,
            )
        except (CrawlError, RunError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(summary(run))
        if run.state != Run.State.SUCCEEDED:
            raise CommandError(f"{run.get_state_display()}: {run.reason}")


def summary(run: Run) -> str:
    """A run in one line."""
    counts = ("items", "created", "updated", "unchanged", "removed", "rejected", "fetched", "not_modified")
    figures = ", ".join(f"{name.replace('_', ' ')} {getattr(run, name)}" for name in counts)
    return f"{run.source_id}: {run.state}, {figures}" + (f" ({run.reason})" if run.reason else "")
