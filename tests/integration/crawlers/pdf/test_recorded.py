"""Real files: what must hold of every one, and facts of some."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSKeyword

from crawlers.pdf import Document, Extractor, Page, Problem, Role
from crawlers.pdf.content import operations

Read = Callable[[str], tuple[list[Page], Document]]


@pytest.fixture(scope="module")
def folder(recorded: Path) -> Path:
    return recorded / "pdfs"


@pytest.fixture(scope="module")
def index(folder: Path) -> list[dict[str, str]]:
    with (folder / "INDEX.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def read(folder: Path) -> Iterator[Read]:
    """Reads a file once."""
    with Extractor() as extractor:

        @cache
        def read_file(name: str) -> tuple[list[Page], Document]:
            *pages, document = list(extractor.extract(folder / name))
            assert isinstance(document, Document)
            return [page for page in pages if isinstance(page, Page)], document

        yield read_file


def test_every_file_gives_its_pages(index: list[dict[str, str]], read: Read) -> None:
    for row in index:
        pages, document = read(row["name"])
        expected = int(row["pages"])
        assert document.pages == len(pages), row["name"]
        if expected:
            assert len(pages) == expected, row["name"]
        else:
            assert document.problem is not None, row["name"]


def test_what_holds_of_every_page(index: list[dict[str, str]], read: Read) -> None:
    for row in index:
        for number, page in enumerate(read(row["name"])[0], 1):
            where = f"{row['name']} page {number}"
            assert page.number == number, where
            assert page.width > 1, where
            assert page.height > 1, where
            assert "(cid:" not in page.text, where
            assert page.text.replace("\n", "").replace("\t", "").isprintable(), where
            assert 0 <= page.unreadable <= 1, where
            body = [block.text for block in page.blocks if block.role not in {Role.HEADER, Role.FOOTER}]
            assert page.text == "\n".join(body), where
            for block in page.blocks:
                assert block.x0 <= block.x1, where
                assert block.y0 <= block.y1, where
                assert block.text.strip(), where


def test_content_is_split_as_pdfminer_does(folder: Path, index: list[dict[str, str]]) -> None:
    shown = {b"Tj": 1, b"TJ": 1, b"Td": 2, b"TD": 2, b"Tf": 2, b"Tm": 6, b"cm": 6, b"Do": 1}
    compared = 0
    for row in index:
        # Passwords and damage are for other tests.
        if row["pages"] == "0" or row["name"] in {"poppler-90-0-fuzzed.pdf", "bad_malformed.pdf"}:
            continue
        for page in PDFPage.get_pages((folder / row["name"]).open("rb"), maxpages=5):
            for stream in (stream_value(item) for item in page.contents):
                operands: list[Any] = []
                ours = [
                    (name, operands[-shown[name] :])
                    for name in operations(stream.get_data(), shown, operands)
                    if len(operands) >= shown[name]
                ]
                theirs = list(pdfminer_operations(stream, shown))
                assert ours == theirs, f"{row['name']} page {page.pageid}"
                compared += len(ours)
    assert compared > 10_000


def pdfminer_operations(stream: PDFStream, wanted: dict[bytes, int]) -> Iterator[tuple[bytes, list[Any]]]:
    parser = PDFContentParser([stream])
    operands: list[Any] = []
    while True:
        try:
            _, token = parser.nextobject()
        except PSEOF:
            return
        if not isinstance(token, PSKeyword):
            operands.append(token)
            continue
        if token.name in wanted and len(operands) >= wanted[token.name]:
            yield token.name, operands[-wanted[token.name] :]
        operands = []


def test_scans_are_told_from_text(index: list[dict[str, str]], read: Read) -> None:
    for row in index:
        if row["pages"] != "0" and not row["kind"].startswith("error"):
            assert read(row["name"])[1].scanned == (row["kind"] == "scanned/image-only"), row["name"]


def test_languages(index: list[dict[str, str]], read: Read) -> None:
    for row in index:
        if row["lang"] in {"zh", "ja", "ko", "ru", "ar"}:
            assert read(row["name"])[1].language == row["lang"], row["name"]
        elif row["lang"] == "latin":
            assert read(row["name"])[1].language in {"en", "fr", "und"}, row["name"]


def test_problems_are_named(read: Read) -> None:
    problems = {name: read(name)[1].problem for name in ("aes-256.pdf", "bug1020226.pdf", "poppler-90-0-fuzzed.pdf")}
    codes = {name: problem.code for name, problem in problems.items() if problem is not None}
    assert codes == {
        "aes-256.pdf": Problem.ENCRYPTED,
        "bug1020226.pdf": Problem.TRUNCATED,
        "poppler-90-0-fuzzed.pdf": Problem.DAMAGED,
    }


def test_long_files_lose_their_running_lines(read: Read) -> None:
    for name, header in (
        ("zh_debian_reference.pdf", "Debian参考手册"),
        ("std_debian-policy.pdf", "Debian Policy Manual, Release"),
        ("us_dmca_summary.pdf", "Copyright Office Summary"),
        ("TAMReview.pdf", "Sprouts - http"),
        ("ja_install_guide.pdf", "CHAPTER 5. インストールシステムの起動"),
    ):
        pages, _ = read(name)
        with_header = [page.number for page in pages if page.text.startswith(header) or page.text.endswith(header)]
        assert len(with_header) <= 2, (name, with_header)
        marked = [block for page in pages for block in page.blocks if block.role in {Role.HEADER, Role.FOOTER}]
        assert len(marked) > 0.8 * len(pages), name


def test_chinese_lines_are_whole_sentences(read: Read) -> None:
    text = read("zh_install_guide.pdf")[0][1].text
    assert "本手册属于自由软件，您可以在GNU通用公共授权（GPL）下重新发布和（或）修改它。" in text
    guide = "\n".join(page.text for page in read("zh_debian_reference.pdf")[0])
    assert "旨在作为一份Debian系统安装后的用户指南，为Debian系统的使用与管理提供广泛的概览。" in guide


def test_a_chinese_standard_keeps_its_sentences_and_table_rows(read: Read) -> None:
    text = read("zh_anhui_land_use_standard_2020_p173.pdf")[0][0].text
    assert text.startswith("安徽省建设用地使用标准（2020年版）")
    assert "平原一般不宜超过3.4公顷/处，丘陵、山区一般不宜超过4.0公顷/处。" in text
    assert "表7.5停车区用地指标基准值（公顷/处）" in text
    rows = [line.split("\t") for line in text.split("\n")]
    assert ["1.7333", "0.8667", "0.5333"] in rows


def test_three_columns_above_a_table(read: Read) -> None:
    text = read("icdar_us-001.pdf")[0][0].text
    assert "Were this population included in the SIPP, the magnitude of the disability estimates" in text
    assert "needed assistance with one or more activities of daily living (ADLs)" in text
    assert text.index("HIGHLIGHTS") < text.index("303.9 million in the civ") < text.index("had a severe disability (")
    assert "291,099" in next(line for line in text.split("\n") if line.startswith("All ages"))


def test_tables_are_read_in_rows(read: Read) -> None:
    rows = {line.split("\t")[0]: line.split("\t") for line in read("icdar_eu-017.pdf")[0][1].text.split("\n")}
    assert rows["Czech Republic"] == ["Czech Republic", "99.2", "0.8", "0", "24,137"]
    assert rows["EU Total"] == ["EU Total", "61.6", "6.8", "31.6", "200,507"]


def test_korean_keeps_its_word_spaces(read: Read) -> None:
    assert "이 설명서는 자유소프트웨어입니다." in read("ko_install_guide.pdf")[0][1].text


def test_ligatures_of_unmapped_glyphs(read: Read) -> None:
    assert "What financial resources are there?" in read("icdar_us-036.pdf")[0][2].text


def test_text_drawn_over_itself_is_taken_once(read: Read) -> None:
    assert "股票代码：300218" in read("zh_anli_one_page.pdf")[0][0].text.split("\n")


def test_fonts_that_are_not_embedded(read: Read) -> None:
    assert read("zh_issue2128r_noembed.pdf")[0][0].text.startswith("浅谈校长的魅力")


def test_vertical_japanese(read: Read) -> None:
    lines = read("jo.pdf")[0][0].text.split("\n")
    assert lines[:3] == ["序", "わたくしといふ現象は", "假定された有機交流電燈の"]
    assert lines[-1].startswith("大正十三年一月廿日")


def test_glyphs_without_meaning_are_told(read: Read) -> None:
    pages, document = read("TAMReview.pdf")
    assert document.needs_ocr
    assert not document.scanned
    assert not pages[0].needs_ocr


def test_outlines_and_titles(read: Read) -> None:
    document = read("zh_debian_reference.pdf")[1]
    assert document.title == "Debian 参考手册"
    assert len(document.outline) > 400
    assert all(entry.page is None or 1 <= entry.page <= document.pages for entry in document.outline)
    chapters = [entry for entry in document.outline if entry.level == 1 and entry.page]
    assert [entry.page for entry in chapters] == sorted(entry.page or 0 for entry in chapters)


def test_covers_name_the_document(read: Read) -> None:
    assert read("std_debian-policy.pdf")[1].cover[0] == "Debian Policy Manual"
    assert read("std_fhs-3.0.pdf")[1].cover[0] == "Filesystem Hierarchy Standard"
