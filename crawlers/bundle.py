"""Bundled recordings: ``recorded/<source>/manifest.json`` and the compressed documents it lists.

The manifest is ``{"documents": [{"url", "file", "media_type", "recorded" (ISO date), "sha256" (of the uncompressed
document), "records"?}]}``. Documents are facts whose licence allows passing them on; a NOTICE beside the manifest
says where they come from.
"""

from __future__ import annotations

import gzip
import hashlib
import lzma
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import IO, Annotated, cast

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from crawlers.errors import BundleError


class Recording(BaseModel):
    """One document. ``records`` is how many records it holds, for the progress line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    file: Annotated[str, StringConstraints(pattern=r"^[\w.-]+$")]
    media_type: str
    recorded: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    records: Annotated[int, Field(ge=0)] | None = None

    @property
    def last_modified(self) -> str:
        """The day of the recording as HTTP writes it (RFC 9110, section 5.6.7); of a month its first."""
        day = datetime.strptime(self.recorded if len(self.recorded) > 7 else f"{self.recorded}-01", "%Y-%m-%d")
        return format_datetime(day.replace(tzinfo=UTC), usegmt=True)


class Manifest(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    documents: tuple[Recording, ...]


def folder(source: str) -> Path:
    """Where a source's recording lies."""
    return Path(settings.CRAWL_BUNDLE_DIR) / source


@cache
def recordings(source: str) -> dict[str, Recording]:
    """The recorded documents of a source by address. BundleError if there is no recording, or it is damaged."""
    path = folder(source) / "manifest.json"
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError as problem:
        raise BundleError(f"{source} has no bundled recording ({path} is missing)") from problem
    except ValidationError as problem:
        raise BundleError(f"{path}: {problem}") from problem
    return {one.url: one for one in manifest.documents}


def unpack(source: str, recording: Recording, target: IO[bytes]) -> None:
    """Write the uncompressed document to ``target``; BundleError if it is not the one that the manifest lists."""
    path = folder(source) / recording.file
    digest = hashlib.sha256()
    try:
        with _open(path) as body:
            while chunk := body.read(1 << 20):
                digest.update(chunk)
                target.write(chunk)
    except (OSError, EOFError, lzma.LZMAError) as problem:
        raise BundleError(f"{path} cannot be read: {problem}") from problem
    if digest.hexdigest() != recording.sha256:
        raise BundleError(f"{path} is not what its manifest says (SHA-256 differs)")


def _open(path: Path) -> IO[bytes]:
    if path.suffix == ".xz":
        return lzma.open(path, "rb")
    if path.suffix == ".gz":
        return cast(IO[bytes], gzip.open(path, "rb"))
    return open(path, "rb")
