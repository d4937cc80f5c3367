"""Reads the text of stored files: from rows in state pending to rows of pages that search can find.

One file at a time through the sandboxed child of ``crawlers.pdf``, page by page: memory does not grow with the file.
Reading may stop anywhere, by kill -9 too: a file stays pending until its last page is stored, and its pages are written
so that writing them again changes nothing.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import QuerySet

from content.provenance.signals import records_changed
from content.provenance.stored import StoredFile
from content.reach.keeping import RECORD_TYPE as GUIDANCE
from content.reach.models import Guidance, GuidancePage
from content.standards.batch import RECORD_TYPE as STANDARD
from content.standards.models import File, FilePage
from crawlers.pdf import Document, Extractor, Page
from search.designations import Match, compare, find, try_parse

logger = logging.getLogger(__name__)

PAGES_PER_BATCH = 50
"""Pages per transaction. Reading them takes seconds, writing them milliseconds: nobody waits for the write lock."""
OUTLINE_MAX = 5_000
UNREADABLE = "unreadable: most characters have no known meaning"
MISSING = "missing: the file's bytes are not in the storage"


Readable: TypeAlias = File | Guidance
"""Rows with a stored PDF whose text is to be read."""


def pending(model: type[Readable]) -> QuerySet[Any]:
    """Files of one kind that nobody has read, oldest first."""
    return model._default_manager.filter(text_state=StoredFile.TextState.PENDING).order_by("pk")


def read_pending(*, limit: int | None = None) -> Iterator[Readable]:
    """Read pending files, oldest first, and yield each when it is done; at most ``limit``."""
    done = 0
    with Extractor() as extractor:
        for model in MODELS:
            last = 0
            while limit is None or done < limit:
                file: Readable | None = pending(model).filter(pk__gt=last).first()
                if file is None:
                    break
                last, done = file.pk, done + 1
                read_file(file, extractor)
                yield file


def read_file(file: Readable, extractor: Extractor) -> None:
    """Read one file and store its pages and what is known of it. A broken file is stored as such and never raises."""
    try:
        with _local(file) as path:
            document = _store_pages(file, extractor.extract(path))
    except OSError as error:
        logger.warning("%s (%s) cannot be opened: %s", file.name, file.pk, error)
        _conclude(file, StoredFile.TextState.FAILED, MISSING, pages=0)
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
        cover=document.cover,
    )


def outcome(document: Document) -> tuple[StoredFile.TextState, str]:
    """The state of a file's text, and in English what is wrong with it ("code: message")."""
    problem = f"{document.problem.code}: {document.problem.message}" if document.problem else ""
    if not document.pages:
        return StoredFile.TextState.FAILED, problem or "no-pages: the file has no pages"
    if document.scanned:
        return StoredFile.TextState.SCANNED, problem
    if document.needs_ocr:
        return StoredFile.TextState.PARTIAL, problem or UNREADABLE
    return (StoredFile.TextState.PARTIAL if problem else StoredFile.TextState.READ), problem


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
def _local(file: Readable) -> Iterator[Path]:
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


def _store_pages(file: Readable, parts: Iterable[Page | Document]) -> Document:
    batch: list[FilePage | GuidancePage] = []
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


def _write(batch: Sequence[FilePage | GuidancePage]) -> None:
    if batch:
        model = type(batch[0])
        owner, fields = ("file", ["text", "blocks", "scanned"]) if model is FilePage else ("guidance", ["text"])
        rows: list[Any] = list(batch)
        model._default_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=[owner, "number"], update_fields=fields
        )


def _row(file: Readable, page: Page) -> FilePage | GuidancePage:
    if isinstance(file, Guidance):
        return GuidancePage(guidance=file, number=page.number, text=_storable(page.text))
    blocks = [
        [*(round(length, 1) for length in (it.x0, it.y0, it.x1, it.y1)), it.role.value, _storable(it.text)]
        for it in page.blocks
    ]
    return FilePage(file=file, number=page.number, text=_storable(page.text), blocks=blocks, scanned=page.scanned)


def _storable(text: str) -> str:
    """Without what databases refuse: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _conclude(
    file: Readable,
    state: StoredFile.TextState,
    problem: str,
    *,
    pages: int,
    declared: int = 0,
    language: str = "",
    outline: list[dict[str, object]] | None = None,
    cover: Iterable[str] = (),
) -> None:
    """Write down the end of the reading, unless the file got other bytes meanwhile: then it stays pending."""
    file.text_state, file.text_problem = state.value, _storable(problem)[:300]
    file.pages, file.outline = (declared or pages or None), outline or []
    file.language = file.language or language[:10]
    fields = ["text_state", "text_problem", "pages", "outline", "language"]
    if isinstance(file, File):
        file.cover_match = cover_match(cover, file.standard.designation)
        fields.append("cover_match")
        record_type, record_id = STANDARD, file.standard_id
    else:
        record_type, record_id = GUIDANCE, file.pk
    with transaction.atomic():
        same = type(file)._default_manager.filter(pk=file.pk, sha256=file.sha256)
        if same.update(**{name: getattr(file, name) for name in fields}):
            file_pages = FilePage.objects.filter(file=file) if isinstance(file, File) else file.text_pages.all()
            file_pages.filter(number__gt=pages).delete()
            records_changed.send(sender=type(file), record_type=record_type, ids=[record_id], removed=False)
        else:
            file.text_state = StoredFile.TextState.PENDING


MODELS: tuple[type[Readable], ...] = (File, Guidance)
"""What holds files to read."""
