"""``manage.py load_laws FOLDER``: read the texts of laws from a folder."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.provenance.runs import RunError
from crawlers.errors import CrawlError
from crawlers.folders import load_laws
from crawlers.management.commands.crawl import summary


class Command(BaseCommand):
    help = "Reads the texts of Chinese laws from a folder of Markdown files in the layout of LawRefBook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder; those below it name the kind of act (行政法规)")
        parser.add_argument("--force", action="store_true", help="take over texts even where nothing has changed")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder")
        try:
            run = load_laws(folder, force=options["force"])
        except (CrawlError, RunError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(summary(run))
        if not run.items:
            raise CommandError(f"there is no text in {folder}")
