"""A file of 2,000 pages needs no more memory than one of 20, in the child and in the parent."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from crawlers.pdf.child import ROOT
from tests.unit.crawlers.pdf.pdf_files import long_file

READ = """
import resource, sys
from pathlib import Path
from crawlers.pdf import Extractor, Page
with Extractor() as extractor:
    pages = sum(isinstance(item, Page) for item in extractor.extract(Path(sys.argv[1])))
own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(pages, own, child)
"""


def peaks(path: Path, pages: int) -> tuple[int, int]:
    """Peak resident memory (KiB) of the process that asks and of the child, for a file of so many pages."""
    path.write_bytes(long_file(pages))
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=300
    )
    read, own, child = map(int, done.stdout.split())
    assert read == pages
    return own, child


def test_memory_does_not_grow_with_the_pages(tmp_path: Path) -> None:
    small, large = peaks(tmp_path / "small.pdf", 20), peaks(tmp_path / "large.pdf", 2_000)
    # The table of where each object lies grows, about 100 bytes for each; nothing of the pages may.
    for few, many in zip(small, large, strict=True):
        assert many <= 1.15 * few, (small, large)
