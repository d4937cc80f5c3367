"""Where the index lies, who may write to it, and how a new one takes over.

::

    PATH/current     JSON: the folder in use and the make of its index; replaced by an atomic rename
    PATH/lock        held (flock) by the one process that writes; the kernel frees it when the process dies
    PATH/<folder>/   a tantivy index; folders that ``current`` does not name are left-overs and swept by the next writer

A tantivy commit is atomic as well (it renames its ``meta.json``), so a reader always finds a whole index.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import tantivy

from search.engines.embedded.mapping import ANALYZERS, build_schema, fingerprint
from search.engines.errors import EngineUnavailable, IndexBusy, IndexMissing

_LOCK_POLL = 0.1


@dataclass(frozen=True, slots=True)
class Current:
    """What ``PATH/current`` says, and when it came to say so."""

    folder: Path
    built: datetime
    stamp: tuple[int, int]


@contextlib.contextmanager
def translated(doing: str) -> Iterator[None]:
    """Turn what tantivy raises into EngineUnavailable, its panics included."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise EngineUnavailable(f"{doing}: {error}") from error
    except BaseException as error:
        #  A panic inside tantivy arrives as pyo3_runtime.PanicException: a BaseException that no module exports, and
        # that would end the server's thread instead of the request.
        if type(error).__name__ != "PanicException":
            raise
        raise EngineUnavailable(f"{doing}: {error}") from error


def matched(found: tantivy.SearchResult) -> int:
    """How many documents a search matched that was asked to count."""
    return found.count or 0  # type: ignore[attr-defined]  # tantivy.pyi leaves it out


class Store:
    """The index of one path in this process. Safe for threads; readers open at first use, never before a fork."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.schema = build_schema()
        self._fingerprint = fingerprint()
        self._opening = threading.Lock()
        self._open: tuple[Current, tantivy.Index] | None = None

    # Reading

    def current(self) -> Current:
        """Raises IndexMissing where there is none, or one of another make."""
        file = self.path / "current"
        try:
            status = file.stat()
            stamp = (status.st_ino, status.st_mtime_ns)
            if self._open and self._open[0].stamp == stamp:
                return self._open[0]
            said = json.loads(file.read_bytes())
            current = Current(self.path / said["folder"], datetime.fromisoformat(said["built"]), stamp)
            make = said["make"]
        except FileNotFoundError:
            raise IndexMissing(f"No index at {self.path}; the worker or `manage.py search rebuild` builds it") from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexMissing(f"{file} can't be read ({error}); the index has to be built again") from error
        if make != self._fingerprint:
            raise IndexMissing(f"The index at {self.path} is of an older make and has to be built again")
        return current

    def searcher(self) -> tantivy.Searcher:
        """The index as of its last commit."""
        index = self.opened()
        with self._opening, translated("The index can't be read"):
            index.reload()
            return index.searcher()

    def opened(self) -> tantivy.Index:
        """The present index, open for reading."""
        current = self.current()
        with self._opening:
            if self._open is None or self._open[0] != current:
                try:
                    self._open = (current, _opened(current.folder))
                except IndexMissing:
                    # A rebuild may have taken over, and swept this folder, since ``current`` was read.
                    previous, current = current, self.current()
                    if current == previous:
                        raise
                    self._open = (current, _opened(current.folder))
            return self._open[1]

    # Writing

    @contextlib.contextmanager
    def locked(self, timeout: float) -> Iterator[None]:
        """Be the one writer. Raises IndexBusy after ``timeout`` seconds."""
        deadline = time.monotonic() + timeout
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise EngineUnavailable(f"{self.path} can't be written: {error}") from error
        try:
            while True:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= deadline:
                        raise IndexBusy(f"Another process is writing to the index at {self.path}") from None
                    time.sleep(_LOCK_POLL)
            yield
        finally:
            os.close(handle)

    def open_for_writing(self) -> tantivy.Index:
        """The present index; call it with the lock held."""
        current = self.current()
        self._sweep(keep=current.folder)
        return _opened(current.folder)

    def create(self) -> tuple[Path, tantivy.Index]:
        """An empty index in a folder of its own; call it with the lock held."""
        try:
            keep = self.current().folder
        except IndexMissing:
            keep = None
        self._sweep(keep)
        folder = self.path / f"index-{uuid.uuid4().hex[:12]}"
        with translated(f"Index at {folder}"):
            folder.mkdir()
            index = tantivy.Index(self.schema, str(folder))
            _register(index)
            return folder, index

    def adopt(self, folder: Path) -> None:
        """Make the index in ``folder`` the present one."""
        said = {"folder": folder.name, "make": self._fingerprint, "built": datetime.now(UTC).isoformat()}
        fresh = self.path / "current.new"
        with translated(f"{self.path} can't be written"):
            with fresh.open("w") as file:
                json.dump(said, file)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path / "current")
        self._sweep(keep=folder)

    def _sweep(self, keep: Path | None) -> None:
        """Readers that still have a swept folder open go on reading it: its files stay mapped until they let go."""
        for folder in self.path.glob("index-*"):
            if folder != keep:
                shutil.rmtree(folder, ignore_errors=True)

    def bytes(self) -> int:
        """Size on disk."""
        sizes = 0
        for file in self.current().folder.glob("*"):
            with contextlib.suppress(FileNotFoundError):  # merged away meanwhile
                sizes += file.stat().st_size
        return sizes


def _opened(folder: Path) -> tantivy.Index:
    try:
        with translated(f"Index at {folder}"):
            index = tantivy.Index.open(str(folder))
            _register(index)
            index.config_reader("manual")
            return index
    except EngineUnavailable as error:
        raise IndexMissing(f"{error}; it is damaged and has to be built again") from error


def _register(index: tantivy.Index) -> None:
    for name, analyzer in ANALYZERS.items():
        index.register_tokenizer(name, analyzer)


_stores: dict[Path, Store] = {}
_stores_lock = threading.Lock()


def store_at(path: Path) -> Store:
    """The one store of a path in this process, shared by its threads."""
    with _stores_lock:
        return _stores.setdefault(path, Store(path))


# A child must open its own readers.
os.register_at_fork(after_in_child=_stores.clear)
