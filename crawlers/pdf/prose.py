"""Lines of a block into the text people search: hyphens at line ends taken back, CJK lines joined without spaces."""

from __future__ import annotations

import re

from crawlers.pdf.blocks import CELL, RawBlock
from crawlers.pdf.scripts import is_cjk

HYPHENS = frozenset("-\u2010\u00ad")
CAPTION = re.compile(
    r"(?:图|表|附图|附表|図|圖|그림|표|figure|fig\.|table|tableau|abbildung|tabelle|рисунок|рис\.|таблица)\s*"
    r"[A-Z]?[.\-]?\d",
    re.IGNORECASE,
)


def is_caption(text: str) -> bool:
    return len(text) < 300 and CAPTION.match(text) is not None


def join_lines(block: RawBlock) -> str:
    """The text of a block: one line for each paragraph, one for each row of a table."""
    lines = block.lines
    if not lines:
        return ""
    if block.table:
        return "\n".join(line.text for line in lines)
    flow = block.direction in (0, 180)
    far = max(line.x1 if flow else line.y1 for line in lines)
    near = min(line.x0 if flow else line.y0 for line in lines)
    text = lines[0].text
    for line, following in zip(lines, lines[1:], strict=False):
        room = far - line.x1 if flow else (far - line.y1 if block.direction == 90 else line.y0 - near)
        if CELL in line.text or CELL in following.text or _word_fits(following.text, room, following.size):
            text += "\n" + following.text
        else:
            text = join(text, following.text)
    return text


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
