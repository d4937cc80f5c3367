"""What all parts of one crawl share: the run, its source, what was seen and what went wrong."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler

from content.provenance.models import Run, Source
from crawlers.config import SOURCES_DIR, SourceConfig


@dataclass(slots=True)
class Session:
    """One crawl. ``fatal`` is why the run must fail, ``failures`` the documents that could not be fetched or read."""

    config: SourceConfig
    source: Source
    run: Run
    force: bool = False
    """Take over items even where nothing changed: after a change of our own rules."""
    limit: int | None = None
    """Stop after this many records; such a run never marks anything as missing."""
    partial: bool = False
    """What is read is not the whole of the source's list, since it is a sample, as some recordings are, or has rows
    that cannot be read: nothing may be marked as missing."""
    seen: set[str] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)
    fatal: str = ""
    cancelled: bool = False
    lost: bool = False
    items: int = 0
    rejected: int = 0
    progress: bool = True
    """Whether a line on standard error tells how far the crawl is."""
    expected: int | None = None
    """How many records are likely, for the progress line only."""

    @property
    def limited(self) -> bool:
        """Whether ``limit`` records have been read."""
        return self.limit is not None and len(self.seen) >= self.limit

    @property
    def over(self) -> bool:
        """Whether nothing more is to be stored, so that reading on is pointless."""
        return bool(self.fatal or self.cancelled or self.lost or self.limited)

    def fail(self, reason: str) -> None:
        """The run must fail; the first reason stands."""
        self.fatal = self.fatal or reason


def session_of(crawler: Crawler) -> Session:
    """The session of a running crawl."""
    spider: Any = crawler.spider
    session: Session = spider.session
    return session


def fingerprint(name: str) -> str:
    """Changes when the code or the YAML of a source does: what was read by older code is read again."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    shared = sorted((folder / "parsers").glob("*.py"))
    for path in (SOURCES_DIR / f"{name}.py", SOURCES_DIR / f"{name}.yml", *shared):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
