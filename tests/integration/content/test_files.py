"""Files that come with records."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from content.provenance.models import Change, Source
from content.standards import files, store
from content.standards.items import FileItem, StandardItem
from content.standards.models import File, Standard

pytestmark = pytest.mark.django_db

ENGLISH = FileItem(url="https://example.org/en.pdf", access="full_text", language="en")
CHINESE = FileItem(url="https://example.org/zh.pdf", access="preview", language="zh")
PLAIN = FileItem(url="https://example.org/plain.pdf", access="preview")


@pytest.fixture
def source(settings: Any, tmp_path: Path) -> Source:
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "files": place}
    source = Source.objects.create(name="x", title_zh="", title_en="", publisher="", licence="", frequency="daily")
    page = "https://example.org/1"
    store.upsert([StandardItem(key="1", url=page, designation="GB/T 1.1-2020", status="in_force")], source=source)
    return source


def content(file: File) -> bytes:
    """The file's bytes; its field keeps the storage of the settings that were loaded first."""
    with storages["files"].open(str(file.content.name)) as stream:
        read: bytes = stream.read()
    return read


def attach(source: Source, item: FileItem, body: bytes) -> File | None:
    return files.attach("1", item, BytesIO(body), source=source)


def test_a_file_is_kept_with_what_is_known_of_it(source: Source) -> None:
    file = attach(source, ENGLISH, b"%PDF-1.4 one")
    assert file is not None
    assert (file.name, file.size, file.access, file.text_state) == ("gb-t-1.1-2020-en.pdf", 12, "full_text", "pending")
    assert content(file) == b"%PDF-1.4 one"
    assert Standard.objects.get().access == "full_text"


def test_a_preview_does_not_lower_the_access(source: Source) -> None:
    attach(source, CHINESE, b"%PDF preview")
    assert Standard.objects.get().access == "preview"
    attach(source, ENGLISH, b"%PDF full")
    attach(source, PLAIN, b"%PDF plain")
    assert Standard.objects.get().access == "full_text"
    assert sorted(File.objects.values_list("name", flat=True)) == [
        "gb-t-1.1-2020-en.pdf",
        "gb-t-1.1-2020-zh.pdf",
        "gb-t-1.1-2020.pdf",
    ]


def test_the_same_content_changes_nothing_and_a_new_one_is_read_anew(source: Source) -> None:
    file = attach(source, PLAIN, b"%PDF one")
    File.objects.update(text_state=File.TextState.READ, pages=3)
    assert attach(source, PLAIN, b"%PDF one") == file
    assert File.objects.get().text_state == File.TextState.READ
    attach(source, PLAIN, b"%PDF two")
    changed = File.objects.get()
    assert (changed.text_state, changed.pages, content(changed)) == ("pending", None, b"%PDF two")


def test_files_and_the_access_they_give_are_history(source: Source) -> None:
    first, second = attach(source, CHINESE, b"%PDF one"), attach(source, CHINESE, b"%PDF two")
    assert first is not None
    assert second is not None
    one = {"name": "gb-t-1.1-2020-zh.pdf", "sha256": first.sha256, "access": "preview"}
    changes = Change.objects.exclude(kind=Change.Kind.CREATED).order_by("pk")
    assert list(changes.values_list("field", "old", "new")) == [
        ("files", None, one),
        ("access", "record_only", "preview"),
        ("files", one, one | {"sha256": second.sha256}),
    ]
    assert {change.source for change in changes} == {source}


def test_what_an_editor_has_restricted_stays_restricted(source: Source) -> None:
    attach(source, ENGLISH, b"%PDF one")
    File.objects.update(access="record_only")
    Standard.objects.update(access="record_only", locked_fields=["access"])
    attach(source, ENGLISH, b"%PDF two")
    assert File.objects.get().access == "record_only"
    attach(source, PLAIN, b"%PDF three")
    assert Standard.objects.get().access == "record_only"


def test_a_file_of_nothing_is_not_kept(source: Source) -> None:
    assert files.attach("2", PLAIN, BytesIO(b"%PDF"), source=source) is None
    assert not File.objects.exists()
