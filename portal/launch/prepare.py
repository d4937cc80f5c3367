"""What must stand before the first page can be served."""

from __future__ import annotations

import hashlib
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from content.standards.classification_tables import load_classifications
from portal.settings.env import BASE_DIR


class CannotStart(Exception):
    """Says what is in the way and what to do about it."""


PORT_GRACE = 20.0
"""Seconds that the web server of a portal that was killed just now may need to end."""


def check_port(port: int) -> None:
    """Raises CannotStart where another program keeps listening on ``port``."""
    deadline = time.monotonic() + PORT_GRACE
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as exc:
                if time.monotonic() > deadline:
                    raise CannotStart(
                        f"Port {port} is taken: {exc.strerror}. Name another one: PORT=8080 make run"
                    ) from exc
            else:
                return
        time.sleep(0.5)


def _static_fingerprint() -> str:
    """Changes when the libraries' or the portal's own static files do."""
    digest = hashlib.sha256((BASE_DIR / "requirements.txt").read_bytes())
    for path in sorted((BASE_DIR / "portal" / "static").rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(BASE_DIR)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def start_static_files() -> subprocess.Popen[bytes] | None:
    """Collect and compress static files in a child process; None when those collected are still right."""
    mark = Path(settings.STATIC_ROOT) / ".fingerprint"
    if mark.is_file() and mark.read_text() == _static_fingerprint():
        return None
    return subprocess.Popen(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0"], cwd=BASE_DIR
    )


def finish_static_files(child: subprocess.Popen[bytes] | None) -> None:
    """Wait for ``start_static_files``. Raises CannotStart when it failed."""
    if child is None:
        return
    if child.wait() != 0:
        raise CannotStart("The static files could not be collected; the message above says why.")
    (Path(settings.STATIC_ROOT) / ".fingerprint").write_text(_static_fingerprint())


def migrate() -> bool:
    """Bring the database and its classification tables up to date; True when there was something to do."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", interactive=False, verbosity=0)
    load_classifications()
    return True


def refresh_statistics() -> None:
    """Let SQLite count again what its tables hold: after a first load it would choose wrong indexes (10 ms a page)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")
