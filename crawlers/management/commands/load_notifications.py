"""``manage.py load_notifications FOLDER``: read the documents of TBT notifications from a folder."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.provenance.runs import RunError
from crawlers.errors import CrawlError
from crawlers.folders import load_notifications
from crawlers.management.commands.crawl import summary


class Command(BaseCommand):
    help = "Reads notifications (G/TBT/N/…) from a folder of DOCX and PDF files as the WTO gives them out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder; those below it are read as well")
        parser.add_argument("--force", action="store_true", help="take over documents even where nothing has changed")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder")
        try:
            run = load_notifications(folder, force=options["force"])
        except (CrawlError, RunError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(summary(run))
        if not run.items:
            raise CommandError(f"there is no notification in {folder}")
