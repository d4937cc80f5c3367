"""Making a backup, and letting go of old ones."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

import django
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from content.standards.models import Standard
from portal.backup import databases, index
from portal.backup.errors import BackupError
from portal.backup.layout import (
    DATABASE,
    MANIFEST,
    UNFINISHED,
    Manifest,
    Progress,
    digest_of,
    finished,
    read_manifest,
    read_sums,
    stamp,
    write_sums,
)
from portal.backup.stored import PARTS, Copier
from portal.launch.lock import AlreadyRunning, exclusive


@dataclass(frozen=True, slots=True)
class Taken:
    """The new backup; how many stored files were copied, and how many the backup before had already."""

    folder: Path
    copied: int
    linked: int
    pruned: tuple[Path, ...]


def take(home: Path, progress: Progress, keep: int | None = None) -> Taken:
    """A new backup in ``home``, of which then the newest ``keep`` stay. Raises BackupError."""
    home.mkdir(parents=True, exist_ok=True)
    try:
        with exclusive(home / ".lock"):
            return _take(home, progress, keep)
    except AlreadyRunning as error:
        raise BackupError(f"Another backup is being made in {home} ({error})") from error


def _take(home: Path, progress: Progress, keep: int | None) -> Taken:
    for broken_off in home.glob(f"*{UNFINISHED}"):
        shutil.rmtree(broken_off)
    now = timezone.now()
    folder = home / stamp(now)
    if folder.exists():
        raise BackupError(f"{folder} is there already; a backup is named by its second")
    before = finished(home)
    previous = before[-1] if before else None
    stored_index = index.take(stamp(now))
    try:
        partial = folder.with_name(folder.name + UNFINISHED)
        partial.mkdir(mode=0o700)  # it holds what the database holds of people
        progress("database", 0, 1)
        databases.dump(partial / DATABASE)
        progress("database", 1, 1)
        copier = Copier(partial, previous, read_sums(previous) if previous else {})
        sizes = {part: copier.copy(part, progress) for part in PARTS}
        Manifest(
            made=now.isoformat(timespec="seconds"),
            engine=connection.vendor,
            server=databases.server(),
            python=platform.python_version(),
            django=django.get_version(),
            migrations=sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
            records=Standard.objects.count(),
            files={part: count for part, (count, _size) in sizes.items()},
            bytes={part: size for part, (_count, size) in sizes.items()},
            index=stored_index,
        ).write(partial)
        write_sums(partial, copier.sums | {name: digest_of(partial / name) for name in (DATABASE, MANIFEST)})
        os.sync()  # a loss of power must not leave a backup that only looks whole
        partial.rename(folder)
    except BaseException:
        index.forget(stored_index)
        raise
    return Taken(folder, copier.copied, copier.linked, _prune(home, keep))


def _prune(home: Path, keep: int | None) -> tuple[Path, ...]:
    if keep is None:
        return ()
    old = finished(home)[:-keep]
    for folder in old:
        index.forget(read_manifest(folder).index)
        shutil.rmtree(folder)
    return tuple(old)
