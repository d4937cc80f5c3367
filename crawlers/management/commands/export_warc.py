"""``manage.py export_warc RUN FILE``: the documents of a run for an archive."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.provenance.models import Run
from content.provenance.snapshots import SnapshotMissing
from crawlers import warc


class Command(BaseCommand):
    help = "Write the documents that a run fetched to a WARC file (ISO 28500)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", type=int, help="number of the run (see the admin)")
        parser.add_argument("file", type=Path, help="file to write, such as iso.warc.gz; none is replaced")

    def handle(self, *args: Any, **options: Any) -> None:
        run = Run.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(f"There is no run {options['run']}.")
        try:
            with options["file"].open("xb") as target:
                count = warc.export(run, target)
        except FileExistsError as problem:
            raise CommandError(f"{options['file']} is there already.") from problem
        except (OSError, SnapshotMissing) as problem:
            raise CommandError(f"The run cannot be exported: {problem}") from problem
        self.stdout.write(f"{count} documents in {options['file']}")
