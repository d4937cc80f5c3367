"""Backups as folders: what is complete, what is damaged, what is linked and what is put back."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from portal.backup import layout, stored
from portal.backup.errors import BackupError, Damaged
from portal.backup.layout import DATABASE, MANIFEST, Manifest, digest_of, find, finished, verify, write_sums
from portal.backup.stored import Copier, put_back, remove_others

MADE = Manifest("2026-01-02T03:04:05+00:00", "sqlite", "3.40", "3.11", "5.2", ["a.0001"], 1, {"files": 1}, {"files": 3})


def quiet(_what: str, _done: int, _total: int) -> None:
    """No progress wanted."""


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileSystemStorage:
    """The only storage."""
    one = FileSystemStorage(location=tmp_path / "stored")
    monkeypatch.setattr(stored, "PARTS", {"files": lambda: one})
    return one


def backup(home: Path, name: str = "20260102T030405Z", **files: bytes) -> Path:
    folder = home / name
    folder.mkdir(parents=True)
    MADE.write(folder)
    (folder / DATABASE).write_bytes(b"rows")
    for file, content in files.items():
        (folder / file).write_bytes(content)
    write_sums(folder, {path.name: digest_of(path) for path in folder.iterdir()})
    return folder


class TestFolders:
    def test_the_manifest_says_what_was_written(self, tmp_path: Path) -> None:
        assert layout.read_manifest(backup(tmp_path)) == MADE

    def test_a_backup_is_found_by_itself_or_as_the_newest(self, tmp_path: Path) -> None:
        old, new = backup(tmp_path, "20260102T030405Z"), backup(tmp_path, "20260103T030405Z")
        backup(tmp_path, "20260104T030405Z.partial")
        (tmp_path / "20260105T030405Z").mkdir()
        assert finished(tmp_path) == [old, new]
        assert (find(tmp_path), find(old)) == (new, old)
        with pytest.raises(BackupError, match="no complete backup"):
            find(tmp_path / "elsewhere")

    def test_checksums_are_those_of_sha256sum(self, tmp_path: Path) -> None:
        folder = backup(tmp_path, 数据=b"x")
        done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=False)
        assert done.returncode == 0, done
        assert verify(folder, quiet).keys() == {DATABASE, MANIFEST, "数据"}

    @pytest.mark.parametrize("harm", ["changed", "missing", "unlisted", "garbled"])
    def test_damage_is_found(self, tmp_path: Path, harm: str) -> None:
        folder = backup(tmp_path)
        if harm == "changed":
            (folder / DATABASE).write_bytes(b"Rows")
        elif harm == "missing":
            (folder / DATABASE).unlink()
        elif harm == "unlisted":
            write_sums(folder, {MANIFEST: digest_of(folder / MANIFEST)})
        else:
            (folder / layout.SUMS).write_bytes(b"\xff\xfe")
        with pytest.raises(Damaged, match=r"damaged|cannot be read"):
            verify(folder, quiet)

    def test_a_manifest_of_another_format_is_refused(self, tmp_path: Path) -> None:
        folder = backup(tmp_path)
        text = (folder / MANIFEST).read_text().replace('"format": 1', '"format": 2')
        (folder / MANIFEST).write_text(text)
        with pytest.raises(Damaged, match="format 2"):
            layout.read_manifest(folder)


class TestFiles:
    def test_an_unchanged_file_is_the_same_file_on_the_disk(self, tmp_path: Path, storage: FileSystemStorage) -> None:
        storage.save("ab/same.pdf", ContentFile(b"same"))
        storage.save("ab/changes.pdf", ContentFile(b"before"))
        first = Copier(tmp_path / "1", None, {})
        assert first.copy("files", quiet) == (2, 10)
        storage.delete("ab/changes.pdf")
        storage.save("ab/changes.pdf", ContentFile(b"after!"))
        second = Copier(tmp_path / "2", tmp_path / "1", first.sums)
        second.copy("files", quiet)
        assert (first.copied, first.linked, second.copied, second.linked) == (2, 0, 1, 1)
        assert (tmp_path / "1/files/ab/same.pdf").samefile(tmp_path / "2/files/ab/same.pdf")
        assert (tmp_path / "2/files/ab/changes.pdf").read_bytes() == b"after!"
        assert second.sums["files/ab/changes.pdf"] == digest_of(tmp_path / "2/files/ab/changes.pdf")
        shutil.rmtree(tmp_path / "1")
        assert (tmp_path / "2/files/ab/same.pdf").read_bytes() == b"same"

    def test_without_hard_links_it_is_copied(
        self, tmp_path: Path, storage: FileSystemStorage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        storage.save("same.pdf", ContentFile(b"same"))
        first = Copier(tmp_path / "1", None, {})
        first.copy("files", quiet)

        def refuse(*_paths: Any, **_options: Any) -> None:
            raise OSError("not on this file system")

        monkeypatch.setattr(os, "link", refuse)
        second = Copier(tmp_path / "2", tmp_path / "1", first.sums)
        second.copy("files", quiet)
        assert (second.copied, second.linked) == (1, 0)

    def test_a_file_that_goes_meanwhile_is_left_out(self, tmp_path: Path, storage: FileSystemStorage) -> None:
        storage.save("a.pdf", ContentFile(b"a"))
        storage.save("b.pdf", ContentFile(b"b"))
        copier = Copier(tmp_path / "1", None, {})
        counted = copier.copy("files", lambda _what, _done, _total: storage.delete("b.pdf"))
        assert counted == (1, 1)
        assert copier.sums.keys() == {"files/a.pdf"}

    def test_an_empty_storage_is_no_fault(self, tmp_path: Path, storage: FileSystemStorage) -> None:
        assert Copier(tmp_path / "1", None, {}).copy("files", quiet) == (0, 0)

    def test_everything_is_put_back_and_nothing_else_stays(self, tmp_path: Path, storage: FileSystemStorage) -> None:
        for name, content in {"ab/kept.pdf": b"kept", "图/x.png": b"picture", "torn.pdf": b"whole"}.items():
            storage.save(name, ContentFile(content))
        copier = Copier(tmp_path / "1", None, {})
        copier.copy("files", quiet)
        untouched = Path(storage.path("ab/kept.pdf")).stat().st_ino
        shutil.rmtree(storage.path("图"))
        Path(storage.path("torn.pdf")).write_bytes(b"wrong")
        storage.save("later.pdf", ContentFile(b"later"))
        sums = list(layout.under(copier.sums, "files"))
        put_back(tmp_path / "1", "files", sums, quiet)
        assert remove_others("files", (name for name, _digest in sums)) == 1
        assert {name: storage.open(name).read() for name in stored.names(storage)} == {
            "ab/kept.pdf": b"kept",
            "图/x.png": b"picture",
            "torn.pdf": b"whole",
        }
        assert Path(storage.path("ab/kept.pdf")).stat().st_ino == untouched
        again = Copier(tmp_path / "2", tmp_path / "1", copier.sums)
        again.copy("files", quiet)
        assert again.linked == 3
