"""The drawing surface that pdfminer.six's interpreter writes a page on: it keeps runs of text and the area of images.

pdfminer.six's own layout makes an object of every character and compares boxes pairwise; it takes more than half its
time and becomes quadratic on pages with tens of thousands of boxes. Here characters become runs as they are drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import hypot
from typing import Any

from pdfminer.pdfdevice import PDFDevice
from pdfminer.utils import Matrix, mult_matrix

from crawlers.pdf.glyphs import LOST, Glyphs
from crawlers.pdf.scripts import is_cjk

PIECE_GAP = 1.0
"""Runs further apart than this many ems are not one piece of a line: a column gap, a table cell, a tab."""
AGAIN = 0.3
"""A step back by more ems than this is no kerning."""
WORD_GAP = 0.13
"""Wider than the kerning inside a Latin word and narrower than its tightest justified space (ems)."""
CJK_WORD_GAP = 0.5
"""CJK lines are justified by widening the gaps between characters, and Latin words in them stand off by a quarter
em.
"""
SKEW = 0.18
"""Slope up to which text counts as level: scans with a text layer are up to ten degrees askew, watermarks are at 30
to 60.
"""


FAR = 100_000.0
"""Points from the page beyond which nothing is meant to be seen; numbers of a file may be anything up to infinity."""


class PageTooBig(Exception):
    """A page draws more glyphs than the limit."""


@dataclass(slots=True)
class Run:
    """Text on one baseline without a gap, in the frame of its direction: `u` along the line, `v` up from it.

    `raw` holds the bytes of the text where the font has a byte encoding and `text` has one character for each.
    """

    u0: float
    u1: float
    v: float
    size: float
    text: str
    font: Glyphs
    raw: bytearray | None = None


@dataclass(slots=True)
class Drawing:
    """One page as drawn. `runs` maps a direction of writing (0, 90, 180, 270 degrees counter-clockwise) to its runs in
    drawing order; `skewed` holds slanted text, mostly watermarks. `image_area` is in square points, overlaps counted
    twice."""

    width: float
    height: float
    runs: dict[int, list[Run]] = field(default_factory=dict)
    skewed: list[Run] = field(default_factory=list)
    glyphs: int = 0
    lost: int = 0
    image_area: float = 0.0


class Canvas(PDFDevice):
    """Give it a `Drawing` before each page. Raises PageTooBig from within the drawing of a page."""

    def __init__(self, rsrcmgr: Any, page_glyphs: int) -> None:
        super().__init__(rsrcmgr)
        self.ctm: Matrix = (1, 0, 0, 1, 0, 0)
        self.drawing = Drawing(0, 0)
        self._limit = page_glyphs
        self._fonts: dict[int, Glyphs] = {}

    def forget_fonts(self) -> None:
        self._fonts.clear()

    def set_ctm(self, ctm: Matrix) -> None:
        self.ctm = ctm

    def render_image(self, name: str, stream: Any) -> None:
        """Count the area of the unit square under the current matrix, clipped to the page."""
        a, b, c, d, e, f = self.ctm
        xs = (e, e + a, e + c, e + a + c)
        ys = (f, f + b, f + d, f + b + d)
        page = self.drawing
        width = min(max(xs), page.width) - max(min(xs), 0)
        height = min(max(ys), page.height) - max(min(ys), 0)
        if width > 0 and height > 0:
            page.image_area += width * height

    def render_string(self, textstate: Any, seq: Iterable[Any], ncs: Any, graphicstate: Any) -> None:
        """Draw one string operand (ISO 32000-1, 9.4.4): numbers move, strings show, the rest is ignored."""
        font = textstate.font
        glyphs = self._fonts.get(id(font))
        if glyphs is None:
            glyphs = self._fonts[id(font)] = Glyphs(font)
        matrix = mult_matrix(textstate.matrix, self.ctm)
        fontsize = textstate.fontsize
        scaling = textstate.scaling * 0.01
        x, y = textstate.linematrix
        # The line runs along x of text space; written downwards, along -y, and then its "up" is +x.
        along = -1.0 if glyphs.vertical else 1.0
        if glyphs.vertical:
            a, b, c, d, e, f = matrix
            matrix, scaling = (-c, -d, a, b, e, f), 1.0
            # Glyphs hang centred on the line; a baseline 0.3 em to its left makes the row's box cover them.
            position, base = -y, x - 0.3 * fontsize
        else:
            position, base = x, y + textstate.rise
        size = abs(fontsize) * hypot(matrix[2], matrix[3]) * glyphs.em
        unit = along * fontsize * scaling
        charspace = along * textstate.charspace * scaling
        wordspace = 0 if font.is_multibyte() else along * textstate.wordspace * scaling
        # Letters spaced out still are one word: the space counts as a part of the glyph before it.
        spacing = charspace if abs(charspace) < 0.5 * abs(fontsize) else 0.0
        pen = _Pen(self, glyphs, matrix, size, base, mirrored=fontsize * scaling < 0)
        known = glyphs.known
        try:
            for item in seq:
                if isinstance(item, (int, float)):
                    position -= item * 0.001 * unit
                elif isinstance(item, bytes):
                    for code in glyphs.decode(item):
                        text, advance = known.get(code) or glyphs.look_up(code)
                        end = position + advance * unit
                        pen.put(text, position, end + spacing, code)
                        position = end + charspace
                        if wordspace and code == 32:
                            position += wordspace
        finally:
            pen.flush()  # also what was shown until a limit was met
        textstate.linematrix = (x, -position) if glyphs.vertical else (position, y)

    def keep(self, run: Run, direction: int, skewed: bool) -> None:
        """Add a run, joined to the one drawn before it where it continues that."""
        runs = self.drawing.skewed if skewed else self.drawing.runs.setdefault(direction, [])
        if runs and _continues(runs[-1], run):
            last = runs[-1]
            joint = " " if _word_gap(last.text[-1], run.text[0], (run.u0 - last.u1) / run.size) else ""
            if last.raw is not None and run.raw is not None and last.font is run.font:
                last.raw += joint.encode() + run.raw
            else:
                last.raw = None
            last.text += joint + run.text
            last.u1 = max(last.u1, run.u1)
            return
        runs.append(run)

    def count(self, text: str) -> None:
        self.drawing.glyphs += 1
        if LOST in text:
            self.drawing.lost += 1
        if self.drawing.glyphs > self._limit:
            raise PageTooBig(f"more than {self._limit} glyphs")


class _Pen:
    """Collects glyphs of one string into runs; positions are in text space along the line."""

    __slots__ = (
        "_canvas", "_direction", "_end", "_font", "_matrix", "_raw", "_scale", "_size", "_skewed", "_space", "_start",
        "_text", "_y",
    )  # fmt: skip

    def __init__(
        self, canvas: Canvas, font: Glyphs, matrix: Matrix, size: float, base: float, *, mirrored: bool
    ) -> None:
        self._canvas, self._font, self._matrix, self._size, self._y = canvas, font, matrix, size, base
        a, b = matrix[0], matrix[1]
        sign = -1 if mirrored else 1
        self._scale = hypot(a, b) * sign
        self._direction, self._skewed = _direction(a * sign, b * sign)
        self._text: list[str] = []
        self._raw = bytearray()
        self._space = False
        self._start = self._end = 0.0

    def put(self, text: str, start: float, end: float, code: int) -> None:
        if text == " " or not text:
            self._space = self._space or bool(text)
            return
        self._canvas.count(text)
        if self._text:
            gap = (start - self._end) * self._scale / self._size if self._size else 0.0
            if gap > PIECE_GAP or gap < -PIECE_GAP or (gap < -AGAIN and self._is_again(start)):
                self.flush()
                self._start = start
            elif self._space or _word_gap(self._text[-1][-1], text[0], gap):
                self._text.append(" ")
                self._raw.append(32)
        else:
            self._start = start
        self._space = False
        self._text.append(text)
        self._raw.append(code & 0xFF)
        self._end = end

    def _is_again(self, start: float) -> bool:
        """Whether a glyph goes back to where the run began: the same text is drawn over itself, to look bold."""
        return abs(start - self._start) * abs(self._scale) < 0.1 * self._size

    def flush(self) -> None:
        """Hand the collected glyphs over as a run in the frame of their direction."""
        self._space = False
        if not self._text or not 0 < self._size < FAR:
            self._text, self._raw = [], bytearray()
            return
        a, b, c, d, e, f = self._matrix
        x0, y0 = a * self._start + c * self._y + e, b * self._start + d * self._y + f
        x1, y1 = a * self._end + c * self._y + e, b * self._end + d * self._y + f
        u0, v = _to_frame(self._direction, x0, y0)
        u1, _ = _to_frame(self._direction, x1, y1)
        text = "".join(self._text)
        raw = self._raw if self._font.raw and len(text) == len(self._raw) else None
        if self._visible(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)):
            run = Run(min(u0, u1), max(u0, u1), v, self._size, text, self._font, raw)
            self._canvas.keep(run, self._direction, self._skewed)
        self._text = []
        self._raw = bytearray()

    def _visible(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        page, size = self._canvas.drawing, self._size
        level = -size < x1 < FAR and -FAR < x0 < page.width + size
        return level and -size < y1 < FAR and -FAR < y0 < page.height + size


def _direction(a: float, b: float) -> tuple[int, bool]:
    """The quarter nearest to the direction (a, b) of writing, and whether it is askew of it."""
    if abs(b) <= abs(a):
        return (0 if a > 0 else 180), abs(b) > SKEW * abs(a)
    return (90 if b > 0 else 270), abs(a) > SKEW * abs(b)


def _to_frame(direction: int, x: float, y: float) -> tuple[float, float]:
    if direction == 0:
        return x, y
    if direction == 90:
        return y, -x
    if direction == 180:
        return -x, -y
    return -y, x


def to_page(direction: int, u0: float, v0: float, u1: float, v1: float) -> tuple[float, float, float, float]:
    """The box (x0, y0, x1, y1) on the page of a box in the frame of a direction."""
    if direction == 0:
        return u0, v0, u1, v1
    if direction == 90:
        return -v1, u0, -v0, u1
    if direction == 180:
        return -u1, -v1, -u0, -v0
    return v0, -u1, v1, -u0


def _word_gap(before: str, after: str, gap: float) -> bool:
    """Whether a gap (ems) between two characters is a space."""
    if gap <= WORD_GAP:
        return False
    return gap > CJK_WORD_GAP or not (is_cjk(before) or is_cjk(after))


def _continues(last: Run, run: Run) -> bool:
    size = run.size
    return (
        abs(last.v - run.v) < 0.1 * size
        and 0.8 < last.size / size < 1.25
        and -0.3 * size < run.u0 - last.u1 < PIECE_GAP * size
    )
