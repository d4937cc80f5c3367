"""``manage.py search rebuild|status|verify|rollback|sweep|replay``."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines import get_engine
from search.engines.errors import EngineError, IndexMissing
from search.indexing import compare, repair
from search.outbox import backlog, drain, replay
from search.rebuilding import rebuild


class Command(BaseCommand):
    """Looks after the search index. Progress goes to stderr, figures to stdout."""

    help = "Build the search index anew, tell its state, or compare it with the database and repair the difference."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        rebuilding = actions.add_parser("rebuild", help="build it anew from the database, beside the present one")
        rebuilding.add_argument(
            "--wait", type=float, default=600, help="seconds to wait for another writer to finish (default 600)"
        )
        rebuilding.add_argument(
            "--workers", type=int, default=1, help="processes that read and write side by side (Elasticsearch only)"
        )
        actions.add_parser("rollback", help="read the index before the present one again, and bring it up to date")
        actions.add_parser("sweep", help="delete indices that nothing uses any more")
        actions.add_parser("replay", help="try index jobs that were given up on once more")
        actions.add_parser("status", help="records in the index, its size, and what waits for it")
        verifying = actions.add_parser("verify", help="compare every record with the index and repair what differs")
        verifying.add_argument("--check", action="store_true", help="repair nothing; fail if there is a difference")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            match action:
                case "rebuild":
                    self._rebuild(options["wait"], options["workers"])
                case "rollback":
                    get_engine().roll_back()
                    self._verify(check=False)
                case "sweep":
                    self.stdout.write("\n".join(get_engine().sweep()) or "nothing to delete")
                case "replay":
                    self.stdout.write(f"{replay()} jobs are tried again")
                case "status":
                    self._status()
                case "verify":
                    self._verify(check=options["check"])
        except EngineError as error:
            raise CommandError(str(error)) from error

    def _rebuild(self, wait: float, workers: int) -> None:
        written = rebuild(self._progress, timeout=wait, workers=workers)
        self.stderr.write("")
        self.stdout.write(f"{written} records indexed")

    def _status(self) -> None:
        pending = backlog()
        try:
            state = get_engine().state()
            self.stdout.write(f"records    {state.records}")
            self.stdout.write(f"documents  {state.documents}")
            self.stdout.write(f"bytes      {state.bytes}")
            self.stdout.write(f"built      {state.built.isoformat(timespec='seconds')}")
        except IndexMissing as error:
            self.stdout.write(f"index      {error}")
        since = f" since {pending.since:%F %T %z}" if pending.since else ""
        self.stdout.write(f"waiting    {pending.waiting}{since}")
        self.stdout.write(f"given up   {pending.given_up}")

    def _verify(self, *, check: bool) -> None:
        difference = compare(self._progress)
        self.stderr.write("")
        self.stdout.write(f"missing    {len(difference.missing)}")
        self.stdout.write(f"stale      {len(difference.stale)}")
        self.stdout.write(f"surplus    {len(difference.surplus)}")
        if not difference.keys:
            return
        if check:
            raise CommandError("The index differs from the database")
        repair(difference)
        while drain():
            continue
        self.stdout.write("repaired" if not backlog().waiting else "queued for repair; another process is writing")

    def _progress(self, done: int, total: int) -> None:
        # One line that is overwritten on a terminal, a line per step in a log.
        self.stderr.write(f"{done}/{total}", ending="\r" if sys.stderr.isatty() else "\n")
