"""Texts from a folder of the operator's, through the same parsers and stores as everything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from content.provenance import rejections, runs
from content.provenance.intake import Upsert
from content.provenance.models import Run
from content.regulations import store as regulations
from content.tbt import store as notifications
from content.tbt.official import DOCUMENTS_ONLINE, wto_documents
from crawlers import config
from crawlers.catalogue import sync_source
from crawlers.documents import Document, Rejected
from crawlers.errors import RecordError
from crawlers.parsers import flk, tbt_forms, tbt_reading
from crawlers.pdf import Extractor

BATCH = 100
"""Texts per transaction; a text has up to 200 kB."""
NO_TEXTS = frozenset(("_index.md", "readme.md"))
"""Files that a corpus keeps for its own site."""
FORMS = frozenset((".docx", ".pdf"))


def load_laws(folder: Path, *, force: bool = False) -> Run:
    """Read every ``*.md`` below ``folder`` and answer the ended run. Raises RunInProgress, ConfigError."""
    paths = (path for path in sorted(folder.rglob("*.md")) if path.name.lower() not in NO_TEXTS)
    return _load("flk", folder, _each(folder, paths, _law, flk.MAX_BYTES), regulations.upsert, force=force)


def load_notifications(folder: Path, *, force: bool = False) -> Run:
    """Read every DOCX and PDF file below ``folder`` as a document of a TBT notification; else as ``load_laws``."""
    paths = (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in FORMS)
    with Extractor(tbt_reading.LIMITS) as extractor:

        def forms(data: bytes, _name: str) -> Iterator[Any]:
            return _forms(data, extractor)

        found = _each(folder, paths, forms, tbt_reading.MAX_BYTES)
        return _load("wto_documents", folder, found, notifications.upsert, force=force)


def _load(name: str, folder: Path, found: Iterable[Any], upsert: Upsert, *, force: bool) -> Run:
    """Nothing is marked as no longer listed: a folder holds what its owner put there."""
    source = sync_source(config.load(name))
    run = runs.begin(source, Run.Backend.FOLDER, resume=False)
    try:
        batch: list[Any] = []
        rejected: list[Rejected] = []
        for one in found:
            if isinstance(one, Rejected):
                rejected.append(one)
            else:
                batch.append(one)
            if len(batch) >= BATCH:
                upsert(batch, source=source, run=run, force=force)
                batch = []
        upsert(batch, source=source, run=run, force=force)
        if rejected:
            rejections.keep(
                (rejections.Rejection(one.key, one.url, one.reason, one.detail, one.raw) for one in rejected), run=run
            )
            runs.beat(run, {"rejected": len(rejected)})
    except BaseException as problem:
        # Whatever ends us, Ctrl-C included, the run must not stay "running".
        runs.finish(run, Run.State.INTERRUPTED, f"{type(problem).__name__}: {problem}")
        raise
    runs.finish(run, Run.State.SUCCEEDED, f"from a folder: {folder.name}")
    return run


def _each(folder: Path, paths: Iterable[Path], read: Callable[[bytes, str], Iterator[Any]], most: int) -> Iterator[Any]:
    """What the files hold; one that cannot be read is rejected under its name."""
    for path in paths:
        if not path.is_file():
            continue
        name = str(path.relative_to(folder))
        try:
            if path.stat().st_size > most:
                raise RecordError("too_long", f"{path.stat().st_size} bytes")
            for one in read(path.read_bytes(), name):
                yield Rejected(name[-200:], "", one.reason, one.detail, one.raw) if isinstance(one, Rejected) else one
        except RecordError as problem:
            yield Rejected(name[-200:], "", problem.reason, problem.detail)
        except OSError as problem:
            yield Rejected(name[-200:], "", "unreadable", str(problem))


def _law(data: bytes, name: str) -> Iterator[Any]:
    yield flk.parse_markdown(data, name)


def _forms(data: bytes, extractor: Extractor) -> Iterator[Any]:
    """The notifications of a file, with the address at which the WTO has their documents."""
    for one in tbt_forms.parse(Document.of(DOCUMENTS_ONLINE, data), extractor):
        if isinstance(one, Rejected):
            yield one
        else:
            yield one.model_copy(update={"url": wto_documents(one.symbol), "form": ""})
