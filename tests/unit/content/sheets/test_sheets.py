"""Tables that come in are read whatever program wrote them; hostile ones are refused; what goes out runs nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.sheets import Sheet, UploadError, read_table_file, workbook
from content.sheets.archives import MAX_ENTRIES, MAX_XML, kind
from content.sheets.errors import Fault
from content.sheets.reading import MAX_CELL, MAX_CELLS, MAX_TEXT

BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


def xlsx(*rows: list[object], title: str = "Sheet") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one part changed, or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        names = source.namelist()
        for name in names:
            copy.writestr(name, change(source.read(name)) if name == part else source.read(name))
        if part not in names:
            copy.writestr(part, change(b""))
    return target.getvalue()


def refused(data: bytes) -> Fault:
    with pytest.raises(UploadError) as caught:
        read_table_file(data)
    return caught.value.fault


class TestReading:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    def test_csv_of_any_program(self, encoding: str, separator: str) -> None:
        text = (
            separator.join(["名称", "编号"])
            + "\r\n"
            + separator.join(["水, 质" if separator != "," else "水质", "GB 1"])
        )
        (table,) = read_table_file(text.encode(encoding))
        assert table.rows == [["名称", "编号"], ["水, 质" if separator != "," else "水质", "GB 1"]]

    def test_cells_read_as_they_are_shown(self) -> None:
        data = xlsx(["a", 3, 3.0, 2.5, True, None, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4)], title="数据")
        (table,) = read_table_file(data)
        assert table.name == "数据"
        assert table.rows == [["a", "3", "3", "2.5", "TRUE", "", "2026-01-02", "2026-01-02 03:04:00"]]

    def test_rows_keep_their_numbers(self) -> None:
        (table,) = read_table_file(xlsx(["a"], [], [None, "b"], [None]))
        assert table.rows == [["a"], [], ["", "b"]]

    def test_hidden_sheets_are_left_out(self) -> None:
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        page.append(["seen"])
        hidden = book.create_sheet("hidden")
        hidden.append(["unseen"])
        hidden.sheet_state = "hidden"
        target = io.BytesIO()
        book.save(target)
        assert [table.rows for table in read_table_file(target.getvalue())] == [[["seen"]]]


class TestRefusals:
    def test_empty(self) -> None:
        assert refused(b"  \n") == Fault.EMPTY
        assert refused(xlsx()) == Fault.EMPTY

    @pytest.mark.parametrize(
        "data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\x7fELF\x02\x01\x01\x00", b"\xff\xff\xfe\x81\xff\x00"]
    )
    def test_what_is_no_table(self, data: bytes) -> None:
        assert refused(data) == Fault.UNKNOWN_TYPE

    def test_an_archive_of_something_else(self) -> None:
        assert refused(changed(zip_of({"a.txt": b"a"}), "b.txt", lambda _old: b"b")) == Fault.UNKNOWN_TYPE

    def test_behind_a_password(self) -> None:
        assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == Fault.PROTECTED

    def test_cut_off(self) -> None:
        assert refused(xlsx(["a"])[:-200]) == Fault.DAMAGED

    @pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
    def test_declared_entities(self, part: str) -> None:
        assert refused(changed(xlsx(["a"]), part, lambda old: BOMB + old)) == Fault.BOMB

    def test_declared_entities_in_another_encoding(self) -> None:
        def wide(old: bytes) -> bytes:
            return (BOMB + old).decode().encode("utf-16")

        assert refused(changed(xlsx(["a"]), "xl/workbook.xml", wide)) == Fault.BOMB

    def test_what_would_unpack_to_gigabytes(self) -> None:
        assert refused(changed(xlsx(["a"]), "xl/media/x.xml", lambda _old: bytes(60_000_000))) == Fault.BOMB

    def test_thousands_of_parts(self) -> None:
        assert refused(zip_of({f"{at}.xml": b"" for at in range(MAX_ENTRIES + 1)})) == Fault.BOMB

    def test_more_rows_than_are_read(self) -> None:
        assert refused(b"a\n" * 20_001) == Fault.TOO_MANY_ROWS

    def test_more_cells_than_are_read(self) -> None:
        assert (
            refused(b"1" + b",1" * 99 + b"\n" + (b"1" + b",1" * 99 + b"\n") * (MAX_CELLS // 100)) == Fault.TOO_MANY_ROWS
        )

    def test_a_long_text_shared_by_all_cells(self) -> None:
        space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        rows = (b"<row>" + b'<c t="s"><v>0</v></c>' * 10 + b"</row>") * (MAX_TEXT // MAX_CELL // 10 + 1)
        kept = (
            b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            b'spreadsheetml.sharedStrings+xml"/></Types>'
        )
        data = xlsx(["a"])
        for part, change in (
            ("xl/worksheets/sheet1.xml", b"<worksheet %b><sheetData>%b</sheetData></worksheet>" % (space, rows)),
            ("xl/sharedStrings.xml", b"<sst %b><si><t>%b</t></si></sst>" % (space, b"x" * 30_000)),
        ):
            data = changed(data, part, lambda _old, change=change: change)  # type: ignore[misc]
        data = changed(data, "[Content_Types].xml", lambda old: old.replace(b"</Types>", kept))
        assert len(data) < 50_000
        assert refused(data) == Fault.TOO_MANY_ROWS

    def test_more_xml_than_is_read(self) -> None:
        noise = "".join(f"<!--{number * 7919 % 1_000_003:x}-->" for number in range(100_000)).encode()
        parts = {f"xl/worksheets/x{at}.xml": noise for at in range(MAX_XML // len(noise) + 1)}
        assert refused(zip_of({"xl/workbook.xml": b"", **parts})) == Fault.BOMB

    def test_a_document_whose_part_is_numbered(self) -> None:
        assert kind(zip_of({"word/document2.xml": b"<x/>"})) == "docx"

    @given(st.binary(max_size=300))
    def test_any_bytes_are_read_or_refused(self, data: bytes) -> None:
        try:
            tables = read_table_file(data)
        except UploadError:
            return
        assert all(isinstance(cell, str) for table in tables for row in table.rows for cell in row)

    @given(st.integers(min_value=0), st.binary(min_size=1, max_size=8))
    def test_a_damaged_workbook_is_read_or_refused(self, at: int, noise: bytes) -> None:
        data = bytearray(xlsx(["a", 1], ["b", 2]))
        at %= len(data)
        data[at : at + len(noise)] = noise
        try:
            read_table_file(bytes(data))
        except UploadError as error:
            assert error.fault in set(Fault)


class TestWriting:
    @given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
    def test_what_is_written_can_be_read(self, texts: list[str]) -> None:
        book = openpyxl.load_workbook(io.BytesIO(workbook([Sheet("a/b", ["x"] * len(texts), [texts])])))
        page = book.active
        assert page is not None
        assert all(cell.data_type != "f" for cell in page[2])
        assert not any(str(cell.value or "").startswith(("=", "+", "-", "@")) for cell in page[2])

    @pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
    def test_a_formula_becomes_a_text(self, text: str) -> None:
        (table,) = read_table_file(workbook([Sheet("s", ["x"], [[text]])]))
        assert table.rows[1][0].startswith("'")

    def test_numbers_stay_numbers(self) -> None:
        page = openpyxl.load_workbook(io.BytesIO(workbook([Sheet("s", ["x"], [[-3]])]))).active
        assert page is not None
        assert page["A2"].value == -3


def zip_of(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return target.getvalue()
