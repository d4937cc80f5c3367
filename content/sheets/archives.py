"""What is inside an Office file (OOXML, ECMA-376: a ZIP of XML), before anything unpacks it."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO

from content.sheets.errors import Fault, UploadError

MAX_ENTRIES = 2_000
MAX_UNPACKED = 150 * 1024 * 1024
"""Bytes of all parts together; a sheet of 5,000 full rows has 5 MB."""
MAX_XML = 64 * 1024 * 1024
"""Bytes of all XML parts; a report of 500 pages has half of it. A parser takes a second for five million."""
MAX_RATIO = 200
"""Of a part above ``SMALL``; XML of tables shrinks to a tenth, to a fiftieth where rows repeat."""
SMALL = 1024 * 1024

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Compound file: Office formats before 2007, and any Office file behind a password ([MS-OFFCRYPTO])."""
_DOCUMENT = re.compile(r"word/document\d*\.xml")
"""Word in a browser numbers it."""


def kind(data: bytes) -> str:
    """``xlsx``, ``docx`` or ````: what the archive says it is. Raises UploadError for what must not be opened."""
    if data.startswith(OLE):
        raise UploadError(Fault.PROTECTED)
    if not data.startswith(ZIP):
        return ""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _refuse_bombs(parts)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and _declares(archive, part):
                    raise UploadError(Fault.BOMB, f"{part.filename[:100]} declares a document type")
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise UploadError(Fault.DAMAGED, str(error)) from error
    names = {part.filename for part in parts}
    if "xl/workbook.xml" in names:
        return "xlsx"
    if any(_DOCUMENT.fullmatch(name) for name in names):
        return "docx"
    raise UploadError(Fault.UNKNOWN_TYPE, "an archive that is neither a workbook nor a document")


def _refuse_bombs(parts: Sequence[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_ENTRIES or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UploadError(Fault.BOMB, f"{len(parts)} parts")
    if sum(part.file_size for part in parts if part.filename.lower().endswith(".xml")) > MAX_XML:
        raise UploadError(Fault.BOMB, "too much XML")
    for part in parts:
        if part.file_size > SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise UploadError(Fault.BOMB, part.filename[:100])
        if part.flag_bits & 1:
            raise UploadError(Fault.PROTECTED)


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part has a document type declaration, which none may have (ECMA-376, part 2, 8.3.4): by it a few bytes
    name gigabytes."""
    with archive.open(part) as body:
        head = body.read(SMALL).replace(b"\0", b"")  # UTF-16 as well
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head
