"""``manage.py messages``: bring the catalogues of translations up to date with the code."""

from __future__ import annotations

from typing import Any

import polib
from django.core.management.base import BaseCommand

from portal.api import api
from portal.api_docs import texts
from portal.catalogue import gather, update
from portal.settings.env import BASE_DIR


class Command(BaseCommand):
    help = "Gather the messages of code, templates and the API's description into locale/*/LC_MESSAGES/django.po."

    def handle(self, *args: Any, **options: Any) -> None:
        messages = gather(BASE_DIR, texts(api.get_openapi_schema()))
        for path in sorted((BASE_DIR / "locale").glob("*/LC_MESSAGES/django.po")):
            catalogue = polib.pofile(str(path), wrapwidth=110)
            update(catalogue, messages)
            catalogue.save(str(path))
            left = len(catalogue.untranslated_entries())
            self.stdout.write(f"{path.relative_to(BASE_DIR)}: {len(messages)} messages, {left} to translate")
