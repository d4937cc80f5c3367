"""``manage.py load_classifications``: the ICS and CCS tables."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from content.standards.classification_tables import load_classifications


class Command(BaseCommand):
    help = "Bring the ICS and CCS classes in the database to what the bundled tables say."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_classifications()} classes")
