"""The portal's own programs over sources whose configuration a test has changed.

``python -m tests.integration.celery.patched manage …`` or ``… celery …``. SOURCE_CHANGES is JSON: name of a source →
changes to its configuration. Crawls that are started are started through this module again.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django

NAME = "tests.integration.celery.patched"


def main(program: str, *words: str) -> None:
    django.setup()
    from crawlers import attempts, config

    load = config.load
    changes = {name: _read(change) for name, change in json.loads(os.environ["SOURCE_CHANGES"]).items()}
    config.load = lambda name: load(name).model_copy(update=changes.get(name, {}))  # type: ignore[assignment]
    attempts.CRAWL = [sys.executable, "-m", NAME, "manage", "crawl", "--verbosity", "0"]
    if program == "celery":
        from portal.celery import app

        app.start(list(words))
    else:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["manage.py", *words])


def _read(change: dict[str, Any]) -> dict[str, Any]:
    from crawlers.config import Expected

    expected = {"expected": Expected.model_validate(change["expected"])} if "expected" in change else {}
    return {"download_delay": 0.0, **change, **expected}


if __name__ == "__main__":
    main(*sys.argv[1:])
