"""Putting a backup in the place of what is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from content.provenance.models import Snapshot, Source
from content.standards.models import File, Standard
from portal.backup import databases
from portal.backup.errors import BackupError, NotEmpty
from portal.backup.layout import DATABASE, Manifest, Progress, find, read_manifest, under, verify
from portal.backup.stored import PARTS, names, put_back, remove_others
from portal.launch.lock import AlreadyRunning, exclusive
from portal.settings.env import DATA_DIR


@dataclass(frozen=True, slots=True)
class Restored:
    """The backup that was restored, and names of files on record that it did not have (the first ten)."""

    folder: Path
    manifest: Manifest
    lost: tuple[str, ...]


def restore(path: Path, progress: Progress, *, replace: bool = False) -> Restored:
    """Check everything, then write: files, database, migrations. Raises BackupError, and then nothing has changed
    unless the message says so.

    Files come first, for a file without a row does no harm. Broken off, it is run again.
    """
    folder = find(path)
    manifest = read_manifest(folder)
    _fits(manifest)
    sums = verify(folder, progress)
    try:
        with exclusive(DATA_DIR / "run.lock"):
            if not replace:
                _refuse_to_overwrite()
            for part in PARTS:
                put_back(folder, part, under(sums, part), progress)
            progress("database", 0, 1)
            databases.restore(folder / DATABASE)
            progress("database", 1, 1)
            call_command("migrate", interactive=False, verbosity=0)
            for part in PARTS:
                remove_others(part, (name for name, _digest in under(sums, part)))
    except AlreadyRunning as error:
        raise BackupError(f"The portal runs on {DATA_DIR} ({error}); stop it first") from error
    return Restored(folder, manifest, tuple(_lost())[:10])


def _fits(manifest: Manifest) -> None:
    """The backup is of this kind of database and of no newer version of the portal."""
    if manifest.engine != connection.vendor:
        raise BackupError(f"The backup is of {manifest.engine}, but DATABASE_URL names {connection.vendor}")
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations or ()}
    known |= {
        f"{app}.{name}" for migration in (loader.disk_migrations or {}).values() for app, name in migration.replaces
    }
    if unknown := sorted(set(manifest.migrations) - known):
        raise BackupError(
            f"The backup is of a newer version of the portal: {unknown[0]} and {len(unknown) - 1} more migrations "
            "are not known here"
        )


def _refuse_to_overwrite() -> None:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    for model in (get_user_model(), Source, Standard):
        if model._meta.db_table in tables and model._default_manager.exists():
            raise NotEmpty(
                f"The database holds {model._meta.verbose_name_plural}; --replace puts the backup in its place"
            )
    for part, storage in PARTS.items():
        if (name := next(names(storage()), None)) is not None:
            raise NotEmpty(f"Files are stored, such as {part}/{name}; --replace puts the backup in their place")


def _lost() -> Iterable[str]:
    """Files on record that are not stored."""
    stored = {part: set(names(storage())) for part, storage in PARTS.items() if part != "media"}
    for name in File.objects.values_list("content", flat=True).distinct().iterator():
        if name not in stored["files"]:
            yield f"files/{name}"
    for digest in Snapshot.objects.values_list("sha256", flat=True).distinct().iterator():
        if digest and f"{digest[:2]}/{digest}.gz" not in stored["snapshots"]:
            yield f"snapshots/{digest[:2]}/{digest}.gz"
