"""``manage.py backup DIR``: copy the database and the stored files into a new folder in DIR."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.backup.errors import BackupError
from portal.backup.taking import take
from portal.management.progress import Line


class Command(BaseCommand):
    """Progress goes to stderr, the folder of the new backup to stdout."""

    help = "Make a backup of the database and the stored files while the portal runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="where the backups lie, one folder each")
        parser.add_argument("--keep", type=_positive, metavar="N", help="remove older backups: the newest N stay")

    def handle(self, *args: Any, folder: Path, keep: int | None, **options: Any) -> None:
        line = Line(self.stderr)
        try:
            taken = take(folder, line.show, keep)
        except BackupError as error:
            raise CommandError(str(error)) from error
        finally:
            line.end()
        self.stderr.write(f"{taken.copied} files copied, {taken.linked} unchanged, {len(taken.pruned)} backups removed")
        self.stdout.write(str(taken.folder))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
