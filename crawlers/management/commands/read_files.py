"""``manage.py read_files``: read the text of stored files."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from crawlers.files import read_pending


class Command(BaseCommand):
    help = "Read the text of stored files that has not been read yet, so that their pages can be searched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=_positive, help="read at most this many files")

    def handle(self, *args: Any, limit: int | None = None, **options: Any) -> None:
        states: Counter[str] = Counter()
        for file in read_pending(limit=limit):
            states[str(file.text_state)] += 1
            if options["verbosity"] > 0:
                problem = f" ({file.text_problem})" if file.text_problem else ""
                self.stdout.write(f"{file.name}: {file.pages or 0} pages, {file.text_state}{problem}")
        total = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        self.stdout.write(f"{states.total()} files: {total}" if total else "No file is waiting to be read.")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
