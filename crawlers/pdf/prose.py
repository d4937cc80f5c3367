"""Lines of a block into the text people search: hyphens at line ends taken back, CJK lines joined without spaces."""

from __future__ import annotations

import re

from crawlers.pdf.blocks import CELL, Line, RawBlock
from crawlers.pdf.scripts import is_cjk

HYPHENS = frozenset("-\u2010\u00ad")
CAPTION = re.compile(
    r"(?:图|表|附图|附表|図|圖|그림|표|figure|fig\.|table|tableau|abbildung|tabelle|рисунок|рис\.|таблица)\s*"
    r"[A-Z]?[.\-]?\d",
    re.IGNORECASE,
)


ITEM = re.compile(r"(?:[•·●○■◆▪□◇➢✓※‣–—*-]|\(?\d{1,2}[).]|\(?[a-z]\)|[a-z]\.|[（(][一二三四五六七八九十]{1,3}[)）]) ")
"""What begins a list item."""


def is_caption(text: str) -> bool:
    return len(text) < 300 and CAPTION.match(text) is not None


def join_lines(block: RawBlock) -> str:
    """The text of a block: one line for each paragraph, one for each row of a table."""
    lines = block.lines
    if not lines:
        return ""
    if block.table:
        return "\n".join(line.text for line in lines)
    paragraphs = [lines[0].text]
    begins = True  # whether `line` is the first of its paragraph
    for line, following in zip(lines, lines[1:], strict=False):
        begins = _parted(block, line, following, begins)
        if begins:
            paragraphs.append(following.text)
        else:
            paragraphs[-1] = join(paragraphs[-1], following.text)
    return "\n".join(paragraphs)


def _parted(block: RawBlock, line: Line, following: Line, line_begins: bool) -> bool:
    """Whether a paragraph ends between two lines."""
    if CELL in line.text or CELL in following.text or ITEM.match(following.text):
        return True
    if _word_fits(following.text, block.far - line.end(block.direction), following.size):
        return True
    # The second line of a paragraph may be set in (a list item) or out (an indented first line), a third one may not.
    shift = abs(following.start(block.direction) - line.start(block.direction))
    return shift > following.size and not line_begins


def _word_fits(text: str, room: float, size: float) -> bool:
    """Whether the first word of a line would have fitted on the line before, so that the break was meant."""
    if is_cjk(text[0]):
        return room > 2.5 * size
    word = text.split(" ", 1)[0]
    width = sum(1.0 if is_cjk(char) else 0.55 for char in word[:40])
    return room > (width + 1) * size


def join(text: str, following: str) -> str:
    """Two lines of one paragraph as one."""
    if not text or not following:
        return text + following
    last, first = text[-1], following[0]
    if last == "\u00ad":
        return text[:-1] + following
    if last in HYPHENS and len(text) > 1:
        # "stan-/dard" was cut; "ISO-/IEC", "1-/2" and "2020-/" were not.
        return text[:-1] + following if text[-2].islower() and first.islower() else text + following
    if is_cjk(last) or is_cjk(first):
        return text + following
    return text + " " + following
