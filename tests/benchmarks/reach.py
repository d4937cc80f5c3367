"""The REACH check of 5,000 lines against reading and writing their workbook, in one run.

``python -m tests.benchmarks.reach``, over the lists in ``DATA_DIR``.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

import django

ROUNDS = 3


def best(work: Callable[[], object]) -> float:
    """Seconds of the best of several rounds."""
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from content.reach.browse import lists_held
    from content.reach.check import exports
    from content.reach.check.judging import judge
    from content.reach.check.lines import MAX_LINES, lines_of
    from content.reach.models import Number
    from content.sheets import Sheet, read_table_file, workbook

    values = list(Number.objects.order_by("pk").values_list("value", flat=True))
    rows = [[f"Article {at % 300}", values[at % len(values)], f"Substance {at}", "0.05 %"] for at in range(MAX_LINES)]
    sheet = workbook([Sheet("bill", ["Article", "CAS", "Name", "Concentration"], rows)])
    lines = lines_of(read_table_file(sheet)[0].rows)
    judging = best(lambda: judge(lines))
    reading = best(lambda: read_table_file(sheet))
    result = judge(lines)
    writing = best(lambda: exports.xlsx(result, lists_held()))
    sys.stdout.write(
        f"reach: {len(lines):,} lines judged in {judging:.2f} s, with their workbook read and the result written "
        f"{judging + reading + writing:.2f} s (aim: at most 3), judging is {judging / (reading + writing):.0%} of the "
        "rest\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
