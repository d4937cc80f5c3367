"""``manage.py run``: the whole portal in the embedded profile."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.launch.lock import AlreadyRunning, exclusive
from portal.launch.portal import Portal
from portal.launch.prepare import CannotStart
from portal.settings.env import DATA_DIR


class Command(BaseCommand):
    help = "Prepare the data folder, load the bundled facts, index them and serve."
    requires_system_checks = []  # they cost a second; ``make lint`` and the tests run them
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT, help="default: PORT, else 8000")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        try:
            with exclusive(DATA_DIR / "run.lock"):
                status = Portal(port, self.stdout.write).run()
        except AlreadyRunning as exc:
            raise CommandError(f"The portal already runs on {DATA_DIR} ({exc}).") from exc
        except CannotStart as exc:
            raise CommandError(str(exc)) from exc
        if status:
            raise SystemExit(status)
