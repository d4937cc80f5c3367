"""Runs one crawl in a process of its own, where Scrapy's reactor can start.

The argument of ``python -m tests.integration.crawlers.child`` is JSON: ``name`` and ``backend``, ``changes`` to the
source's configuration, ``bundle`` (folder of recordings), ``options`` for ``crawl``. The database is the one in
DATA_DIR. Prints state and reason of the run as JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django


def main(order: dict[str, Any]) -> None:
    django.setup()
    from django.conf import settings

    from crawlers import config
    from crawlers.running import crawl

    if order.get("bundle"):
        settings.CRAWL_BUNDLE_DIR = order["bundle"]
    load = config.load
    changes = {"download_delay": 0.0, **order["changes"]}
    if "expected" in changes:
        changes["expected"] = config.Expected.model_validate(changes["expected"])
    config.load = lambda name: load(name).model_copy(update=changes)  # type: ignore[assignment]
    run = crawl(order["name"], order["backend"], **order.get("options", {}))
    sys.stdout.write(json.dumps({"state": run.state, "reason": run.reason}) + "\n")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
