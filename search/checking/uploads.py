"""Files that people hand in, as pieces of text: told apart by what is in them, never by their name.

PDF files are read by whoever the portal says (``PDF``): the reader lives with the crawlers, which this package does not
know.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from content.sheets import UploadError, read_table_file
from content.sheets.archives import kind
from content.sheets.errors import Fault
from content.sheets.reading import decoded, read_xlsx
from search.checking.pieces import Piece, Place, Unit, of_table, of_text

MAX_BYTES = 20 * 1024 * 1024
"""Of a file; a test report with its pictures has 5 MB."""

PdfReader = Callable[[bytes], Iterable[tuple[int, str]]]
"""Pages of a PDF file as (number, text). Raises UploadError."""
_pdf: list[PdfReader] = []


def read_pdf_with(reader: PdfReader) -> None:
    """Say who reads PDF files."""
    _pdf[:] = [reader]


def pieces_of(data: bytes, name: str) -> list[Piece]:
    """The text of a file: PDF, DOCX, XLSX, CSV or plain. Raises UploadError."""
    if len(data) > MAX_BYTES:
        raise UploadError(Fault.TOO_LARGE)
    if not data.strip():
        raise UploadError(Fault.EMPTY)
    if b"%PDF-" in data[:1024]:
        if not _pdf:
            raise UploadError(Fault.UNKNOWN_TYPE, "no reader of PDF files")
        return [Piece(text, Place(Unit.PAGE, str(number))) for number, text in _pdf[0](data)]
    match kind(data):
        case "docx":
            return list(of_document(data))
        case "xlsx":
            return [piece for table in read_xlsx(data) for piece in of_table(table.rows, table.name)]
    if name.lower().endswith((".csv", ".tsv")):
        return [piece for table in read_table_file(data) for piece in of_table(table.rows, table.name)]
    return list(of_text(decoded(data)))


def of_document(data: bytes) -> Iterator[Piece]:
    """A DOCX file in the order of its body, then headers and footers. Raises UploadError."""
    try:
        yield from _document(docx.Document(io.BytesIO(data)))
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        LxmlError,
        KeyError,
        ValueError,
        AttributeError,
        OSError,
    ) as error:
        raise UploadError(Fault.DAMAGED, f"{type(error).__name__}: {error}"[:200]) from error


def _document(document: Document) -> Iterator[Piece]:
    paragraphs = tables = 0
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            paragraphs += 1
            if block.text.strip():
                yield Piece(block.text, Place(Unit.PARAGRAPH, str(paragraphs)))
        else:
            tables += 1
            yield from of_table(_cells(block), str(tables), unit=Unit.TABLE)
    for section in document.sections:
        for part in (section.header, section.footer):
            for paragraph in part.paragraphs:
                if paragraph.text.strip():
                    yield Piece(paragraph.text, Place(Unit.PARAGRAPH, "0"))


def _cells(table: Table) -> list[list[str]]:
    """Texts by row; a cell that spans several is there once, the others are empty."""
    seen: set[object] = set()
    rows: list[list[str]] = []
    for row in table.rows:
        texts = []
        for cell in row.cells:
            texts.append("" if cell._tc in seen else cell.text)
            seen.add(cell._tc)
        rows.append(texts)
    return rows
