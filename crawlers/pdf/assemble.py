"""From raw pages to the pages callers get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median

from crawlers.pdf.blocks import Line, RawBlock
from crawlers.pdf.furniture import mark_running_lines
from crawlers.pdf.language import count, decide
from crawlers.pdf.prose import is_caption, join_lines
from crawlers.pdf.records import Block, Page, Role
from crawlers.pdf.wire import RawPage

SCANNED_COVERAGE = 0.5
SCANNED_GLYPHS = 20
"""A page covered by images is a scan though a few characters are set on it: a stamp, a page number."""
HEADING_SIZE = 1.15
RUNNING = frozenset({Role.HEADER, Role.FOOTER})


def assemble(raw_pages: Iterable[RawPage]) -> Iterator[Page]:
    """Pages in order, each once the few after it are known."""
    for raw, running in mark_running_lines(raw_pages):
        yield _page(raw, running)


def _page(raw: RawPage, running: dict[int, Role]) -> Page:
    usual = _usual_size(raw)
    blocks = [part for block in raw.blocks for part in _parts(block, running, usual)]
    text = "\n".join(block.text for block in blocks if block.role not in RUNNING)
    letters = sum(1 for char in text if not char.isspace())
    return Page(
        number=raw.number,
        width=raw.width,
        height=raw.height,
        rotation=raw.rotation,
        text=text,
        blocks=tuple(blocks),
        language=decide(count(text)),
        scanned=letters < SCANNED_GLYPHS and raw.lost == 0 and raw.images >= SCANNED_COVERAGE,
        unreadable=raw.lost / raw.glyphs if raw.glyphs else 0.0,
        problem=raw.problem,
    )


def _parts(block: RawBlock, running: dict[int, Role], usual: float) -> Iterator[Block]:
    """A raw block cut at its running lines."""
    lines: list[Line] = []
    for line in block.lines:
        role = running.get(id(line))
        if role is None:
            lines.append(line)
            continue
        if lines:
            yield _block(RawBlock(block.direction, block.table, block.far, lines), None, usual)
            lines = []
        yield _block(RawBlock(block.direction, False, block.far, [line]), role, usual)
    if lines:
        yield _block(RawBlock(block.direction, block.table, block.far, lines), None, usual)


def _block(raw: RawBlock, role: Role | None, usual: float) -> Block:
    text = join_lines(raw)
    if role is None:
        role = Role.BODY
        if raw.table:
            role = Role.TABLE
        elif is_caption(text):
            role = Role.CAPTION
        elif len(raw.lines) <= 3 and raw.lines[0].size > HEADING_SIZE * usual:
            role = Role.HEADING
    x0, y0 = min(line.x0 for line in raw.lines), min(line.y0 for line in raw.lines)
    x1, y1 = max(line.x1 for line in raw.lines), max(line.y1 for line in raw.lines)
    return Block(x0, y0, x1, y1, text, role)


def _usual_size(raw: RawPage) -> float:
    """The size most text of a page is set in: the median over characters, estimated by lines weighted with their
    length.
    """
    sizes = [line.size for block in raw.blocks for line in block.lines for _ in range(1 + len(line.text) // 20)]
    return median(sizes) if sizes else 0.0
