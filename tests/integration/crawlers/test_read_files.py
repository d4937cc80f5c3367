"""Stored files become searchable pages: real PDFs of the bundle, broken ones, and readings that are broken off."""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from content.provenance.signals import records_changed
from content.standards.models import Body, File, FilePage, Standard
from crawlers import files
from crawlers.pdf import Document, Extractor, Page

pytestmark = pytest.mark.django_db

BUNDLE = Path(files.__file__).parent / "recorded" / "xorg"
ICCCM = lzma.decompress((BUNDLE / "icccm.pdf.xz").read_bytes())
CTEXT = lzma.decompress((BUNDLE / "ctext.pdf.xz").read_bytes())


STORAGE: Any = File._meta.get_field("content").storage


@pytest.fixture(autouse=True)
def _own_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The field keeps the storage with which it was made, whatever the settings say later."""
    for name in ("base_location", "location"):
        monkeypatch.setitem(STORAGE.__dict__, name, str(tmp_path / "files"))


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor() as extractor:
        yield extractor


@pytest.fixture
def told() -> Iterator[list[dict[str, Any]]]:
    """What the signal told, in order."""
    heard: list[dict[str, Any]] = []

    def hear(**said: Any) -> None:
        heard.append({name: said[name] for name in ("record_type", "ids", "removed")})

    records_changed.connect(hear)
    yield heard
    records_changed.disconnect(hear)


def stored(body: bytes, designation: str = "X.Org ICCCM 2.0", **values: Any) -> File:
    body_row, _ = Body.objects.get_or_create(code="X.Org")
    slug = designation.lower().replace(" ", "-").replace("/", "-")
    standard = Standard.objects.create(
        designation=designation,
        designation_published=designation,
        slug=slug,
        undated_slug=slug,
        family_slug=slug,
        sort_key=slug,
        body=body_row,
        number="1",
        kind="standard",
        status="in_force",
        created_at=timezone.now(),
        updated_at=timezone.now(),
    )
    sha256 = hashlib.sha256(body).hexdigest()
    name = STORAGE.save(f"{sha256}.pdf", ContentFile(body))
    return File.objects.create(
        standard=standard,
        name=f"{slug}.pdf",
        content=name,
        sha256=sha256,
        size=len(body),
        access="full_text",
        added_at=timezone.now(),
        **values,
    )


def test_a_specification_becomes_pages(extractor: Extractor, told: list[dict[str, Any]]) -> None:
    file = stored(ICCCM)
    files.read_file(file, extractor)
    file.refresh_from_db()
    assert (file.text_state, file.text_problem, file.pages, file.language) == ("read", "", 75, "en")
    assert [page.number for page in file.text_pages.all()] == list(range(1, 76))
    assert len(file.outline) > 50
    entry = next(it for it in file.outline if "Introduction" in it["title"])
    assert entry["level"] == 1
    page = file.text_pages.get(number=entry["page"])
    assert "Introduction" in page.text
    x0, y0, x1, y1, role, text = page.blocks[0]
    assert x0 < x1
    assert y0 < y1
    assert role in {"body", "heading", "table", "caption", "header", "footer"}
    assert text
    assert told == [{"record_type": "standard", "ids": [file.standard_id], "removed": False}]


def test_reading_twice_changes_nothing(extractor: Extractor) -> None:
    file = stored(CTEXT)
    files.read_file(file, extractor)
    before = list(FilePage.objects.order_by("number").values())
    files.read_file(file, extractor)
    assert list(FilePage.objects.order_by("number").values()) == before


class BrokenOff(Exception):
    """Stands for the end of the process."""


class Dying(Extractor):
    """Breaks off after some pages."""

    def extract(self, path: Path) -> Iterator[Page | Document]:
        for number, part in enumerate(super().extract(path)):
            if number == 60:
                raise BrokenOff
            yield part


def test_a_reading_that_was_broken_off_is_taken_up(extractor: Extractor, told: list[dict[str, Any]]) -> None:
    file = stored(ICCCM)
    with Dying() as dying, pytest.raises(BrokenOff):
        files.read_file(file, dying)
    file.refresh_from_db()
    assert file.text_state == "pending"
    assert file.text_pages.count() == files.PAGES_PER_BATCH
    assert told == []
    assert [it.pk for it in files.read_pending()] == [file.pk]
    file.refresh_from_db()
    assert (file.text_state, file.text_pages.count()) == ("read", 75)


def test_pages_of_an_earlier_content_are_removed(extractor: Extractor) -> None:
    file = stored(CTEXT)
    FilePage.objects.create(file=file, number=99, text="of the longer file before")
    files.read_file(file, extractor)
    assert file.text_pages.count() == 8


def test_a_file_that_is_replaced_while_it_is_read_stays_pending(told: list[dict[str, Any]]) -> None:
    file = stored(CTEXT)

    class Slow(Extractor):
        def extract(self, path: Path) -> Iterator[Page | Document]:
            yield from super().extract(path)
            File.objects.filter(pk=file.pk).update(sha256="0" * 64)

    with Slow() as slow:
        files.read_file(file, slow)
    file.refresh_from_db()
    assert file.text_state == "pending"
    assert told == []


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"", "not-a-pdf"), (b"no PDF at all", "not-a-pdf"), (b"%PDF-1.4\n%%EOF", ""), (CTEXT[:300], "")],
)
def test_a_broken_file_never_stops_the_reading(body: bytes, code: str) -> None:
    broken, good = stored(body, "X.Org A1 1.0"), stored(CTEXT)
    assert [it.pk for it in files.read_pending()] == [broken.pk, good.pk]
    broken.refresh_from_db()
    good.refresh_from_db()
    assert broken.text_state == "failed"
    assert broken.text_problem.startswith(code)
    assert broken.text_problem
    assert good.text_state == "read"


def test_a_truncated_file_gives_what_there_is(extractor: Extractor) -> None:
    file = stored(CTEXT[:-2000])
    files.read_file(file, extractor)
    assert file.text_state == "partial"
    assert file.text_pages.exists()
    assert file.text_problem


def test_a_file_whose_bytes_are_gone_is_told(extractor: Extractor) -> None:
    file = stored(CTEXT)
    STORAGE.delete(file.content.name)
    files.read_file(file, extractor)
    file.refresh_from_db()
    assert (file.text_state, file.text_problem) == ("failed", files.MISSING)


class Remote(Storage):
    """Has no paths, as object stores have none."""

    def _open(self, name: str, mode: str = "rb") -> ContentFile[bytes]:
        return ContentFile(CTEXT)


def test_a_storage_without_paths_is_read_through_a_copy(extractor: Extractor) -> None:
    file = stored(CTEXT)
    file.content.storage = Remote()
    files.read_file(file, extractor)
    assert (file.text_state, file.text_pages.count()) == ("read", 8)


def test_the_publishers_word_on_the_language_stands(extractor: Extractor) -> None:
    file = stored(CTEXT, language="fr")
    files.read_file(file, extractor)
    assert file.language == "fr"


def test_a_scanned_file_is_told_apart(recorded: Path, extractor: Extractor) -> None:
    file = stored((recorded / "pdfs" / "scan_ccitt.pdf").read_bytes())
    files.read_file(file, extractor)
    assert file.text_state == "scanned"


@pytest.mark.parametrize(
    ("cover", "designation", "verdict"),
    [
        (
            ("中华人民共和国国家标准", "GB/T 19001—2016/ISO 9001:2015", "代替 GB/T 19001—2008"),
            "GB/T 19001-2016",
            "match",
        ),
        (("GB/T 19001—2008",), "GB/T 19001-2016", "mismatch"),
        (("ISO 9001",), "ISO 9001:2015", "match"),
        (("Inter-Client Communication Conventions Manual",), "X.Org ICCCM 2.0", "absent"),
        ((), "GB/T 19001-2016", "absent"),
        (("GB/T 19001—2016",), "no designation", "absent"),
    ],
)
def test_the_designation_on_the_cover(cover: tuple[str, ...], designation: str, verdict: str) -> None:
    assert files.cover_match(cover, designation) == verdict


def test_the_command_reads_what_is_pending_up_to_its_limit() -> None:
    stored(CTEXT, "X.Org A1 1.0")
    stored(CTEXT, "X.Org A2 1.0")
    out = StringIO()
    call_command("read_files", limit=1, stdout=out)
    assert "x.org-a1-1.0.pdf: 8 pages, read" in out.getvalue()
    assert File.objects.filter(text_state="pending").count() == 1
    call_command("read_files", stdout=out)
    call_command("read_files", stdout=out)
    assert out.getvalue().endswith("No file is waiting to be read.\n")


@pytest.mark.parametrize("limit", ["0", "-1", "x"])
def test_the_command_refuses_a_limit_that_is_none(limit: str) -> None:
    with pytest.raises(CommandError):
        call_command("read_files", f"--limit={limit}")
