"""PDF files that somebody hands in, read in the sandbox of the crawlers' reader."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from content.sheets import UploadError
from content.sheets.errors import Fault
from crawlers.pdf import DEFAULT, Extractor, Page, Problem

LIMITS = replace(
    DEFAULT,
    file_bytes=32 * 1024 * 1024,
    pages=600,
    page_wall_seconds=20.0,
    file_cpu_seconds=60.0,
    file_wall_seconds=90.0,
)
"""Somebody waits for it."""
_FAULTS = {
    Problem.ENCRYPTED: Fault.PROTECTED,
    Problem.TOO_BIG: Fault.TOO_LARGE,
    Problem.TIMEOUT: Fault.TOO_LARGE,
}


def pages_of(data: bytes) -> Iterator[tuple[int, str]]:
    """Number and text of each page, running headers and footers included. Raises UploadError where there is no text."""
    read = 0
    with tempfile.NamedTemporaryFile(prefix="upload-", suffix=".pdf") as file, Extractor(LIMITS) as extractor:
        file.write(data)
        file.flush()
        for item in extractor.extract(Path(file.name)):
            if isinstance(item, Page):
                text = "\n".join(block.text for block in item.blocks)
                read += bool(text.strip())
                yield item.number, text
            elif not read:
                problem = item.problem
                if item.scanned or problem is None:
                    raise UploadError(Fault.NO_TEXT)
                raise UploadError(_FAULTS.get(problem.code, Fault.DAMAGED), problem.message)
