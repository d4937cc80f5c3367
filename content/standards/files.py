"""Files that a source publishes for a standard: the bytes, once per content, and the row that names them."""

from __future__ import annotations

import mimetypes
from typing import IO

from django.db import transaction
from django.utils import timezone

from content.provenance.models import Claim, Run, Source
from content.provenance.signals import records_changed
from content.provenance.stored import keep
from content.standards.batch import RECORD_TYPE, Batch
from content.standards.items import FileItem
from content.standards.models import File, Standard

_RANK = {Standard.Access.RECORD_ONLY: 0, Standard.Access.PREVIEW: 1, Standard.Access.FULL_TEXT: 2}


def attach(key: str, item: FileItem, body: IO[bytes], *, source: Source, run: Run | None = None) -> File | None:
    """Keep a file of the record that ``source`` knows by ``key``; None if the source's item was not taken over.

    The row is found again by its address, so a new content replaces the old one and its text is to be read anew
    (``text_state`` pending). The same content changes nothing. Access that an editor has restricted stays restricted,
    whatever the source says of a new content.
    """
    claim = Claim.objects.filter(source=source, key=key, record_type=RECORD_TYPE).first()
    standard = Standard.objects.filter(pk=claim.record_id).first() if claim else None
    if standard is None:
        return None
    kept = keep(body, _suffix(item))
    with transaction.atomic():
        file = File.objects.filter(standard=standard, url=item.url).first()
        if file is not None and file.sha256 == kept.sha256:
            return file
        before = {"name": file.name, "sha256": file.sha256, "access": file.access} if file else None
        if file is None:
            file = File(
                standard=standard,
                url=item.url,
                name=_free_name(standard, item),
                access=item.access,
                added_at=timezone.now(),
            )
        file.access = min(file.access, item.access, key=lambda access: _RANK[Standard.Access(access)])
        file.take(kept)
        file.media_type, file.language, file.source = item.media_type, item.language, source
        file.cover_match = ""
        file.save()
        batch = Batch(timezone.now(), source, run)
        batch.held[standard.pk] = standard
        batch.note(standard, "files", before, {"name": file.name, "sha256": kept.sha256, "access": file.access})
        wider = _RANK[Standard.Access(file.access)] > _RANK[Standard.Access(standard.access)]
        if wider and "access" not in standard.locked_fields:
            batch.note(standard, "access", standard.access, file.access)
            batch.fields[standard.pk].add("access")
            standard.access = file.access
        batch.save_changes()
        records_changed.send(sender=File, record_type=RECORD_TYPE, ids=[standard.pk], removed=False)
    return file


def _suffix(item: FileItem) -> str:
    return mimetypes.guess_extension(item.media_type) or ".bin"


def _free_name(standard: Standard, item: FileItem) -> str:
    """``gb-t-1-1-2020.pdf``, ``gb-t-1-1-2020-en.pdf``, with a number where that is taken."""
    taken = set(File.objects.filter(standard=standard).values_list("name", flat=True))
    stem = f"{standard.slug}-{item.language}" if item.language else standard.slug
    candidates = (f"{stem}{'' if number == 1 else f'-{number}'}{_suffix(item)}" for number in range(1, len(taken) + 2))
    return next(name for name in candidates if name not in taken)
