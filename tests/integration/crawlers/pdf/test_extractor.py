"""Files that attack the reader, and the life of the children that read them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.pdf import Document, Extractor, Limits, Page, Problem, extract
from crawlers.pdf.child import ROOT
from tests.unit.crawlers.pdf.pdf_files import PdfFile, long_file, show, text_file

STRICT = Limits(page_cpu_seconds=1.5, memory_bytes=256 * 1024 * 1024)


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor(STRICT) as shared:
        yield shared


def split(items: Iterator[Page | Document]) -> tuple[list[Page], Document]:
    *pages, document = list(items)
    assert isinstance(document, Document)
    return [page for page in pages if isinstance(page, Page)], document


def file_of(folder: Path, data: bytes) -> Path:
    path = folder / "file.pdf"
    path.write_bytes(data)
    return path


def with_page_between(content: bytes) -> bytes:
    """Three pages, the middle one with this compressed content."""
    pdf = PdfFile()
    fonts = b"/Font << /F1 %d 0 R >>" % pdf.latin_font()
    pdf.page(show([(72, 700, "before")]), fonts)
    stream = pdf.add(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << %s >> /Contents %d 0 R >>"
    pdf.pages.append(pdf.add(page % (fonts, stream)))
    pdf.page(show([(72, 700, "after")]), fonts)
    return bytes(pdf)


def deflated(piece: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(piece) for _ in range(times)) + packer.flush()


def test_pages_come_first_and_one_document_last(tmp_path: Path) -> None:
    items = list(extract(file_of(tmp_path, long_file(12))))
    assert [type(item) for item in items] == [Page] * 12 + [Document]
    pages, document = split(iter(items))
    assert [page.number for page in pages] == list(range(1, 13))
    assert (document.pages, document.declared_pages, document.language) == (12, 12, "en")
    assert document.cover[0] == "GB/T 12345-2020"
    assert document.problem is None
    assert document.seconds > 0


def test_a_flate_bomb_costs_one_page(tmp_path: Path, extractor: Extractor) -> None:
    data = with_page_between(deflated(b" " * (1 << 24), 64))
    assert len(data) < 2_000_000
    pages, document = split(extractor.extract(file_of(tmp_path, data)))
    assert [page.text for page in pages] == ["before", "", "after"]
    assert document.problem is not None
    assert (document.problem.code, document.problem.page) == (Problem.TOO_BIG, 2)


def test_endless_content_costs_one_page(tmp_path: Path, extractor: Extractor) -> None:
    content = deflated(b"BT /F1 9 Tf 72 500 Td (kept) Tj ET " + b"q Q " * 4_000_000, 1)
    pages, document = split(extractor.extract(file_of(tmp_path, with_page_between(content))))
    assert [page.text for page in pages] == ["before", "kept", "after"]
    assert document.problem is not None
    assert (document.problem.code, document.problem.page) == (Problem.TIMEOUT, 2)
    assert pages[1].problem == document.problem


def test_forms_that_multiply_cost_one_page(tmp_path: Path, extractor: Extractor) -> None:
    pdf = PdfFile()
    fonts = b"/Font << /F1 %d 0 R >>" % pdf.latin_font()
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s >>"
    inner = pdf.stream(show([(72, 700, "ha")]), form % fonts)
    for _ in range(10):
        inner = pdf.stream(b"/X Do " * 10, form % (b"/XObject << /X %d 0 R >>" % inner))
    pdf.page(b"/X Do", b"/XObject << /X %d 0 R >>" % inner)
    pdf.page(show([(72, 700, "after")]), fonts)
    pages, document = split(extractor.extract(file_of(tmp_path, bytes(pdf))))
    assert [page.text for page in pages] == ["ha", "after"]
    assert document.problems[0].code in {Problem.TIMEOUT, Problem.TOO_BIG}


def test_a_slow_outline_is_cut_off_and_the_pages_stay(tmp_path: Path) -> None:
    pdf = PdfFile()
    pdf.page(show([(72, 700, "text")]), b"/Font << /F1 %d 0 R >>" % pdf.latin_font())
    items = [pdf.add(b"") for _ in range(30_000)]
    for here, there in zip(items, items[1:], strict=False):
        pdf.objects[here] = b"<< /Title (t) /Next %d 0 R >>" % there
    pdf.catalog_extra = b"/Outlines << /First %d 0 R >>" % items[0]
    limits = Limits(outline_cpu_seconds=0.2, outline_entries=100_000)
    pages, document = split(extract(file_of(tmp_path, bytes(pdf)), limits))
    assert [page.text for page in pages] == ["text"]
    assert 0 < len(document.outline) < 30_000


def test_a_child_that_dies_is_replaced_and_its_pages_are_kept(tmp_path: Path) -> None:
    path = file_of(tmp_path, long_file(400))
    with Extractor() as extractor:
        items = extractor.extract(path)
        first = next(items)
        assert isinstance(first, Page)
        (pid,) = children()
        os.kill(pid, signal.SIGKILL)
        pages, document = split(items)
        assert document.problem is not None
        assert document.problem.code == Problem.CRASHED
        assert "SIGKILL" in document.problem.message
        assert 1 <= len(pages) < 399
        assert document.pages == len(pages) + 1
        assert split(extractor.extract(file_of(tmp_path, text_file([(72, 700, "next")]))))[0][0].text == "next"


def test_a_stopped_child_is_a_timeout(tmp_path: Path) -> None:
    path = file_of(tmp_path, long_file(400))
    with Extractor(Limits(page_wall_seconds=3)) as extractor:
        items = extractor.extract(path)
        next(items)
        os.kill(children()[0], signal.SIGSTOP)
        _, document = split(items)
        assert document.problem is not None
        assert document.problem.code == Problem.TIMEOUT
    assert children() == []


def test_a_child_is_used_again_until_its_time(tmp_path: Path) -> None:
    path = file_of(tmp_path, text_file([(72, 700, "text")]))
    with Extractor(Limits(files_per_child=2)) as extractor:
        seen = []
        for _ in range(4):
            items = extractor.extract(path)
            next(items)
            seen += children()
            list(items)
    assert len(seen) == 4
    assert (seen[0] == seen[1], seen[1] == seen[2], seen[2] == seen[3]) == (True, False, True)
    assert children() == []


def test_a_reading_that_is_given_up_leaves_nothing_behind(tmp_path: Path) -> None:
    with Extractor() as extractor:
        items = extractor.extract(file_of(tmp_path, long_file(100)))
        next(items)
        assert len(children()) == 1
        items.close()  # type: ignore[attr-defined]
        assert children() == []
        assert split(extractor.extract(file_of(tmp_path, text_file([(72, 700, "x")]))))[1].pages == 1


def test_several_files_at_once(tmp_path: Path) -> None:
    paths = []
    for number in range(4):
        paths.append(tmp_path / f"{number}.pdf")
        paths[-1].write_bytes(text_file([(72, 700, f"file {number}")]))
    texts: dict[Path, str] = {}
    with Extractor(children=2) as extractor:

        def work(path: Path) -> None:
            texts[path] = split(extractor.extract(path))[0][0].text

        threads = [threading.Thread(target=work, args=[path]) for path in paths]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(children()) <= 2
    assert texts == {path: f"file {number}" for number, path in enumerate(paths)}


def test_a_missing_file_is_the_callers_mistake(tmp_path: Path, extractor: Extractor) -> None:
    with pytest.raises(FileNotFoundError):
        list(extractor.extract(tmp_path / "none.pdf"))


def test_a_closed_extractor_says_so(tmp_path: Path) -> None:
    extractor = Extractor()
    extractor.close()
    with pytest.raises(RuntimeError, match="closed"):
        list(extractor.extract(file_of(tmp_path, b"")))


@pytest.mark.parametrize(
    "action",
    [
        "open('{folder}/new', 'w')",
        "open('{folder}/file.pdf', 'r+b')",
        "__import__('os').open('{folder}/new', 0o101)",
        "__import__('os').remove('{folder}/file.pdf')",
        "__import__('socket').socket()",
        "__import__('subprocess').run(['true'])",
        "__import__('os').system('true')",
        "__import__('os').fork()",
        "bytearray(1 << 30)",
    ],
)
def test_the_child_may_not(tmp_path: Path, action: str) -> None:
    file_of(tmp_path, b"kept")
    code = (
        "import socket, subprocess\nfrom crawlers.pdf.sandbox import lock_down\nlock_down(256 << 20)\n"
        f"try:\n    {action.format(folder=tmp_path)}\nexcept (PermissionError, MemoryError):\n    print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"
    assert (tmp_path / "file.pdf").read_bytes() == b"kept"
    assert not (tmp_path / "new").exists()


def test_the_child_gets_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for children")
    with Extractor() as extractor:
        items = extractor.extract(file_of(tmp_path, text_file([(72, 700, "x")])))
        next(items)
        assert b"SECRET_KEY" not in Path(f"/proc/{children()[0]}/environ").read_bytes()
        list(items)


def test_report(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(text_file([(72, 700, "some text")]))
    bad.write_bytes(b"<html>")
    command = [sys.executable, "-m", "crawlers.pdf", "--text", str(good), str(bad), str(tmp_path / "none.pdf")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "some text" in done.stdout
    assert "bad.pdf: not-a-pdf" in done.stdout
    assert "none.pdf: No such file" in done.stdout
    assert done.stderr == ""


def children() -> list[int]:
    """The worker processes of this process."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            command = (entry / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == os.getpid() and b"crawlers.pdf.worker" in command:
            found.append(int(entry.name))
    return found
