"""What an editor does to a regulation: every act leaves a Change; what is set by hand stays until it is released."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from content.provenance import edits
from content.provenance.models import Change
from content.regulations import present
from content.regulations.detail import versions_of
from content.regulations.models import Regulation, Version
from content.regulations.store import RECORD_TYPE

EDITABLE = (
    *("title", "title_zh", "title_en", "kind", "number", "eli", "body"),
    *("validity", "published", "effective", "expired", "url"),
)
"""Fields an editor may set; texts and versions are their sources' alone."""


def values_of(regulation: Regulation) -> dict[str, Any]:
    """The editable values as they are written into Changes."""
    return {name: getattr(regulation, name) for name in EDITABLE}


@transaction.atomic
def record_edit(regulation: Regulation, before: Mapping[str, Any], editor: User) -> list[str]:
    """After the act was saved with an editor's values: one Change and one lock for each field that differs."""
    after = values_of(regulation)
    changed = [name for name in EDITABLE if before[name] != after[name]]
    if not changed:
        return []
    for name in changed:
        kind = Change.Kind.STATUS if name == "validity" else Change.Kind.FIELD
        _write(regulation, editor, kind, name, before[name], after[name])
    regulation.locked_fields = sorted({*regulation.locked_fields, *changed})
    if "validity" in changed:
        regulation.validity_basis = Regulation.Basis.EDITOR
    _touch(regulation, "locked_fields", "validity_basis")
    return changed


@transaction.atomic
def unlock(regulation: Regulation, fields: Iterable[str], editor: User) -> None:
    """Gives ``fields`` back to the sources: they take the values of the versions again at once."""
    kept = [name for name in regulation.locked_fields if name not in set(fields)]
    if kept == regulation.locked_fields:
        return
    _write(regulation, editor, Change.Kind.FIELD, "locked_fields", regulation.locked_fields, kept)
    regulation.locked_fields = kept
    versions = versions_of(regulation)
    repeals = present.repeals_of([regulation]).get(regulation.match, ())
    changed, turned = present.renewed(regulation, versions, repeals, timezone.localdate().isoformat())
    for name, (old, new) in changed.items():
        if name != "validity_basis":
            kind = Change.Kind.STATUS if name == "validity" else Change.Kind.FIELD
            _write(regulation, editor, kind, name, old, new)
    if turned:
        Version.objects.bulk_update(turned, ["validity"])
    _touch(regulation, "locked_fields", *changed)


def _touch(regulation: Regulation, *fields: str) -> None:
    edits.touch(regulation, RECORD_TYPE, *fields)


def _write(regulation: Regulation, editor: User, kind: str, field: str, old: Any, new: Any) -> None:
    edits.note(regulation, RECORD_TYPE, regulation.title, editor, field=field, old=old, new=new, kind=kind)
