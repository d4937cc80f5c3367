"""``manage.py work``: what happens behind the pages."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.worker import Worker


class Command(BaseCommand):
    help = "Keep the index, the statuses and the texts of files up to date, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        worker = Worker(stop)
        if once:
            worker.turn()
        else:
            worker.run()
