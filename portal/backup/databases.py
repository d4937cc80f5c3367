"""The database into one file, and back: SQLite by its own backup interface, PostgreSQL by its client programs.

Both copies are of one moment while the portal goes on writing, and both restores happen wholly or not at all.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from portal.backup.errors import BackupError

WAIT_FOR_LOCKS = "15s"
"""A restore gives up where a portal that still runs holds the tables for so long."""


def dump(target: Path) -> None:
    """Copy the database. Raises BackupError."""
    if connection.vendor == "sqlite":
        _dump_sqlite(target)
    else:
        program = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(target)]
        _run([*program, *_place()])


def restore(source: Path) -> None:
    """Put the copy in the place of the database. Raises BackupError."""
    if connection.vendor == "sqlite":
        _restore_sqlite(source)
    else:
        _restore_postgres(source)


def server() -> str:
    """The version of what keeps the database."""
    if connection.vendor == "sqlite":
        return sqlite3.sqlite_version
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def _dump_sqlite(target: Path) -> None:
    live = Path(settings.DATABASES["default"]["NAME"])
    if not live.is_file():
        raise BackupError(f"There is no database at {live}")
    with closing(sqlite3.connect(live)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)  # in one step: it reads one moment, and writers do not wait
        copy.execute("PRAGMA journal_mode=DELETE")
        if (found := copy.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
            raise BackupError(f"The database is damaged: {found}")


def _restore_sqlite(source: Path) -> None:
    connections.close_all()
    live = Path(settings.DATABASES["default"]["NAME"])
    live.parent.mkdir(parents=True, exist_ok=True)
    address = f"{source.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as copy, closing(sqlite3.connect(live)) as target:
        copy.backup(target)


def _restore_postgres(source: Path) -> None:
    """All tables give way to those of the copy in one transaction."""
    drop = [f"SET lock_timeout = '{WAIT_FOR_LOCKS}'"]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        drop += [f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE" for table in tables]
    connections.close_all()
    psql = ["psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set", "ON_ERROR_STOP=1", *_place()]
    reading = _start(["pg_restore", "--no-owner", "--no-privileges", "--file=-", str(source)], stdout=subprocess.PIPE)
    writing = _start([*psql, "--output", os.devnull, "--command", "; ".join(drop), "--file=-"], stdin=reading.stdout)
    if reading.stdout:
        reading.stdout.close()
    _said, wrong = writing.communicate()
    _said, unread = reading.communicate()
    if writing.returncode or reading.returncode:
        reason = (wrong or unread or b"").decode(errors="replace").strip()
        if "lock timeout" in reason:
            reason = f"the portal still works with it; stop it first ({reason})"
        raise BackupError(f"The database could not be restored and is what it was: {reason}")


def _place() -> list[str]:
    given = settings.DATABASES["default"]
    named = {"--host": given["HOST"], "--port": given["PORT"], "--username": given["USER"], "--dbname": given["NAME"]}
    return [part for name, value in named.items() if value for part in (name, str(value))]


def _environment() -> dict[str, str]:
    """The password, which must not stand in a command line, and what the address says of TLS."""
    given = settings.DATABASES["default"]
    options = given.get("OPTIONS", {})
    named = {f"PG{name.upper()}": str(options[name]) for name in ("sslmode", "sslrootcert") if name in options}
    return {**os.environ, **named, "PGCONNECT_TIMEOUT": "10"} | (
        {"PGPASSWORD": given["PASSWORD"]} if given["PASSWORD"] else {}
    )


def _start(command: Sequence[str], **streams: object) -> subprocess.Popen[bytes]:
    program = shutil.which(command[0])
    if program is None:
        raise BackupError(f"{command[0]} is not installed: apt-get install postgresql-client")
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]  # noqa: S603 -- our own commands
        [program, *command[1:]], env=_environment(), stderr=subprocess.PIPE, **streams
    )


def _run(command: Sequence[str]) -> None:
    process = _start(command)
    _said, wrong = process.communicate()
    if process.returncode:
        raise BackupError(f"{command[0]}: {wrong.decode(errors='replace').strip()}")
