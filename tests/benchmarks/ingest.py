"""Taking records over, against writing the same rows with ``bulk_create``; and crawling an unchanged source.

``python -m tests.benchmarks.ingest`` makes a portal of its own in ``DATA_DIR``, an empty folder, crawls the bundled
ISO list into it twice, and copies the rows this gave into a second database with the same settings.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

SOURCE = "iso"
COPY = "copy"
ROWS = 500


def manage(*words: str, **environment: str) -> float:
    """Run a command to its end; returns seconds. Raises CalledProcessError."""
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "manage.py", *words],
        env={**os.environ, **environment},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


def bulk_create_all(copy: Path) -> tuple[int, float]:
    """Write the rows of the crawl's tables into the database ``copy``; returns their number and the seconds."""
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    settings.DATABASES[COPY] = {**settings.DATABASES["default"], "NAME": str(copy)}
    django.setup()
    from django.db import transaction

    from content.provenance.models import Change, Claim, Run, Snapshot, Source
    from content.standards.models import Body, IcsClass, Relation, Standard
    from search.models import IndexOutbox

    rows, seconds = 0, 0.0
    models = (
        Source,
        Run,
        Snapshot,
        Body,
        IcsClass,
        Standard,
        Standard.ics.through,
        Relation,
        Claim,
        Change,
        IndexOutbox,
    )
    for model in models:
        manager = model._default_manager
        last = None
        while True:
            query = manager.order_by("pk") if last is None else manager.filter(pk__gt=last).order_by("pk")
            batch = list(query[:ROWS])
            if not batch:
                break
            last = batch[-1].pk
            begun = time.perf_counter()
            with transaction.atomic(using=COPY):
                manager.using(COPY).bulk_create(batch, ignore_conflicts=model is IcsClass)
            seconds += time.perf_counter() - begun
            rows += len(batch)
    return rows, seconds


def main(arguments: Sequence[str]) -> int:
    data = Path(os.environ.get("DATA_DIR", ""))
    if not data.is_dir() or any(data.iterdir()):
        sys.stderr.write("DATA_DIR must name an empty folder.\n")
        return 1
    copy = data / "copy"
    manage("migrate", "--verbosity", "0", DATA_DIR=str(copy))
    manage("migrate", "--verbosity", "0")
    manage("load_classifications")
    idle = manage("sources")  # starting Python and Django, which is no part of the work
    first = manage("crawl", SOURCE, "--recorded") - idle
    again = manage("crawl", SOURCE, "--recorded") - idle
    rows, seconds = bulk_create_all(copy / "portal.sqlite3")
    sys.stdout.write(
        f"ingest: first crawl {first:.1f} s; its {rows:,} rows with bulk_create {seconds:.1f} s; "
        f"speed of bulk_create reached: {seconds / first:.0%}; "
        f"crawl of an unchanged source {again:.1f} s, {again / first:.0%} of the first\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
