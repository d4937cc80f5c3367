"""Text of PDF files, through warm child processes that a hostile file may bring down without harm."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from crawlers.pdf.assemble import assemble
from crawlers.pdf.child import Child, ChildFailed
from crawlers.pdf.language import count, decide
from crawlers.pdf.records import Document, Limits, Page, PdfProblem, Problem
from crawlers.pdf.wire import Finish, RawPage

DEFAULT = Limits()
MAX_COVER_LINES = 100
MAX_PROBLEMS = 50


def extract(path: Path, limits: Limits = DEFAULT) -> Iterator[Page | Document]:
    """The pages of one file as they are read, then always one Document. For many files use an `Extractor`.

    Never raises for what is in the file. Raises OSError where it cannot be opened.
    """
    with Extractor(limits) as extractor:
        yield from extractor.extract(path)


class Extractor:
    """A pool of children, each used for file after file: starting one costs as much as reading a dozen pages.

    Use as a context manager; `extract` may be called from several threads, up to `children` files are read at once.
    """

    def __init__(self, limits: Limits = DEFAULT, children: int = 1) -> None:
        self.limits = limits
        self._free = threading.BoundedSemaphore(children)
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the idle children; those at work end with their file."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for child in idle:
            child.close()

    def extract(self, path: Path) -> Iterator[Page | Document]:
        """As the function `extract`."""
        with path.open("rb"):
            pass  # raise here rather than in the child
        with self._free:
            started = time.monotonic()
            reading = _Reading(self._take())
            tally = _Tally()
            try:
                for page in assemble(reading.pages(path)):
                    tally.add(page)
                    yield page
                document = tally.document(reading, time.monotonic() - started)
            finally:
                self._give_back(reading)
            yield document

    def _take(self) -> Child:
        with self._lock:
            if self._closed:
                raise RuntimeError("the extractor is closed")
            if self._idle:
                return self._idle.pop()
        return Child(self.limits)

    def _give_back(self, reading: _Reading) -> None:
        child = reading.child
        with self._lock:
            if reading.went_well and not self._closed and child.files < self.limits.files_per_child:
                self._idle.append(child)
                return
        child.close()


class _Reading:
    """One file being read by a child. `finish` stays None where the child did not come to the end."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.finish: Finish | None = None
        self.failure: PdfProblem | None = None

    @property
    def went_well(self) -> bool:
        """Whether the child can be used again: it came to the end and no page stretched it to its limits."""
        strained = {Problem.TIMEOUT, Problem.TOO_BIG}
        return self.finish is not None and not any(problem.code in strained for problem in self.finish.problems)

    def pages(self, path: Path) -> Iterator[RawPage]:
        try:
            for message in self.child.read(path):
                if isinstance(message, Finish):
                    self.finish = message
                else:
                    yield message
        except ChildFailed as exc:
            self.failure = PdfProblem(Problem.TIMEOUT if exc.timed_out else Problem.CRASHED, str(exc))


class _Tally:
    """What is known of a document from its pages alone."""

    def __init__(self) -> None:
        self.pages = self.scanned = 0
        self.unreadable = 0.0
        self.evidence: Counter[str] = Counter()
        self.cover: tuple[str, ...] = ()
        self.problems: list[PdfProblem] = []

    def add(self, page: Page) -> None:
        if page.number == 1:
            lines = (line for block in page.blocks for line in block.text.split("\n"))
            self.cover = tuple(lines)[:MAX_COVER_LINES]
        self.pages += 1
        self.scanned += page.scanned
        self.unreadable += page.unreadable
        self.evidence += count(page.text)
        if page.problem is not None and len(self.problems) < MAX_PROBLEMS:
            self.problems.append(page.problem)

    def document(self, reading: _Reading, seconds: float) -> Document:
        finish = reading.finish or Finish(0, "", (), tuple(self.problems))
        problems = finish.problems if reading.failure is None else (reading.failure, *finish.problems)
        return Document(
            pages=self.pages,
            declared_pages=finish.declared_pages,
            language=decide(self.evidence),
            scanned=self.pages > 0 and self.scanned * 2 > self.pages,
            unreadable=self.unreadable / self.pages if self.pages else 0.0,
            title=finish.title,
            outline=finish.outline,
            cover=self.cover,
            problems=problems,
            seconds=seconds,
        )
