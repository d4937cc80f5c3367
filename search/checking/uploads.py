"""Files that people hand in, as pieces of text: told apart by what is in them, never by their name.

PDF files are read by whoever the portal says (``PDF``): the reader lives with the crawlers, which this package does not
know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from content.sheets import UploadError, read_table_file
from content.sheets.archives import kind
from content.sheets.docx import of_document
from content.sheets.errors import Fault
from content.sheets.pieces import Piece, Place, Unit, of_table, of_text
from content.sheets.reading import decoded, read_xlsx

MAX_BYTES = 20 * 1024 * 1024
"""Of a file; a test report with its pictures has 5 MB."""

PdfReader = Callable[[bytes], Iterable[tuple[int, str]]]
"""Pages of a PDF file as (number, text). Raises UploadError."""
_pdf: list[PdfReader] = []


def read_pdf_with(reader: PdfReader) -> None:
    """Say who reads PDF files."""
    _pdf[:] = [reader]


def work(head: bytes) -> str:
    """Which kind of work a file is that begins so (``content.turns``): a PDF file may keep a process of its own busy
    for a minute, and nobody with a table should wait for that."""
    return "pdf" if b"%PDF-" in head[:1024] else "tables"


def pieces_of(data: bytes, name: str) -> Iterator[Piece]:
    """The text of a file: PDF, DOCX, XLSX, CSV or plain. Raises UploadError, also while it is iterated."""
    if len(data) > MAX_BYTES:
        raise UploadError(Fault.TOO_LARGE)
    if not data.strip():
        raise UploadError(Fault.EMPTY)
    if work(data) == "pdf":
        if not _pdf:
            raise UploadError(Fault.UNKNOWN_TYPE, "no reader of PDF files")
        return (Piece(text, Place(Unit.PAGE, str(number))) for number, text in _pdf[0](data))
    match kind(data):
        case "docx":
            return of_document(data)
        case "xlsx":
            return (piece for table in read_xlsx(data) for piece in of_table(table.rows, table.name))
    if name.lower().endswith((".csv", ".tsv")):
        return (piece for table in read_table_file(data) for piece in of_table(table.rows, table.name))
    return of_text(decoded(data))
