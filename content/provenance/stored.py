"""Files that the portal keeps: the bytes, once for each content, and what reading them has come to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import IO

from django.core.files import File as Content
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def file_storage() -> Storage:
    """Where files lie (``STORAGES["files"]``); a callable keeps the choice out of migrations."""
    return storages["files"]


class StoredFile(models.Model):
    """A row that names a file and holds what is known of its text; the crawlers' reader fills it in."""

    class TextState(models.TextChoices):
        PENDING = "pending", _("text not read yet")
        READ = "read", _("text read")
        PARTIAL = "partial", _("text read in part")
        SCANNED = "scanned", _("scanned, no text")
        FAILED = "failed", _("text could not be read")

    content = models.FileField(_("content"), storage=file_storage, max_length=300)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    text_state = models.CharField(
        _("text"), max_length=20, choices=TextState.choices, default=TextState.PENDING, db_index=True
    )
    text_problem = models.CharField(_("problem with the text"), max_length=300, blank=True)
    outline = models.JSONField(_("outline"), default=list, blank=True)
    """Table of contents: list of ``{"level": 1.., "title": str, "page": 1-based or null}``."""
    downloads = models.PositiveIntegerField(_("downloads"), default=0)

    class Meta:
        abstract = True

    def take(self, kept: Kept) -> None:
        """Other bytes than before: to be read anew."""
        self.content.name = kept.name
        self.sha256, self.size, self.pages = kept.sha256, kept.size, None
        self.text_state, self.text_problem, self.outline = self.TextState.PENDING, "", []


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes as they lie in the storage."""

    name: str
    sha256: str
    size: int


def keep(body: IO[bytes], suffix: str) -> Kept:
    """The bytes in the storage, one copy for each content."""
    digest, size = hashlib.sha256(), 0
    body.seek(0)
    while chunk := body.read(1 << 20):
        digest.update(chunk)
        size += len(chunk)
    body.seek(0)
    sha256, storage = digest.hexdigest(), file_storage()
    name = f"{sha256[:2]}/{sha256}{suffix}"
    if storage.exists(name):
        if storage.size(name) == size:
            return Kept(name, sha256, size)
        storage.delete(name)  # torn by a process that was killed while it wrote
    return Kept(storage.save(name, Content(body)), sha256, size)
