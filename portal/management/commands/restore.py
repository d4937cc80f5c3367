"""``manage.py restore DIR``: put a backup in the place of the database and the stored files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.backup import index
from portal.backup.errors import BackupError
from portal.backup.layout import find, verify
from portal.backup.restoring import restore
from portal.management.progress import Line
from search.engines.errors import EngineError
from search.indexing import Difference, compare, repair
from search.outbox import drain
from search.rebuilding import rebuild


class Command(BaseCommand):
    """Progress goes to stderr, what was restored to stdout."""

    help = "Restore a backup, bring it up to the present version, and bring the search index up to it."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="a backup, or the folder of backups: the newest")
        parser.add_argument("--replace", action="store_true", help="overwrite the records and files that are there")
        parser.add_argument("--check", action="store_true", help="only read the backup and compare its checksums")
        parser.add_argument(
            "--no-index", action="store_true", help="leave the search index to `manage.py search rebuild`"
        )

    def handle(self, *args: Any, folder: Path, replace: bool, check: bool, no_index: bool, **options: Any) -> None:
        line = Line(self.stderr)
        try:
            if check:
                self.stdout.write(f"{len(verify(find(folder), line.show))} files are what they were")
                return
            done = restore(folder, line.show, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        finally:
            line.end()
        self.stdout.write(f"{done.manifest.records} records of {done.manifest.made} restored from {done.folder}")
        for name in done.lost:
            self.stderr.write(f"On record, but not in the backup: {name}")
        if not no_index:
            self._index(line, done.manifest.index)

    def _index(self, line: Line, snapshot: dict[str, str] | None) -> None:
        def compared() -> Difference:
            return compare(lambda number, total: line.show("compared", number, total))

        try:
            why_not = index.put_back(snapshot)
            if not why_not:
                self.stdout.write(f"The index is that of the snapshot {(snapshot or {})['name']}")
                repair(compared())  # what changed between the snapshot and the copy of the database
                while drain():
                    continue
            if why_not or (difference := compared()).keys:
                if snapshot:
                    self.stderr.write(f"The index is built anew: {why_not or 'the snapshot differs from the database'}")
                rebuild(lambda number, total: line.show("indexed", number, total), timeout=600)
                difference = compared()
        except EngineError as error:
            raise CommandError(
                f"Database and files are restored, but the index is not: {error}. Run: manage.py search rebuild"
            ) from error
        finally:
            line.end()
        if difference.keys:
            raise CommandError(f"The index differs from the database in {len(difference.keys)} records")
        self.stdout.write("The index holds what the database holds")
