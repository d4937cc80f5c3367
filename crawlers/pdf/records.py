"""What the PDF pipeline takes and gives: limits in, pages and one summary out.

Lengths are PDF points (1/72 inch). Coordinates have their origin at the lower left corner of the page as displayed
(crop box, after rotation), x to the right and y upwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. A page over its limit is cut short and the next one is read; a file over its limit
    ends.
    """

    file_bytes: int = 512 * MIB
    pages: int = 20_000
    memory_bytes: int = 768 * MIB  # address space of the child, of which an idle one takes about 60 MiB
    page_cpu_seconds: float = 15.0
    page_wall_seconds: float = 90.0  # generous: the machine may be busy with something else
    file_cpu_seconds: float = 900.0
    file_wall_seconds: float = 3600.0
    page_glyphs: int = 300_000
    outline_entries: int = 5_000
    outline_cpu_seconds: float = 5.0
    frame_bytes: int = 64 * MIB  # one message of the child
    stderr_bytes: int = 16 * 1024
    files_per_child: int = 200


class Problem(StrEnum):
    """Why a file, or a page of it, is not there in full."""

    NOT_A_PDF = "not-a-pdf"
    NO_PAGES = "no-pages"
    ENCRYPTED = "encrypted"  # needs a password; a file with an empty user password is read
    DAMAGED = "damaged"  # broken structure; what could be read is given
    TRUNCATED = "truncated"  # the end of the file is missing; what could be read is given
    TOO_BIG = "too-big"  # bytes, pages, glyphs or memory
    TIMEOUT = "timeout"
    CRASHED = "crashed"  # the child died or answered nonsense


@dataclass(frozen=True, slots=True)
class PdfProblem:
    """One problem; `page` is the 1-based number of the page it is about, or None for the file."""

    code: Problem
    message: str
    page: int | None = None


class Role(StrEnum):
    BODY = "body"
    HEADING = "heading"
    TABLE = "table"
    CAPTION = "caption"
    HEADER = "header"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, table or running line with its box."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class Page:
    """One page in reading order. `number` is 1-based and counts sheets (what `#page=N` of a URL addresses), not
    printed numbers.

    `text` is what search reads: body, headings, tables and captions, without running headers, footers and page numbers.
    `language` is a BCP 47 primary tag, `und` when undetermined. `unreadable` is the share (0 to 1) of glyphs that
    have no known character. `scanned`: images cover the page and it has no text layer.
    """

    number: int
    width: float
    height: float
    rotation: int
    text: str
    blocks: tuple[Block, ...]
    language: str
    scanned: bool
    unreadable: float
    problem: PdfProblem | None = None

    @property
    def needs_ocr(self) -> bool:
        """Whether the words can be had from the picture of the page only."""
        return self.scanned or self.unreadable > 0.5


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One bookmark. `level` starts at 1; `page` is 1-based, None where the target is unknown."""

    level: int
    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Document:
    """The summary that ends every extraction, whatever happened.

    `pages` counts the pages given; `declared_pages` is what the file says of itself (0 when it does not). `cover`
    holds the lines of the first page in reading order, running lines included: standards print their designation there.
    """

    pages: int
    declared_pages: int
    language: str
    scanned: bool
    unreadable: float
    title: str
    outline: tuple[OutlineEntry, ...]
    cover: tuple[str, ...]
    problems: tuple[PdfProblem, ...]
    seconds: float

    @property
    def problem(self) -> PdfProblem | None:
        """The problem of the file as a whole, else the first of a page, else None."""
        return next((p for p in self.problems if p.page is None), next(iter(self.problems), None))

    @property
    def needs_ocr(self) -> bool:
        return self.scanned or self.unreadable > 0.5
