"""Chinese text whose bytes were read in the wrong encoding.

Old Chinese producers declare a Latin encoding for fonts that hold GBK codes; every byte then comes out as a Latin-1
letter ("ÖÐ¹ú" for 中国). Decoding is taken over only where it is valid GBK throughout and gives common characters.
"""

from __future__ import annotations

from pdfminer.utils import decode_text

from crawlers.pdf.canvas import Drawing, Run
from crawlers.pdf.glyphs import LOST

COMMON_SHARE = 0.8
MIN_CHARACTERS = 3
"""Fewer Chinese characters than this are no evidence."""


def gbk(data: bytes) -> str | None:
    """The text of GBK bytes, or None where they are not plausibly GBK.

    Plausible: all of it decodes, and of its double bytes nearly all lie in rows 1 to 3 and 16 to 55 of GB 2312
    (punctuation, full-width forms and the 3,755 common characters), which Latin text in Latin-1 cannot do.
    """
    if not any(byte >= 0x81 for byte in data):
        return None
    try:
        text = data.decode("gbk")
    except UnicodeDecodeError:
        return None
    doubles = common = i = 0
    while i < len(data):
        if data[i] < 0x81:
            i += 1
            continue
        lead, trail = data[i], data[i + 1]
        doubles += 1
        common += trail >= 0xA1 and (0xA1 <= lead <= 0xA3 or 0xB0 <= lead <= 0xD7)
        i += 2
    return text if doubles >= MIN_CHARACTERS and common >= COMMON_SHARE * doubles else None


def repair_runs(drawing: Drawing) -> None:
    """Put the Chinese back into the runs of fonts that declare a Latin encoding for GBK codes.

    Judged over all the text of a font on the page; once found, a font stays GBK for the rest of the file.
    """
    by_font: dict[int, list[tuple[Run, bytes]]] = {}
    for runs in (*drawing.runs.values(), drawing.skewed):
        for run in runs:
            data = _bytes_of(run)
            if data is not None:
                by_font.setdefault(id(run.font), []).append((run, data))
    for members in by_font.values():
        font = members[0][0].font
        font.gbk = font.gbk or gbk(b" ".join(data for _, data in members)) is not None
        if font.gbk:
            for run, data in members:
                drawing.lost -= run.text.count(LOST)
                run.text = data.decode("gbk", "replace").replace("\u3000", " ").strip() or run.text


def _bytes_of(run: Run) -> bytes | None:
    """The bytes a run may have been read from, None where it has letters which no mistaken byte gives."""
    if any("\u0180" <= char < "\u2000" or "\u2c00" <= char < LOST for char in run.text):
        return None
    if run.raw is not None:
        return bytes(run.raw)
    for encoding in ("latin-1", "cp1252"):
        try:
            return run.text.encode(encoding)
        except UnicodeEncodeError:
            continue
    return None


def text_string(data: bytes) -> str:
    """A PDF text string (ISO 32000-1, 7.9.2.2), also where it is UTF-8 or GBK without saying so."""
    if data.startswith(b"\xff\xfe"):
        return data[2:].decode("utf-16le", "ignore")
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16be", "ignore")
    if data.isascii():
        return data.decode("ascii")
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        return gbk(data) or str(decode_text(data))
