"""The reader in this process: what well-made and odd files come out as. Limits and crashes are tested with a child."""

from __future__ import annotations

from hashlib import md5
from pathlib import Path

import pytest
from pdfminer.arcfour import Arcfour
from pdfminer.pdfdocument import PDFStandardSecurityHandler

from crawlers.pdf.assemble import assemble
from crawlers.pdf.reader import read
from crawlers.pdf.records import Limits, Page, Problem, Role
from crawlers.pdf.wire import Finish, RawPage
from tests.unit.crawlers.pdf.pdf_files import A4, PdfFile, long_file, paragraph, show, text_file

LIMITS = Limits()
LEFT = [
    "Water is taken from the river",
    "at two places above the weir",
    "and pumped to the reservoir",
    "where it rests for four days",
    "before it reaches the filters",
]
RIGHT = [
    "Air is blown through the sand",
    "from below twice in a week so",
    "that the grains move and the",
    "dirt between them comes loose",
    "and leaves with rinsing water",
]
TURNS = {0: b"1 0 0 1 100 700", 90: b"0 1 -1 0 100 100", 180: b"-1 0 0 -1 400 100", 270: b"0 -1 1 0 100 700"}
"""Text matrices of text that stands upright on a page turned so far."""


def extract(folder: Path, data: bytes, limits: Limits = LIMITS) -> tuple[list[Page], Finish]:
    path = folder / "file.pdf"
    path.write_bytes(data)
    items = list(read(path, limits))
    finish = items.pop()
    assert isinstance(finish, Finish)
    return list(assemble(item for item in items if isinstance(item, RawPage))), finish


def only_page(folder: Path, data: bytes) -> Page:
    (page,), finish = extract(folder, data)
    assert finish.problems == ()
    return page


def test_a_page_has_its_size_text_and_language(tmp_path: Path) -> None:
    page = only_page(tmp_path, text_file(paragraph(72, 700, ["This is the scope of", "the standard."])))
    assert (page.number, page.width, page.height, page.rotation) == (1, *A4, 0)
    assert page.text == "This is the scope of the standard."
    assert page.language == "en"
    assert not page.scanned
    assert page.unreadable == 0


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    title = (72.0, 760.0, "A title which is set across both of the columns of the page, as titles are in journals")
    placed = [title, *paragraph(72, 700, LEFT * 3), *paragraph(320, 700, RIGHT * 3)]
    text = only_page(tmp_path, text_file(placed)).text
    assert text.startswith(title[2])
    assert text.replace("\n", " ").endswith(" ".join(RIGHT * 3))
    assert " ".join(LEFT * 3) in text.replace("\n", " ")


def test_a_table_is_read_in_rows(tmp_path: Path) -> None:
    rows = [("Size", "Force", "Time"), ("M6", "120", "30"), ("M8", "240", "45"), ("M10", "480", "60")]
    placed = [(100 + 120 * x, 700 - 16 * y, cell) for y, row in enumerate(rows) for x, cell in enumerate(row)]
    page = only_page(tmp_path, text_file(placed))
    assert page.text == "\n".join("\t".join(row) for row in rows)
    assert [block.role for block in page.blocks] == [Role.TABLE]


def test_text_drawn_over_itself_in_one_string_is_taken_once(tmp_path: Path) -> None:
    pdf = PdfFile()
    content = b"BT /F1 10 Tf 72 700 Td [(27) 1102 (27) 1092 (27)] TJ ET"  # two figures are 1.112 em wide
    pdf.page(content, b"/Font << /F1 %d 0 R >>" % pdf.latin_font())
    assert only_page(tmp_path, bytes(pdf)).text == "27"


def test_spaces_made_by_moving_the_pen(tmp_path: Path) -> None:
    pdf = PdfFile()
    content = b"BT /F1 10 Tf 72 700 Td [(qua) 20 (lity) -300 (management)] TJ ET"
    pdf.page(content, b"/Font << /F1 %d 0 R >>" % pdf.latin_font())
    assert only_page(tmp_path, bytes(pdf)).text == "quality management"


@pytest.mark.parametrize("encoding", ["GBK-EUC-H", "GB-EUC-H", "GBKp-EUC-H"])
def test_gbk_font_without_embedding_and_without_tounicode(tmp_path: Path, encoding: str) -> None:
    pdf = PdfFile()
    font = b"/Font << /F1 %d 0 R >>" % pdf.cid_font(encoding)
    pdf.page(show([(72, 700, "质量管理体系要求")], encoding="gbk"), font)
    page = only_page(tmp_path, bytes(pdf))
    assert page.text == "质量管理体系要求"
    assert page.language == "zh"


@pytest.mark.parametrize("encoding", ["UniGB-UCS2-H", "UniGB-UTF16-H"])
def test_unicode_cmap_of_a_chinese_font(tmp_path: Path, encoding: str) -> None:
    pdf = PdfFile()
    font = b"/Font << /F1 %d 0 R >>" % pdf.cid_font(encoding)
    pdf.page(show([(72, 700, "标准化工作导则")], encoding="utf-16be"), font)
    assert only_page(tmp_path, bytes(pdf)).text == "标准化工作导则"


def test_tounicode_is_keyed_by_code_so_a_predefined_cmap_goes_before_it(tmp_path: Path) -> None:
    pdf = PdfFile()
    wrong = pdf.stream(b"1 beginbfrange\n<0000> <ffff> <0041>\nendbfrange")
    font = b"/Font << /F1 %d 0 R >>" % pdf.cid_font("GBK-EUC-H", to_unicode=wrong)
    pdf.page(show([(72, 700, "标准")], encoding="gbk"), font)
    assert only_page(tmp_path, bytes(pdf)).text == "标准"


def test_vertical_chinese_is_read_top_down_and_right_to_left(tmp_path: Path) -> None:
    pdf = PdfFile()
    placed = [(300.0, 700.0, "天地玄黄宇宙洪荒"), (280.0, 700.0, "日月盈昃辰宿列张")]
    pdf.page(show(placed, encoding="gbk"), b"/Font << /F1 %d 0 R >>" % pdf.cid_font("GBK-EUC-V"))
    assert only_page(tmp_path, bytes(pdf)).text.replace("\n", "") == "天地玄黄宇宙洪荒日月盈昃辰宿列张"


def test_gbk_codes_in_a_font_that_says_it_is_latin(tmp_path: Path) -> None:
    text = "中华人民共和国国家标准质量管理体系"
    page = only_page(tmp_path, text_file([(72, 700, text.encode("gbk").decode("latin-1"))]))
    assert page.text == text
    assert page.language == "zh"


def test_accented_text_is_left_alone(tmp_path: Path) -> None:
    text = "La présente norme a été élaborée à Genève où siège l’organisation"
    assert only_page(tmp_path, text_file([(72, 700, text)])).text == text


def test_glyphs_without_characters_are_counted_and_dropped(tmp_path: Path) -> None:
    pdf = PdfFile()
    unknown, known = pdf.cid_font("Identity-H", "Identity"), pdf.latin_font()
    marks = show([(72, 700 - 4 * row, "".join(map(chr, range(1000, 1100)))) for row in range(150)], 4, "utf-16be")
    pdf.page(marks + show([(72, 800, "ISO 1234")], font="F2"), b"/Font << /F1 %d 0 R /F2 %d 0 R >>" % (unknown, known))
    page = only_page(tmp_path, bytes(pdf))
    assert page.text == "ISO 1234"
    assert page.unreadable > 0.99
    assert page.needs_ocr


def test_text_drawn_twice_for_boldness_is_taken_once(tmp_path: Path) -> None:
    twice = [(72.0, 700.0, "Annual report"), (72.3, 700.0, "Annual report"), (72.0, 700.2, "Annual")]
    assert only_page(tmp_path, text_file([*twice, (72.0, 660.0, "2011")])).text == "Annual report\n2011"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_pages(tmp_path: Path, rotation: int) -> None:
    pdf = PdfFile()
    content = b"BT /F1 10 Tf %s Tm (First line) Tj 0 -14 Td (second) Tj ET" % TURNS[rotation]
    pdf.page(content, b"/Font << /F1 %d 0 R >>" % pdf.latin_font(), b"/Rotate %d" % rotation)
    page = only_page(tmp_path, bytes(pdf))
    assert (page.rotation, page.width, page.height) == (rotation, *(A4 if rotation in (0, 180) else A4[::-1]))
    assert page.text == "First line second"
    box = page.blocks[0]
    assert 0 <= box.x0 < box.x1 <= page.width
    assert 0 <= box.y0 < box.y1 <= page.height


def test_sideways_text_comes_after_the_text_of_the_page(tmp_path: Path) -> None:
    pdf = PdfFile()
    content = show(paragraph(100, 700, LEFT)) + b" BT /F1 8 Tf 0 1 -1 0 30 300 Tm (Licensed to a library) Tj ET"
    pdf.page(content, b"/Font << /F1 %d 0 R >>" % pdf.latin_font())
    assert only_page(tmp_path, bytes(pdf)).text.split("\n")[-1] == "Licensed to a library"


def test_slanted_watermark_is_not_text(tmp_path: Path) -> None:
    pdf = PdfFile()
    content = show(paragraph(100, 700, LEFT)) + b" BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 200 Tm (SAMPLE COPY) Tj ET"
    pdf.page(content, b"/Font << /F1 %d 0 R >>" % pdf.latin_font())
    assert "SAMPLE" not in only_page(tmp_path, bytes(pdf)).text


def test_text_outside_of_the_crop_box_is_not_on_the_page(tmp_path: Path) -> None:
    pdf = PdfFile()
    content = show([(150, 500, "seen"), (20, 820, "printer's mark")])
    pdf.page(content, b"/Font << /F1 %d 0 R >>" % pdf.latin_font(), b"/CropBox [100 100 495 742]")
    page = only_page(tmp_path, bytes(pdf))
    assert page.text == "seen"
    assert (page.width, page.height) == (395, 642)
    assert page.blocks[0].x0 == pytest.approx(50)


def test_images_without_text_are_a_scan(tmp_path: Path) -> None:
    pdf = PdfFile()
    grey = b"/Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    image = pdf.stream(b"\0", b"/Type /XObject /Subtype /Image " + grey)
    resources = b"/Font << /F1 %d 0 R >> /XObject << /I %d 0 R >>" % (pdf.latin_font(), image)
    pdf.page(b"q 595 0 0 842 0 0 cm /I Do Q " + show([(290, 30, "7")]), resources)
    pdf.page(b"q 100 0 0 100 0 0 cm /I Do Q " + show(paragraph(72, 700, LEFT)), resources)
    first, second = extract(tmp_path, bytes(pdf))[0]
    assert (first.scanned, first.needs_ocr) == (True, True)
    assert (second.scanned, second.needs_ocr) == (False, False)


def test_running_lines_are_blocks_but_not_text(tmp_path: Path) -> None:
    for page in extract(tmp_path, long_file(5))[0]:
        assert "GB/T 12345" not in page.text
        assert page.text.startswith(f"Clause {page.number}.0")
        roles = {block.role: block.text for block in page.blocks}
        assert roles[Role.HEADER] == "GB/T 12345-2020"
        assert roles[Role.FOOTER] == str(page.number)


def test_leaders_of_a_table_of_contents_are_dropped(tmp_path: Path) -> None:
    lines = [f"{n} Clause {n} {'.' * (60 - n)} {n * 3}" for n in range(1, 8)]
    text = only_page(tmp_path, text_file(paragraph(72, 700, lines))).text
    assert text.split("\n")[0].split() == ["1", "Clause", "1", "3"]
    assert ".." not in text


def test_outline_and_title(tmp_path: Path) -> None:
    pdf = PdfFile()
    fonts = b"/Font << /F1 %d 0 R >>" % pdf.latin_font()
    for number in range(3):
        pdf.page(show([(72, 700, f"page {number}")]), fonts)
    second = pdf.add(b"<< /Title (Terms) /Dest (terms) >>")
    scope = b"FEFF" + "范围".encode("utf-16be").hex().encode()
    child = pdf.add(b"<< /Title <%s> /A << /S /GoTo /D [%d 0 R /Fit] >> >>" % (scope, pdf.pages[1]))
    links = b"/First %d 0 R /Next %d 0 R" % (child, second)
    first = pdf.add(b"<< /Title (General) /Dest [%d 0 R /Fit] %s >>" % (pdf.pages[0], links))
    names = b"/Names << /Dests << /Names [(terms) << /D [%d 0 R /Fit] >>] >> >>" % pdf.pages[2]
    pdf.catalog_extra = b"/Outlines << /First %d 0 R >> %s" % (first, names)
    pdf.trailer_extra = b"/Info %d 0 R" % pdf.add(b"<< /Title (%s) >>" % "标准化导则".encode("gbk"))
    finish = extract(tmp_path, bytes(pdf))[1]
    assert [(e.level, e.title, e.page) for e in finish.outline] == [(1, "General", 1), (2, "范围", 2), (1, "Terms", 3)]
    assert finish.title == "标准化导则"
    assert finish.declared_pages == 3


def test_outline_that_goes_in_circles_ends(tmp_path: Path) -> None:
    pdf = PdfFile()
    pdf.page(b"")
    items = [pdf.add(b"") for _ in range(50)]
    for here, there in zip(items, items[1:] + items[:1], strict=True):
        pdf.objects[here] = b"<< /Title (t) /Next %d 0 R /First %d 0 R >>" % (there, items[0])
    pdf.catalog_extra = b"/Outlines << /First %d 0 R >>" % items[0]
    assert len(extract(tmp_path, bytes(pdf))[1].outline) == 50


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Problem.NOT_A_PDF),
        (b"<!DOCTYPE html><title>403 Forbidden</title>", Problem.NOT_A_PDF),
        (bytes(PdfFile()), Problem.NO_PAGES),
        (b"%PDF-1.4\n" + b"\0" * 10_000, Problem.TRUNCATED),
        (b"%PDF-1.4\n" + b"<<" * 10_000 + b"\nstartxref\n9\n%%EOF", Problem.DAMAGED),
    ],
)
def test_files_without_pages_say_why(tmp_path: Path, data: bytes, code: Problem) -> None:
    pages, finish = extract(tmp_path, data)
    assert pages == []
    assert finish.problems[0].code == code
    assert finish.problems[0].page is None
    assert finish.problems[0].message


def test_a_truncated_file_gives_the_pages_it_has(tmp_path: Path) -> None:
    data = long_file(20)
    pages, finish = extract(tmp_path, data[: len(data) // 2])
    assert [problem.code for problem in finish.problems] == [Problem.TRUNCATED]
    assert 5 <= len(pages) < 20
    assert pages[0].text.startswith("Clause 1.0 requires")


def test_a_wrong_cross_reference_table_is_replaced(tmp_path: Path) -> None:
    pages, finish = extract(tmp_path, b"junk in front of the header\n" * 20 + long_file(4))
    assert len(pages) == 4
    assert [problem.code for problem in finish.problems] == [Problem.DAMAGED]


def test_page_trees_that_loop_or_are_very_deep_end(tmp_path: Path) -> None:
    for loop in (True, False):
        pdf = PdfFile()
        pdf.page(show([(72, 700, "the one page")]), b"/Font << /F1 %d 0 R >>" % pdf.latin_font())
        node = pdf.pages[0]
        for _ in range(3000):
            node = pdf.add(b"<< /Type /Pages /Kids [%d 0 R%s] >>" % (node, b" 2 0 R" if loop else b""))
        pdf.objects[2] = b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % node
        assert only_page(tmp_path, bytes(pdf)).text == "the one page"


def test_a_form_that_draws_itself_ends(tmp_path: Path) -> None:
    pdf = PdfFile()
    fonts = b"/Font << /F1 %d 0 R >>" % pdf.latin_font()
    number = len(pdf.objects) + 1
    attributes = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s /XObject << /X %d 0 R >> >>"
    pdf.stream(show([(72, 700, "drawn")]) + b" /X Do", attributes % (fonts, number))
    pdf.page(b"/X Do", b"/XObject << /X %d 0 R >>" % number)
    assert only_page(tmp_path, bytes(pdf)).text == "drawn"


def test_broken_fonts_and_operators_do_not_end_the_page(tmp_path: Path) -> None:
    pdf = PdfFile()
    broken = pdf.add(b"<< /Type /Font /Subtype /Type0 /DescendantFonts 7 /BaseFont 3 /Encoding [] >>")
    content = b"(x) Tf /F2 10 Tf 1 0 Tm ]] >> (a) (b) Td [] /nothing Do " + show([(72, 700, "still here")])
    pdf.page(content, b"/Font << /F1 %d 0 R /F2 %d 0 R >>" % (pdf.latin_font(), broken))
    assert only_page(tmp_path, bytes(pdf)).text == "still here"


def test_text_of_a_font_that_is_missing_is_unreadable(tmp_path: Path) -> None:
    pdf = PdfFile()
    content = show([(72, 700, "who knows")]) + show([(72, 600, "ISO 1")], font="F2")
    pdf.page(content, b"/Font << /F1 999 0 R /F2 %d 0 R >>" % pdf.latin_font())
    page = only_page(tmp_path, bytes(pdf))
    assert page.text == "ISO 1"
    assert page.unreadable == pytest.approx(9 / 13)


@pytest.mark.parametrize("password", [b"", b"secret"])
def test_encryption(tmp_path: Path, password: bytes) -> None:
    """Nobody needs a password where the user password is empty, as it is in files that only forbid printing."""
    pdf = PdfFile()
    fonts = b"/Font << /F1 %d 0 R >>" % pdf.latin_font()
    owner, identity = bytes(range(32)), b"0123456789abcdef"
    padded = (password + PDFStandardSecurityHandler.PASSWORD_PADDING)[:32]
    key = md5(padded + owner + b"\xfc\xff\xff\xff" + identity, usedforsecurity=False).digest()[:5]
    check = Arcfour(key).encrypt(PDFStandardSecurityHandler.PASSWORD_PADDING)
    number = len(pdf.objects) + 1
    own_key = md5(key + number.to_bytes(3, "little") + b"\0\0", usedforsecurity=False).digest()[:10]
    pdf.stream(Arcfour(own_key).encrypt(show([(72, 700, "secret")])), compress=False)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << %s >> /Contents %d 0 R >>"
    pdf.pages.append(pdf.add(page % (fonts, number)))
    hashes = owner.hex().encode(), check.hex().encode()
    rules = pdf.add(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % hashes)
    pdf.trailer_extra = b"/Encrypt %d 0 R /ID [<%s> <>]" % (rules, identity.hex().encode())
    pages, finish = extract(tmp_path, bytes(pdf))
    if password:
        assert pages == []
        assert [problem.code for problem in finish.problems] == [Problem.ENCRYPTED]
    else:
        assert [page.text for page in pages] == ["secret"]


def test_limits_on_pages_glyphs_and_bytes(tmp_path: Path) -> None:
    data = long_file(10)
    pages, finish = extract(tmp_path, data, Limits(pages=3))
    assert len(pages) == 3
    assert finish.problems[0].code == Problem.TOO_BIG
    pages, finish = extract(tmp_path, data, Limits(page_glyphs=50))
    assert len(pages) == 10
    assert all(page.problem is not None and page.problem.code == Problem.TOO_BIG for page in pages)
    assert pages[3].text.startswith("Clause 4.0")
    assert extract(tmp_path, data, Limits(file_bytes=100))[1].problems[0].code == Problem.TOO_BIG


def test_twenty_thousand_pieces_on_a_page(tmp_path: Path) -> None:
    placed = [(float(i * 37 % 580), float(i * 91 % 830), f"w{i}") for i in range(20_000)]
    page = only_page(tmp_path, text_file(placed, size=3))
    assert sum(len(block.text.split()) for block in page.blocks) > 1_000
    assert "w19999" in page.text
