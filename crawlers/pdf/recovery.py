"""Files whose cross-reference table or trailer is missing or wrong: the objects are found by reading the file from
end to end.
"""

from __future__ import annotations

import re
from collections.abc import KeysView
from typing import Any, BinaryIO

from pdfminer.pdfdocument import PDFBaseXRef, PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser, PDFStreamParser
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pdfminer.psexceptions import PSException
from pdfminer.psparser import LIT

MARK = re.compile(rb"(?<![0-9])([0-9]{1,9})[ \t\r\n\0]{1,4}[0-9]{1,5}[ \t\r\n\0]{1,4}obj\b|\btrailer\b")
CHUNK = 1 << 20
OVERLAP = 64
MAX_OBJECTS = 1_000_000


class RecoveredXRef(PDFBaseXRef):
    """A cross-reference table made from what the file holds. Of two objects of one number the later one counts."""

    def __init__(self) -> None:
        self.offsets: dict[int, tuple[int | None, int, int]] = {}
        self.trailer: dict[str, Any] = {}

    def get_trailer(self) -> dict[str, Any]:
        return self.trailer

    def get_objids(self) -> KeysView[int]:
        return self.offsets.keys()

    def get_pos(self, objid: int) -> tuple[int | None, int, int]:
        return self.offsets[objid]

    def load(self, parser: PDFParser) -> None:
        trailers: list[int] = []
        for position, number in _marks(parser.fp):
            if number is None:
                trailers.append(position)
            else:
                self.offsets[number] = (None, position, 0)
        for position in trailers:
            self._read_trailer(parser, position)
        self._look_into_streams(parser)
        if "Root" not in self.trailer:
            # Without a catalog pages are looked for one by one.
            self.trailer["Root"] = {"Type": LIT("Catalog")}

    def _read_trailer(self, parser: PDFParser, position: int) -> None:
        try:
            parser.seek(position)
            parser.nexttoken()
            _, found = parser.nextobject()
        except (PDFException, PSException):
            return
        if isinstance(found, dict):
            self.trailer.update(found)

    def _look_into_streams(self, parser: PDFParser) -> None:
        """Find the catalog, cross-reference streams (which are trailers) and what is packed in object streams."""
        for number, (_, position, _) in list(self.offsets.items()):
            parser.fp.seek(position)
            head = parser.fp.read(512)
            if not any(mark in head for mark in (b"/Catalog", b"/XRef", b"/ObjStm")):
                continue
            try:
                parser.seek(position)
                for _ in range(3):
                    parser.nexttoken()
                _, found = parser.nextobject()
                if isinstance(found, PDFStream):
                    self._take_stream(number, found)
                elif isinstance(found, dict) and found.get("Type") is LIT("Catalog"):
                    self.trailer.setdefault("Root", PDFObjRef(parser.doc, number))
            except (PDFException, PSException, ValueError, TypeError, AttributeError):
                continue  # one broken object; the others may do

    def _take_stream(self, number: int, stream: PDFStream) -> None:
        if stream.get("Type") is LIT("XRef"):
            for key in ("Root", "Encrypt", "ID", "Info"):
                if key in stream:
                    self.trailer[key] = stream[key]
        elif stream.get("Type") is LIT("ObjStm"):
            header = PDFStreamParser(stream.get_data())
            for index in range(min(int(stream["N"]), MAX_OBJECTS)):
                _, packed = header.nextobject()
                header.nextobject()
                if isinstance(packed, int):
                    self.offsets.setdefault(packed, (number, index, 0))


class RecoveredDocument(PDFDocument):
    """A document read by its objects; raises what PDFDocument raises."""

    def find_xref(self, parser: PDFParser) -> int:
        return 0

    def read_xref_from(self, parser: PDFParser, start: int, xrefs: list[PDFBaseXRef]) -> None:
        parser.fallback = True  # stream lengths may be wrong as well
        xref = RecoveredXRef()
        xref.load(parser)
        xrefs.append(xref)


def _marks(file: BinaryIO) -> list[tuple[int, int | None]]:
    """(position, object number) of every object in the file, (position, None) of every trailer."""
    marks: list[tuple[int, int | None]] = []
    base, tail = 0, b""
    file.seek(0)
    while chunk := file.read(CHUNK):
        data = tail + chunk
        last = len(data) - OVERLAP if len(chunk) == CHUNK else len(data)
        for match in MARK.finditer(data):
            if match.start() >= last:
                break
            marks.append((base + match.start(), int(match[1]) if match[1] else None))
            if len(marks) >= MAX_OBJECTS:
                return marks
        tail = data[max(last, 0) :]
        base += len(data) - len(tail)
    return marks
