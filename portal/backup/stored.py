"""Stored files: copied out of the storages, and back."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import Storage, storages

from portal.backup.errors import BackupError
from portal.backup.layout import CHUNK, Progress

PARTS: Mapping[str, Callable[[], Storage]] = {
    "files": lambda: storages["files"],
    "snapshots": lambda: storages["snapshots"],
    "media": lambda: storages["default"],
}
"""Folder of a backup and the storage that it holds."""


def names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file of a storage."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    for name in files:
        yield f"{folder}/{name}" if folder else name
    for name in folders:
        yield from names(storage, f"{folder}/{name}" if folder else name)


class Copier:
    """Copies one storage after the other into a new backup; ``previous`` is the backup before, with its checksums."""

    def __init__(self, target: Path, previous: Path | None, known: Mapping[str, str]) -> None:
        self.target = target
        self.previous = previous
        self.known = known
        self.sums: dict[str, str] = {}
        self.copied = self.linked = 0

    def copy(self, part: str, progress: Progress) -> tuple[int, int]:
        """Gives the number of files and of bytes."""
        storage = PARTS[part]()
        todo = sorted(names(storage))
        count = size = 0
        for done, name in enumerate(todo, 1):
            path = f"{part}/{name}"
            if "\n" in path:
                raise BackupError(f"A stored file has a line break in its name: {path!r}")
            try:
                size += self._take(storage, name, path)
                count += 1
            except FileNotFoundError:  # deleted meanwhile: no row of the copy of the database needs it
                self.sums.pop(path, None)
            progress(part, done, len(todo))
        return count, size

    def _take(self, storage: Storage, name: str, path: str) -> int:
        size, modified = storage.size(name), storage.get_modified_time(name)
        target = self.target / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if self._link(path, target, size, modified):
            self.sums[path] = self.known[path]
            self.linked += 1
        else:
            with storage.open(name) as source, target.open("xb") as copy:
                self.sums[path] = _copied(source, copy)
            os.utime(target, (modified.timestamp(), modified.timestamp()))
            self.copied += 1
        return size

    def _link(self, path: str, target: Path, size: int, modified: datetime) -> bool:
        """Whether the backup before has this very file, on a file system that has hard links."""
        if self.previous is None or path not in self.known:
            return False
        held = self.previous / path
        try:
            status = held.stat()
            if status.st_size != size or abs(status.st_mtime - modified.timestamp()) > 1e-5:
                return False
            target.hardlink_to(held)
        except OSError:
            return False
        return True


def put_back(source: Path, part: str, sums: Iterable[tuple[str, str]], progress: Progress) -> None:
    """Bring every file of a backup into its storage; a file that is there already, byte by byte, stays."""
    storage = PARTS[part]()
    todo = list(sums)
    for done, (name, digest) in enumerate(todo, 1):
        held = source / part / name
        if not _is(storage, name, digest, held.stat().st_size):
            storage.delete(name)
            with held.open("rb") as content:
                if storage.save(name, File(content)) != name:
                    raise BackupError(f"{part}/{name} could not be stored under its name")
            _keep_time(storage, name, held)
        progress(part, done, len(todo))


def remove_others(part: str, kept: Iterable[str]) -> int:
    """Remove from a storage what a backup did not have; gives the number of files."""
    storage = PARTS[part]()
    others = set(names(storage)).difference(kept)
    for name in others:
        storage.delete(name)
    return len(others)


def _is(storage: Storage, name: str, digest: str, size: int) -> bool:
    if not storage.exists(name) or storage.size(name) != size:
        return False
    with storage.open(name) as file:
        return _copied(file, None) == digest


def _keep_time(storage: Storage, name: str, held: Path) -> None:
    """So that the next backup links what this one has already."""
    try:
        shutil.copystat(held, storage.path(name))
        Path(storage.path(name)).chmod(0o644)
    except NotImplementedError:  # not on this file system
        return


def _copied(source: IO[bytes] | File[bytes], target: IO[bytes] | None) -> str:
    """Copy, or only read; gives the SHA-256."""
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        if target is not None:
            target.write(chunk)
    return digest.hexdigest()
