"""Guidance documents as editors keep them: the bytes, what is said of them, and the same as data."""

from __future__ import annotations

from typing import IO, Any

from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from content.provenance import edits, stored
from content.provenance.models import Change
from content.reach.models import Guidance

RECORD_TYPE = "guidance"
EDITABLE = (
    *("title", "title_zh", "summary_zh", "publisher", "topic", "edition", "published", "language", "url"),
    "replaced_by_id",
)


def store(guidance: Guidance, body: IO[bytes]) -> None:
    """Takes the bytes over, to be read anew where they are others than before."""
    kept = stored.keep(body, ".pdf")
    if guidance.sha256 != kept.sha256:
        guidance.take(kept)


def values_of(guidance: Guidance) -> dict[str, Any]:
    """What an editor says of a document, as it stands."""
    return {name: getattr(guidance, name) for name in (*EDITABLE, "sha256")}


@transaction.atomic
def keep(guidance: Guidance, before: dict[str, Any] | None, editor: User) -> None:
    """Saves a document with a Change for each field that took another value; ``before`` is None for a new one."""
    if before is None:
        guidance.created_at = guidance.updated_at = timezone.now()
        guidance.slug = free_slug(f"{guidance.title} {guidance.edition} {guidance.language}")
    guidance.save()
    if before is None:
        edits.note(guidance, RECORD_TYPE, str(guidance), editor, kind=Change.Kind.CREATED)
    for name, old in (before or {}).items():
        if (new := getattr(guidance, name)) != old:
            edits.note(guidance, RECORD_TYPE, str(guidance), editor, field=name, old=old, new=new)
    edits.touch(guidance, RECORD_TYPE)


def free_slug(text: str) -> str:
    """Made of the text, with a number where that is taken."""
    stem = slugify(text)[:70].strip("-") or "guidance"
    taken = set(Guidance.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for at in range(1, len(taken) + 2) if (slug := stem if at == 1 else f"{stem}-{at}") not in taken)


def document(one: Guidance) -> dict[str, Any]:
    """A document as the API describes it; ``replaced_by`` is loaded with it or costs a query."""
    return {
        "type": RECORD_TYPE,
        "slug": one.slug,
        "url": one.get_absolute_url(),
        "title": {"en": one.title, "zh": one.title_zh},
        "summary": {"zh": one.summary_zh},
        "publisher": one.publisher,
        "topic": one.topic,
        "edition": one.edition,
        "published": one.published,
        "language": one.language,
        "source": one.url,
        "file": reverse("reach:guidance-file", args=[one.slug]),
        "sha256": one.sha256,
        "size": one.size,
        "pages": one.pages,
        "replaced_by": one.replaced_by.slug if one.replaced_by else "",
        "updated_at": one.updated_at,
    }
