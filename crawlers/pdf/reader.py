"""Reads one file page by page, inside the child: nothing that a page needed is kept when the next one is read."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream

from crawlers.pdf.alarm import Expired, cpu_limit
from crawlers.pdf.blocks import RawBlock, lay_out
from crawlers.pdf.canvas import Canvas, Drawing, PageTooBig
from crawlers.pdf.interpreter import Fonts, Interpreter
from crawlers.pdf.outline import read_outline, title_of
from crawlers.pdf.pages import declared_count, walk_pages
from crawlers.pdf.records import Limits, OutlineEntry, PdfProblem, Problem
from crawlers.pdf.recovery import RecoveredDocument
from crawlers.pdf.repair import repair_runs
from crawlers.pdf.wire import Finish, RawPage

HEADER_WITHIN = 1024
"""Readers accept junk before the header up to here (ISO 32000-1, annex H, implementation note 13)."""
TRAILER_WITHIN = 2048
MAX_OBJECTS, MAX_OBJECT_STREAMS = 4096, 16
"""Objects and unpacked object streams kept between pages: enough for shared resources, no more in long files."""
MAX_PROBLEMS = 50


def read(path: Path, limits: Limits) -> Iterator[RawPage | Finish]:
    """The pages of a file, then one Finish. Raises OSError where the file cannot be read, nothing else.

    BaseExceptions of the machine (Expired of the whole file, MemoryError outside a page) end in a Finish too.
    """
    reader = _Reader(path, limits)
    with path.open("rb") as file:
        yield from reader.run(file)


class _Reader:
    def __init__(self, path: Path, limits: Limits) -> None:
        self.path, self.limits = path, limits
        self.problems: list[PdfProblem] = []
        self.page_numbers: dict[int, int] = {}
        self.declared = self.count = 0
        self.title = ""
        self.outline: list[OutlineEntry] = []
        self.fonts = Fonts()
        self.canvas = Canvas(self.fonts, limits.page_glyphs)
        self.started = time.process_time()

    def run(self, file: BinaryIO) -> Iterator[RawPage | Finish]:
        if self._looks_sound(file):
            document = self._open(file)
            if document is not None:
                found = yield from self._pages(document)
                if not found and not isinstance(document, RecoveredDocument):
                    document = self._recover(file) or document
                    found = yield from self._pages(document)
                    if found:
                        self._problem(Problem.DAMAGED, "the page tree is broken")
                self._finish(document)
                if not found and not self.problems:
                    self._problem(Problem.NO_PAGES, "the file has no pages")
        yield Finish(self.declared, self.title, tuple(self.outline), tuple(self.problems[:MAX_PROBLEMS]))

    def _problem(self, code: Problem, message: str, page: int | None = None) -> PdfProblem:
        problem = PdfProblem(code, message, page)
        self.problems.append(problem)
        return problem

    def _looks_sound(self, file: BinaryIO) -> bool:
        size = os.fstat(file.fileno()).st_size
        head = file.read(HEADER_WITHIN)
        if size > self.limits.file_bytes:
            self._problem(Problem.TOO_BIG, f"{size} bytes, more than {self.limits.file_bytes}")
        elif not head:
            self._problem(Problem.NOT_A_PDF, "the file is empty")
        elif b"%PDF-" not in head:
            self._problem(Problem.NOT_A_PDF, f"no PDF header; the file begins with {head[:16]!r}")
        else:
            file.seek(max(0, size - TRAILER_WITHIN))
            tail = file.read()
            if b"%%EOF" not in tail and b"startxref" not in tail:
                self._problem(Problem.TRUNCATED, f"the file ends after {size} bytes without a trailer")
            return True
        return False

    def _open(self, file: BinaryIO) -> PDFDocument | None:
        try:
            with cpu_limit(self.limits.page_cpu_seconds):
                document = PDFDocument(PDFParser(file), fallback=False)
                self.declared = declared_count(document)
                return document
        except PDFEncryptionError as exc:
            self._problem(Problem.ENCRYPTED, str(exc) or "a password is needed to open the file")
            return None
        except Expired:
            self._problem(Problem.TIMEOUT, "the structure of the file takes too long to read")
            return None
        except Exception as exc:  # noqa: BLE001 pdfminer.six raises anything at all on broken structure
            if not any(problem.code is Problem.TRUNCATED for problem in self.problems):
                self._problem(Problem.DAMAGED, f"the structure is broken: {type(exc).__name__}: {exc}"[:300])
            return self._recover(file)

    def _recover(self, file: BinaryIO) -> PDFDocument | None:
        try:
            with cpu_limit(2 * self.limits.page_cpu_seconds):
                document = RecoveredDocument(PDFParser(file))
                self.declared = declared_count(document)
                return document
        except PDFEncryptionError as exc:
            self._problem(Problem.ENCRYPTED, str(exc) or "a password is needed to open the file")
        except Expired:
            self._problem(Problem.TIMEOUT, "looking for the objects of the file takes too long")
        except Exception as exc:  # noqa: BLE001 as in _open
            self._problem(Problem.DAMAGED, f"no objects can be found: {type(exc).__name__}: {exc}"[:300])
        return None

    def _pages(self, document: PDFDocument) -> Generator[RawPage, None, int]:
        """Give the pages and return how many there have been."""
        pages = walk_pages(document)
        while True:
            try:
                with cpu_limit(self.limits.page_cpu_seconds):
                    objid, attributes = next(pages)
            except StopIteration:
                break
            except (Exception, Expired) as exc:  # noqa: BLE001 as in _open; the pages found until then stay
                self._problem(Problem.DAMAGED, f"the page tree breaks off: {type(exc).__name__}: {exc}"[:300])
                break
            if self.count >= self.limits.pages:
                self._problem(Problem.TOO_BIG, f"more than {self.limits.pages} pages")
                break
            if time.process_time() - self.started > self.limits.file_cpu_seconds:
                self._problem(Problem.TIMEOUT, f"{self.count} pages took {self.limits.file_cpu_seconds:g} s")
                break
            self.count += 1
            if objid:
                self.page_numbers[objid] = self.count
            yield self._page(document, objid, attributes)
            self._forget(document)
        return self.count

    def _page(self, document: PDFDocument, objid: int, attributes: dict[str, Any]) -> RawPage:
        number = self.count
        drawing = self.canvas.drawing = Drawing(0, 0)
        rotation = 0
        blocks: list[RawBlock] = []
        problem: PdfProblem | None = None
        try:
            with cpu_limit(self.limits.page_cpu_seconds):
                page = PDFPage(document, objid, attributes, None)
                rotation = page.rotate // 90 * 90
                self._draw(page, drawing, rotation)
        except (Expired, PageTooBig, MemoryError, RecursionError) as exc:
            problem = self._cut_short(exc, number)
        except Exception as exc:  # noqa: BLE001 as in _open; what was drawn until then is kept
            problem = self._problem(Problem.DAMAGED, f"{type(exc).__name__}: {exc}"[:300], number)
        try:
            with cpu_limit(self.limits.page_cpu_seconds):
                repair_runs(drawing)
                blocks = lay_out(drawing)
        except (Expired, MemoryError) as exc:
            problem = self._cut_short(exc, number)
            blocks = []
        area = drawing.width * drawing.height
        images = min(1.0, drawing.image_area / area) if area else 0.0
        return RawPage(
            number, drawing.width, drawing.height, rotation, drawing.glyphs, drawing.lost, images, blocks, problem
        )

    def _draw(self, page: PDFPage, drawing: Drawing, rotation: int) -> None:
        """Execute the content of a page with the origin at the lower left of its crop box as displayed."""
        x0, y0, x1, y1 = _visible_box(page)
        width, height = x1 - x0, y1 - y0
        matrix = {
            0: (1, 0, 0, 1, -x0, -y0),
            90: (0, -1, 1, 0, -y0, x1),
            180: (-1, 0, 0, -1, x1, y1),
            270: (0, 1, -1, 0, y1, -x0),
        }[rotation]
        drawing.width, drawing.height = (width, height) if rotation in (0, 180) else (height, width)
        interpreter = Interpreter(self.fonts, self.canvas)
        resources = page.resources if isinstance(page.resources, dict) else {}
        interpreter.render_contents(resources, page.contents, ctm=matrix)

    def _cut_short(self, cause: BaseException, number: int) -> PdfProblem:
        if isinstance(cause, Expired):
            return self._problem(Problem.TIMEOUT, f"took more than {self.limits.page_cpu_seconds:g} s", number)
        if isinstance(cause, MemoryError):
            return self._problem(Problem.TOO_BIG, "needs more memory than allowed", number)
        return self._problem(Problem.TOO_BIG, str(cause)[:300], number)

    def _forget(self, document: PDFDocument) -> None:
        """Let go of what the page made pdfminer.six remember; it never does so itself."""
        objects: dict[int, Any] = document._cached_objs
        for objid in [objid for objid, (value, _) in objects.items() if isinstance(value, PDFStream)]:
            del objects[objid]
        if len(objects) > MAX_OBJECTS:
            objects.clear()
        if len(document._parsed_objs) > MAX_OBJECT_STREAMS:
            document._parsed_objs.clear()
        if self.fonts.is_full():
            self.fonts.forget()
            self.canvas.forget_fonts()

    def _finish(self, document: PDFDocument) -> None:
        deadline = time.process_time() + self.limits.outline_cpu_seconds
        try:
            with cpu_limit(2 * self.limits.outline_cpu_seconds):
                self.title = title_of(document)
                self.outline = read_outline(
                    document, self.page_numbers, self.limits.outline_entries, lambda: time.process_time() > deadline
                )
        except (Exception, Expired):  # noqa: BLE001 as in _open; the pages are given, an outline is an extra
            self.outline = []


def _visible_box(page: PDFPage) -> tuple[float, float, float, float]:
    """The crop box within the media box, the media box where they do not meet, else ISO A4."""
    mx0, mx1 = sorted((page.mediabox[0], page.mediabox[2]))
    my0, my1 = sorted((page.mediabox[1], page.mediabox[3]))
    cx0, cx1 = sorted((page.cropbox[0], page.cropbox[2]))
    cy0, cy1 = sorted((page.cropbox[1], page.cropbox[3]))
    x0, y0, x1, y1 = max(mx0, cx0), max(my0, cy0), min(mx1, cx1), min(my1, cy1)
    if x1 - x0 > 1 and y1 - y0 > 1:
        return x0, y0, x1, y1
    return (mx0, my0, mx1, my1) if mx1 - mx0 > 1 and my1 - my0 > 1 else (0, 0, 595, 842)
