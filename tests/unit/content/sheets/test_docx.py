"""Word documents: all that a reader sees is read, and nothing that a hostile one claims is believed."""

from __future__ import annotations

import io
import time
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.sheets import UploadError
from content.sheets.docx import MAX_CELLS, MAX_COLUMNS, of_document
from content.sheets.errors import Fault
from content.sheets.pieces import Place, Unit
from tests.integration.search.checking import files
from tests.unit.content.sheets.test_sheets import BOMB, changed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def word(body: str, space: str = W, part: str = "word/document.xml", root: str = "document") -> bytes:
    """The document of a real one with another body."""
    made = io.BytesIO()
    docx.Document().save(made)
    names = (
        f'xmlns:w="{space}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    inner = f"<w:body>{body}</w:body>" if root == "document" else body
    return changed(made.getvalue(), part, lambda _old: f"<w:{root} {names}>{inner}</w:{root}>".encode())


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def read(data: bytes) -> list[tuple[str, str, str]]:
    """Text, place and where that is, of each piece."""
    return [(piece.text, piece.place.at, piece.place.within) for piece in of_document(data)]


def refused(data: bytes) -> Fault:
    with pytest.raises(UploadError) as caught:
        list(of_document(data))
    return caught.value.fault


def test_a_document_that_a_library_wrote() -> None:
    assert [(piece.text, piece.place) for piece in of_document(files.document())] == [
        ("检测依据 GB/T 1.1-2009", Place(Unit.PARAGRAPH, "1")),
        ("Tested to ISO 9001:2008.", Place(Unit.PARAGRAPH, "3")),
        ("标准编号", Place(Unit.TABLE, "A1", "1")),
        ("标准名称", Place(Unit.TABLE, "B1", "1")),
        ("ISO 9001:2015", Place(Unit.TABLE, "A2", "1")),
        ("Food microbiology of meat", Place(Unit.TABLE, "B2", "1")),
        ("ISO 9000:2015", Place(Unit.PARAGRAPH, "0")),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:sdt><w:sdtContent>{paragraph('ISO 1')}</w:sdtContent></w:sdt>", "ISO 1"),
        ("<w:p><w:ins><w:r><w:t>ISO 1</w:t></w:r></w:ins></w:p>", "ISO 1"),
        ("<w:p><w:hyperlink><w:r><w:t>ISO 1</w:t></w:r></w:hyperlink></w:p>", "ISO 1"),
        ("<w:p><w:r><w:t>GB/T 1</w:t><w:noBreakHyphen/><w:t>2020</w:t></w:r></w:p>", "GB/T 1-2020"),
        ("<w:p><w:r><w:t>ISO</w:t></w:r><w:r><w:t> 1</w:t><w:tab/><w:t>x</w:t></w:r></w:p>", "ISO 1\tx"),
        ("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>ISO 1</w:t></w:r></w:p>", "ISO 1"),
        ("<w:p><w:del><w:r><w:delText>ISO 2</w:delText></w:r></w:del><w:r><w:t>ISO 1</w:t></w:r></w:p>", "ISO 1"),
        ("<w:p><w:moveFrom><w:r><w:t>ISO 2</w:t></w:r></w:moveFrom><w:r><w:t>ISO 1</w:t></w:r></w:p>", "ISO 1"),
        ("<w:p><w:r><w:instrText>ISO 2</w:instrText><w:t>ISO 1</w:t></w:r></w:p>", "ISO 1"),
    ],
)
def test_what_a_paragraph_shows(body: str, text: str) -> None:
    assert read(word(body)) == [(text, "1", "")]
    assert read(word(body, STRICT)) == [(text, "1", "")]


def test_a_text_box_is_read_once_in_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('ISO 2')}</w:txbxContent>"
    twice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = paragraph("ISO 1") + f"<w:p><w:r>{twice}<w:t>ISO 3</w:t></w:r></w:p>" + paragraph("ISO 4")
    assert read(word(body)) == [("ISO 1", "1", ""), ("ISO 2", "2", ""), ("ISO 3", "2", ""), ("ISO 4", "3", "")]


def test_spans_and_nested_tables() -> None:
    inner = table(cell(paragraph("ISO 2")))
    rows = (
        cell(paragraph("ISO 1"), "<w:gridSpan w:val='2'/>") + cell(inner + paragraph("ISO 3")),
        "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + cell(paragraph("ISO 4")),
    )
    body = table(*rows) + paragraph("ISO 5") + table(cell(paragraph("ISO 6")))
    assert read(word(body)) == [
        ("ISO 1", "A1", "1"),
        ("ISO 2\nISO 3", "C1", "1"),
        ("ISO 4", "B2", "1"),
        ("ISO 5", "1", ""),
        ("ISO 6", "A1", "2"),
    ]


def test_notes_have_their_number() -> None:
    notes = (
        f"<w:footnote w:type='separator'>{paragraph('–')}</w:footnote>"
        f"<w:footnote w:id='1'>{paragraph('x')}</w:footnote><w:footnote w:id='2'>{paragraph('ISO 1')}</w:footnote>"
    )
    pieces = list(of_document(word(notes, part="word/footnotes.xml", root="footnotes")))
    assert [(piece.text, piece.place) for piece in pieces][1:] == [
        ("x", Place(Unit.NOTE, "1")),
        ("ISO 1", Place(Unit.NOTE, "2")),
    ]


@pytest.mark.parametrize("value", ["100000000", "9" * 30, "-5", "x", "", "²"])
def test_a_span_is_believed_as_far_as_it_can_be(value: str) -> None:
    row = cell(paragraph("ISO 1"), f"<w:gridSpan w:val='{value}'/>") + cell(paragraph("ISO 2"))
    (first, second) = read(word(table(row)))
    assert first == ("ISO 1", "A1", "1")
    assert second[1] in ("B1", "BL1"), MAX_COLUMNS


def test_a_column_merged_over_thousands_of_rows() -> None:
    merged = "<w:vMerge/>"
    rows = [cell(paragraph("ISO 1"), "<w:vMerge w:val='restart'/>"), *[cell("<w:p/>", merged)] * 5_000]
    begun = time.perf_counter()
    assert read(word(table(*rows))) == [("ISO 1", "A1", "1")]
    assert time.perf_counter() - begun < 5


def test_more_cells_than_are_read() -> None:
    wide = cell("", f"<w:gridSpan w:val='{MAX_COLUMNS}'/>")
    assert refused(word(table(*[wide] * (MAX_CELLS // MAX_COLUMNS + 1)))) == Fault.TOO_MANY_ROWS


def test_a_document_type_far_into_the_part() -> None:
    late = changed(word(""), "word/document.xml", lambda old: b"<!--" + b"x" * 2_000_000 + b"-->" + BOMB + old)
    assert refused(late) == Fault.BOMB


@pytest.mark.parametrize("body", ["<w:p>", "&x;", "\x00", "</w:body>", "<w:tc><w:p/></w:tc></w:tbl>"])
def test_xml_that_is_none(body: str) -> None:
    assert refused(word(body)) == Fault.DAMAGED


def test_cells_without_tables_and_rows() -> None:
    assert read(word(f"<w:tc>{paragraph('ISO 1')}</w:tc><w:tbl><w:tc>{paragraph('ISO 2')}</w:tc></w:tbl>")) == [
        ("ISO 1", "1", ""),
        ("ISO 2", "A1", "1"),
    ]


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=8))
def test_a_damaged_document_is_read_or_refused(at: int, noise: bytes) -> None:
    data = bytearray(DOCUMENT)
    at %= len(data)
    data[at : at + len(noise)] = noise
    try:
        list(of_document(bytes(data)))
    except UploadError as error:
        assert error.fault in set(Fault)


_TAGS = st.sampled_from(["p", "r", "t", "tbl", "tr", "tc", "sdt", "footnote", "moveFrom", "tabs", "txbxContent"])
_NESTED = st.recursive(
    st.text("ISO 901", max_size=8),
    lambda inner: st.builds(
        lambda tag, parts: f"<w:{tag}>{''.join(parts)}</w:{tag}>", _TAGS, st.lists(inner, max_size=4)
    ),
    max_leaves=25,
)


@given(_NESTED)
def test_elements_in_any_order(body: str) -> None:
    assert all(text.strip() for text, _at, _within in read(word(body)))


def test_an_archive_without_a_document_has_no_text() -> None:
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert read(empty.getvalue()) == []


DOCUMENT = files.document()
