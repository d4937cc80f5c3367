"""Reads the text of stored files: from ``File`` rows in state pending to ``FilePage`` rows that search can find.

One file at a time through the sandboxed child of ``crawlers.pdf``, page by page: memory does not grow with the file.
Reading may stop anywhere, by kill -9 too: a file stays pending until its last page is stored, and its pages are written
so that writing them again changes nothing.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction

from content.provenance.signals import records_changed
from content.standards.batch import RECORD_TYPE
from content.standards.models import File, FilePage
from crawlers.pdf import Document, Extractor, Page
from search.designations import Match, compare, find, try_parse

logger = logging.getLogger(__name__)

PAGES_PER_BATCH = 50
"""Pages per transaction. Reading them takes seconds, writing them milliseconds: nobody waits for the write lock."""
OUTLINE_MAX = 5_000
UNREADABLE = "unreadable: most characters have no known meaning"
MISSING = "missing: the file's bytes are not in the storage"


def read_pending(*, limit: int | None = None) -> Iterator[File]:
    """Read pending files, oldest first, and yield each when it is done; at most ``limit``."""
    last, done = 0, 0
    with Extractor() as extractor:
        while limit is None or done < limit:
            file = File.objects.filter(text_state=File.TextState.PENDING, pk__gt=last).order_by("pk").first()
            if file is None:
                return
            last, done = file.pk, done + 1
            read_file(file, extractor)
            yield file


def read_file(file: File, extractor: Extractor) -> None:
    """Read one file and store its pages and what is known of it. A broken file is stored as such and never raises."""
    try:
        with _local(file) as path:
            document = _store_pages(file, extractor.extract(path))
    except OSError as error:
        logger.warning("%s (%s) cannot be opened: %s", file.name, file.pk, error)
        _conclude(file, File.TextState.FAILED, MISSING, pages=0)
        return
    state, problem = outcome(document)
    _conclude(
        file,
        state,
        problem,
        pages=document.pages,
        declared=document.declared_pages,
        language="" if document.language == "und" else document.language,
        outline=[
            {"level": entry.level, "title": _storable(entry.title), "page": entry.page}
            for entry in document.outline[:OUTLINE_MAX]
        ],
        cover_match=cover_match(document.cover, file.standard.designation),
    )


def outcome(document: Document) -> tuple[File.TextState, str]:
    """The state of a file's text, and in English what is wrong with it ("code: message")."""
    problem = f"{document.problem.code}: {document.problem.message}" if document.problem else ""
    if not document.pages:
        return File.TextState.FAILED, problem or "no-pages: the file has no pages"
    if document.scanned:
        return File.TextState.SCANNED, problem
    if document.needs_ocr:
        return File.TextState.PARTIAL, problem or UNREADABLE
    return (File.TextState.PARTIAL if problem else File.TextState.READ), problem


def cover_match(cover: Iterable[str], designation: str) -> str:
    """Whether the first page names the record: ``match``, ``mismatch`` (it names others only) or ``absent``.

    A cover also names what the standard replaces and adopts, so one right designation is enough.
    """
    own = try_parse(designation)
    named = [found.designation for found in find("\n".join(cover))]
    if own is None or not named:
        return "absent"
    same = any(compare(one, own) in (Match.SAME, Match.SAME_UNDATED) for one in named)
    return "match" if same else "mismatch"


@contextlib.contextmanager
def _local(file: File) -> Iterator[Path]:
    """The file's bytes under a path of this machine, wherever its storage keeps them."""
    try:
        path = Path(file.content.path)
    except NotImplementedError:
        with tempfile.NamedTemporaryFile(prefix="file-", suffix=".pdf") as copy:
            with file.content.open("rb") as source:
                shutil.copyfileobj(source, copy, 1 << 20)
            copy.flush()
            yield Path(copy.name)
        return
    yield path


def _store_pages(file: File, parts: Iterable[Page | Document]) -> Document:
    batch: list[FilePage] = []
    document: Document | None = None
    for part in parts:
        if isinstance(part, Document):
            document = part
            continue
        batch.append(_row(file, part))
        if len(batch) >= PAGES_PER_BATCH:
            _write(batch)
            batch = []
    _write(batch)
    if document is None:
        raise OSError("the reading ended without a summary")
    return document


def _write(batch: list[FilePage]) -> None:
    if batch:
        FilePage.objects.bulk_create(
            batch,
            update_conflicts=True,
            unique_fields=["file", "number"],
            update_fields=["text", "blocks", "scanned"],
        )


def _row(file: File, page: Page) -> FilePage:
    blocks = [
        [*(round(length, 1) for length in (it.x0, it.y0, it.x1, it.y1)), it.role.value, _storable(it.text)]
        for it in page.blocks
    ]
    return FilePage(file=file, number=page.number, text=_storable(page.text), blocks=blocks, scanned=page.scanned)


def _storable(text: str) -> str:
    """Without what databases refuse: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _conclude(
    file: File,
    state: File.TextState,
    problem: str,
    *,
    pages: int,
    declared: int = 0,
    language: str = "",
    outline: list[dict[str, object]] | None = None,
    cover_match: str = "absent",
) -> None:
    """Write down the end of the reading, unless the file got other bytes meanwhile: then it stays pending."""
    file.text_state, file.text_problem = state, _storable(problem)[:300]
    file.pages, file.outline, file.cover_match = (declared or pages or None), outline or [], cover_match
    file.language = file.language or language[:10]
    fields = ("text_state", "text_problem", "pages", "outline", "cover_match", "language")
    with transaction.atomic():
        same = File.objects.filter(pk=file.pk, sha256=file.sha256)
        if same.update(**{name: getattr(file, name) for name in fields}):
            FilePage.objects.filter(file=file, number__gt=pages).delete()
            records_changed.send(sender=File, record_type=RECORD_TYPE, ids=[file.standard_id], removed=False)
        else:
            file.text_state = File.TextState.PENDING
