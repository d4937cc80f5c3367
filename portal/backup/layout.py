"""The folder of a backup: names, manifest, checksums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from portal.backup.errors import BackupError, Damaged

MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
DATABASE: Final = "database"
UNFINISHED: Final = ".partial"
FORMAT: Final = 1
CHUNK: Final = 1 << 20

Progress = Callable[[str, int, int], None]
"""Called with what is being done, and how much of how much."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """``migrations`` are ``app.name`` of those applied; ``files`` and ``bytes`` count by storage."""

    made: str
    engine: str
    server: str
    python: str
    django: str
    migrations: list[str]
    records: int
    files: dict[str, int]
    bytes: dict[str, int]
    index: dict[str, str] | None = None
    """The snapshot of the search index, if there is one: ``search.engines.elastic.snapshots.Snapshot``."""
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Raises Damaged."""
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**said)
    except (OSError, ValueError, TypeError) as error:
        raise Damaged(f"{folder / MANIFEST} cannot be read: {error}") from error
    if manifest.format != FORMAT:
        raise Damaged(f"{folder} is of format {manifest.format}; this version of the portal reads {FORMAT}")
    return manifest


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def finished(home: Path) -> list[Path]:
    """Complete backups, oldest first."""
    return sorted(path.parent for path in home.glob(f"*/{SUMS}") if path.parent.suffix != UNFINISHED)


def find(path: Path) -> Path:
    """``path`` itself where it is a backup, else the newest of the backups in it. Raises BackupError."""
    if (path / SUMS).is_file():
        return path
    if backups := finished(path):
        return backups[-1]
    raise BackupError(f"{path} is no backup, and no complete backup is in it")


def write_sums(folder: Path, sums: Mapping[str, str]) -> None:
    """Last of all: only what has this file is complete."""
    lines = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
    (folder / SUMS).write_text(lines, encoding="utf-8")


def read_sums(folder: Path) -> dict[str, str]:
    """SHA-256 by name. Raises Damaged."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Damaged(f"{folder / SUMS} cannot be read: {error}") from error
    return {name: digest for digest, _space, name in (line.partition("  ") for line in lines)}


def verify(folder: Path, progress: Progress) -> dict[str, str]:
    """Read everything and compare; gives the checksums. Raises Damaged, which names the first ten."""
    sums = read_sums(folder)
    wrong = []
    for done, (name, digest) in enumerate(sums.items(), 1):
        try:
            found = digest_of(folder / name)
        except OSError as error:
            wrong.append(f"{name}: {error.strerror}")
        else:
            if found != digest:
                wrong.append(f"{name}: not what it was")
        progress("verified", done, len(sums))
    if {MANIFEST, DATABASE} - sums.keys():
        wrong.append(f"{SUMS}: does not name {MANIFEST} and {DATABASE}")
    if wrong:
        raise Damaged(f"{folder} is damaged, {len(wrong)} of {len(sums)} files:\n" + "\n".join(wrong[:10]))
    return sums


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def under(sums: Mapping[str, str], part: str) -> Iterator[tuple[str, str]]:
    """Names below ``part/`` and their checksums."""
    prefix = f"{part}/"
    return ((name.removeprefix(prefix), digest) for name, digest in sums.items() if name.startswith(prefix))
