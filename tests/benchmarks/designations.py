"""Parsing designations against reading the same lines as JSON, which every record costs anyway.

`python -m tests.benchmarks.designations`, over the references of the bundled ISO list.
"""

from __future__ import annotations

import json
import lzma
import sys
import time
from collections.abc import Callable

from portal.settings.env import BASE_DIR
from search.designations import parse

LIST = BASE_DIR / "crawlers" / "recorded" / "iso" / "iso_deliverables_metadata.jsonl.xz"
ROUNDS = 3


def best(work: Callable[[], object]) -> float:
    """Processor seconds of the best of several rounds."""
    times = []
    for _ in range(ROUNDS):
        parse.cache_clear()
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def main() -> int:
    with lzma.open(LIST, "rt", encoding="utf-8") as file:
        lines = list(file)
    texts = [json.loads(line)["reference"] for line in lines]
    parsing = best(lambda: [parse(text) for text in texts])
    reading = best(lambda: [json.loads(line) for line in lines])
    sys.stdout.write(
        f"designations: {len(texts) / parsing:,.0f}/s parsed; json reads their records at "
        f"{len(texts) / reading:,.0f}/s, ratio {reading / parsing:.0%}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
