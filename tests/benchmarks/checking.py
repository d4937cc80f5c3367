"""The validity check of 1,000 designations against finding them in the text, in one run.

``python -m tests.benchmarks.checking``, over the records in ``DATA_DIR``.
"""

from __future__ import annotations

import os
import sys
import time

import django

MANY = 1_000
ROUNDS = 3


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from content.sheets.pieces import of_text
    from content.standards.models import Standard
    from search.checking.reports import check
    from search.designations import find

    every = list(Standard.objects.order_by("sort_key").values_list("designation", "title_en"))
    chosen = every[:: max(1, len(every) // MANY)][:MANY]
    text = "\n".join(f"{designation} {title}" for designation, title in chosen)
    checking = min(_timed(lambda: check(of_text(text))) for _round in range(ROUNDS))
    finding = min(_timed(lambda: find(text)) for _round in range(ROUNDS))
    sys.stdout.write(
        f"checking: {len(chosen):,} designations judged in {checking:.2f} s (aim: at most 2), "
        f"{checking / finding:.1f} times as long as finding them alone\n"
    )
    return 0


def _timed(work: object) -> float:
    begun = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
