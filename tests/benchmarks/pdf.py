"""Pages a second of the PDF pipeline against bare pdfminer.six over the same files.

`python -m tests.benchmarks.pdf [FILE…]`. Bare: `extract_pages` with the layout parameters that stay linear
(`boxes_flow=None`), in this process, without any text taken out. Pipeline: `Extractor`, so with child process, reading
order, running lines and text. Rounds alternate, so that other work on the machine hits both alike; the child is started
before the clock is.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams

from crawlers.pdf import Extractor, Page
from tests.conftest import RECORDED

FILES = ("std_fhs-3.0.pdf", "zh_install_guide.pdf", "ja_install_guide.pdf", "us_dmca_summary.pdf", "icdar_eu-004.pdf")
ROUNDS = 2


def bare(paths: Sequence[Path]) -> int:
    return sum(1 for path in paths for _ in extract_pages(path, laparams=LAParams(boxes_flow=None)))


def pipeline(extractor: Extractor, paths: Sequence[Path]) -> int:
    return sum(1 for path in paths for item in extractor.extract(path) if isinstance(item, Page))


def measure(work: Callable[[], int]) -> tuple[int, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def main(arguments: Sequence[str]) -> int:
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    paths = [Path(name) for name in arguments] or [RECORDED / "pdfs" / name for name in FILES]
    missing = [path for path in paths if not path.is_file()]
    if missing:
        sys.stderr.write(f"no such file: {missing[0]}\n")
        return 1
    spent = {"bare": 0.0, "pipeline": 0.0}
    pages = {"bare": 0, "pipeline": 0}
    with Extractor() as extractor:
        pipeline(extractor, paths[:1])
        for _ in range(ROUNDS):
            for name, work in (("bare", lambda: bare(paths)), ("pipeline", lambda: pipeline(extractor, paths))):
                count, seconds = measure(work)
                pages[name] += count
                spent[name] += seconds
    speed = {name: pages[name] / spent[name] for name in spent}
    sys.stdout.write(
        f"pdf: pipeline {speed['pipeline']:.1f} pages/s, bare pdfminer.six {speed['bare']:.1f} pages/s, "
        f"ratio {speed['pipeline'] / speed['bare']:.0%} (aim: at least 85%)\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
