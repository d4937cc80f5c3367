"""A tiny writer of PDF files for tests: as well-formed, broken or hostile as asked."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

A4 = (595, 842)
Placed = tuple[float, float, str]
"""x, y of the baseline, text."""


class PdfFile:
    """Objects in order of their numbers; `bytes()` adds the cross-reference table."""

    def __init__(self) -> None:
        self.objects: dict[int, bytes] = {1: b"", 2: b""}
        self.pages: list[int] = []
        self.catalog_extra = b""
        self.trailer_extra = b""

    def add(self, body: bytes) -> int:
        number = len(self.objects) + 1
        self.objects[number] = body
        return number

    def stream(self, data: bytes, attributes: bytes = b"", *, compress: bool = True) -> int:
        if compress:
            data, attributes = zlib.compress(data), attributes + b" /Filter /FlateDecode"
        return self.add(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), attributes, data))

    def latin_font(self, name: str = "Helvetica") -> int:
        return self.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name.encode())

    def cid_font(self, encoding: str, ordering: str = "GB1", to_unicode: int | None = None) -> int:
        """A font that is not embedded and, unless given, has no ToUnicode map."""
        descriptor = self.add(
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] >>"
        )
        system = b"<< /Registry (Adobe) /Ordering (%s) /Supplement 0 >>" % ordering.encode()
        descendant = self.add(
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo %s /FontDescriptor %d 0 R"
            b" /DW 1000 >>" % (system, descriptor)
        )
        mapped = b" /ToUnicode %d 0 R" % to_unicode if to_unicode else b""
        return self.add(
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /%s /DescendantFonts [%d 0 R]%s >>"
            % (encoding.encode(), descendant, mapped)
        )

    def page(self, content: bytes, resources: bytes = b"", attributes: bytes = b"") -> int:
        contents = self.stream(content)
        box = b"" if b"/MediaBox" in attributes else b"/MediaBox [0 0 595 842]"
        number = self.add(
            b"<< /Type /Page /Parent 2 0 R %s /Resources << %s >> /Contents %d 0 R %s >>"
            % (box, resources, contents, attributes)
        )
        self.pages.append(number)
        return number

    def __bytes__(self) -> bytes:
        kids = b" ".join(b"%d 0 R" % number for number in self.pages)
        if not self.objects[2]:
            self.objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self.pages), kids)
        self.objects[1] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % self.catalog_extra
        out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number, body in self.objects.items():
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(offsets) + 1, self.trailer_extra)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def show(placed: Sequence[Placed], size: float = 10, encoding: str = "cp1252", font: str = "F1") -> bytes:
    """A content stream that shows texts at their places."""
    parts = [f"BT /{font} {size:g} Tf".encode()]
    for x, y, text in placed:
        parts.append(b"1 0 0 1 %g %g Tm <%s> Tj" % (x, y, text.encode(encoding).hex().encode()))
    return b"\n".join([*parts, b"ET"])


def text_file(*pages: Sequence[Placed], size: float = 10) -> bytes:
    """A file of pages of Latin text."""
    pdf = PdfFile()
    fonts = b"/Font << /F1 %d 0 R >>" % pdf.latin_font()
    for page in pages:
        pdf.page(show(page, size), fonts)
    return bytes(pdf)


def paragraph(x: float, top: float, lines: Sequence[str], leading: float = 12) -> list[Placed]:
    return [(x, top - leading * index, line) for index, line in enumerate(lines)]


def long_file(pages: int, lines: int = 12) -> bytes:
    """Many pages, each with its own content, a running header and a page number."""
    pdf = PdfFile()
    fonts = b"/Font << /F1 %d 0 R >>" % pdf.latin_font()
    for number in range(1, pages + 1):
        body = [f"Clause {number}.{line} requires that part {line} withstands {number} N" for line in range(lines)]
        placed = [(72, 800, "GB/T 12345-2020"), *paragraph(72, 700, body), (290, 40, str(number))]
        pdf.page(show(placed), fonts)
    return bytes(pdf)
