"""Texts of laws from a folder of the operator's, through the same parser and store as everything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from content.provenance import rejections, runs
from content.provenance.models import Run
from content.regulations import store
from content.regulations.items import RegulationItem
from crawlers import config
from crawlers.catalogue import sync_source
from crawlers.documents import Rejected
from crawlers.errors import RecordError
from crawlers.parsers import flk

SOURCE = "flk"
BATCH = 100
"""Texts per transaction; a text has up to 200 kB."""
NO_TEXTS = frozenset(("_index.md", "readme.md"))
"""Files that a corpus keeps for its own site."""


def load_laws(folder: Path, *, force: bool = False) -> Run:
    """Read every ``*.md`` below ``folder`` and answer the ended run. Raises RunInProgress, ConfigError.

    Nothing is marked as no longer listed: a folder holds what its owner put there.
    """
    source = sync_source(config.load(SOURCE))
    run = runs.begin(source, Run.Backend.FOLDER, resume=False)
    try:
        batch: list[RegulationItem] = []
        rejected: list[Rejected] = []
        for one in _texts(folder):
            if isinstance(one, Rejected):
                rejected.append(one)
            else:
                batch.append(one)
            if len(batch) >= BATCH:
                store.upsert(batch, source=source, run=run, force=force)
                batch = []
        store.upsert(batch, source=source, run=run, force=force)
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


def _texts(folder: Path) -> Iterator[RegulationItem | Rejected]:
    for path in sorted(folder.rglob("*.md")):
        if path.name.lower() in NO_TEXTS or not path.is_file():
            continue
        name = str(path.relative_to(folder))
        try:
            if path.stat().st_size > flk.MAX_BYTES:
                raise RecordError("too_long", f"{path.stat().st_size} bytes")
            yield flk.parse_markdown(path.read_bytes(), name)
        except RecordError as problem:
            yield Rejected(name[-200:], "", problem.reason, problem.detail)
        except OSError as problem:
            yield Rejected(name[-200:], "", "unreadable", str(problem))
