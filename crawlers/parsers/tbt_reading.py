"""The lines of a notification's document, DOCX or PDF: what stands in it told apart from the edges of its pages."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from content.sheets.archives import kind
from content.sheets.docx import EDGE, of_document
from content.sheets.pieces import Unit, bounded
from crawlers.documents import Document
from crawlers.errors import RecordError
from crawlers.parsers.tbt_text import MAX_TEXT
from crawlers.pdf import DEFAULT, Extractor, Page, Role

MAX_BYTES: Final = 20 * 1024 * 1024
"""Of a file; a form has 100 kB, the notified text is a file of its own."""
LIMITS: Final = replace(
    DEFAULT, file_bytes=MAX_BYTES, pages=60, page_wall_seconds=30.0, file_cpu_seconds=60.0, file_wall_seconds=120.0
)


@dataclass(slots=True)
class Lines:
    body: list[str] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)
    """At the head and foot of the pages, where many forms have their symbol."""


def lines_of_document(document: Document, extractor: Extractor | None = None) -> Lines:
    """Raises RecordError for what is no such file, UploadError for a damaged or a hostile one."""
    with document.open() as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise RecordError("too_long", f"more than {MAX_BYTES} bytes")
    if b"%PDF-" in data[:1024]:
        return _of_pdf(data, extractor)
    if kind(data) == "docx":
        return _of_docx(data)
    raise RecordError("unknown_type", "neither a Word document (DOCX) nor a PDF file")


def _of_docx(data: bytes) -> Lines:
    """Footnotes are left out: those of the form explain it."""
    lines, read = Lines(), 0
    for piece in bounded(of_document(data)):
        if piece.place.unit is Unit.NOTE:
            continue
        edge = piece.place.unit is Unit.PARAGRAPH and piece.place.at == EDGE
        (lines.edges if edge else lines.body).append(piece.text)
        read += len(piece.text)
        if read > 2 * MAX_TEXT:
            break
    return lines


def _of_pdf(data: bytes, extractor: Extractor | None) -> Lines:
    lines = Lines()
    with ExitStack() as stack:
        file = stack.enter_context(tempfile.NamedTemporaryFile(prefix="notification-", suffix=".pdf"))
        file.write(data)
        file.flush()
        reader = extractor or stack.enter_context(Extractor(LIMITS))
        for page in _pages(reader, Path(file.name)):
            for block in page.blocks:
                (lines.edges if block.role in (Role.HEADER, Role.FOOTER) else lines.body).append(block.text)
    return lines


def _pages(reader: Extractor, path: Path) -> Iterator[Page]:
    """The pages that have text. Raises RecordError where none has."""
    read = False
    for item in reader.extract(path):
        if isinstance(item, Page):
            read = read or bool(item.blocks)
            yield item
        elif not read:
            problem = item.problem
            raise RecordError("no_text", problem.message if problem else "the pages are pictures")
