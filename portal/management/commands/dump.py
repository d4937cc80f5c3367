"""``manage.py dump``: make today's files of bulk data."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.dumps.making import make


class Command(BaseCommand):
    help = "Makes today's files of all public records, if they are not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        made = make(timezone.localdate())
        if made is None:
            self.stdout.write("today's files are there already, or are being made")
            return
        for one in made["files"]:
            self.stdout.write(f"{one['name']}: {one['records']} records, {one['bytes']} bytes")
