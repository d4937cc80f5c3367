"""What editors add to a substance: Chinese words, other names, numbers. Each act leaves a Change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from content.provenance import edits
from content.reach.models import Number, Substance
from content.reach.store import RECORD_TYPE

EDITABLE = ("name_zh", "summary_zh", "synonyms", "formula")
"""No list states these, so nothing contends for them."""


def values_of(substance: Substance) -> dict[str, Any]:
    """What an editor may change, as it stands."""
    return {name: getattr(substance, name) for name in EDITABLE}


@transaction.atomic
def record_edit(substance: Substance, before: Mapping[str, Any], editor: User) -> None:
    """After the record was saved: a Change for each field that took another value."""
    changed = [(name, old, new) for name, old in before.items() if (new := getattr(substance, name)) != old]
    for name, old, new in changed:
        _note(substance, name, old, new, editor)
    if changed:
        _touch(substance)


@transaction.atomic
def add_number(number: Number, editor: User) -> None:
    """Saves a number that no list states."""
    number.by_editor = True
    number.save()
    _note(number.substance, "numbers", None, str(number), editor)
    _touch(number.substance)


@transaction.atomic
def change_number(number: Number, editor: User) -> None:
    """Saves what is said of a number."""
    number.save()
    _note(number.substance, "numbers", number.value, str(number), editor)
    _touch(number.substance)


@transaction.atomic
def remove_number(number: Number, editor: User) -> None:
    """Takes away a number that an editor added."""
    substance, said = number.substance, str(number)
    number.delete()
    _note(substance, "numbers", said, None, editor)
    _touch(substance)


def _touch(substance: Substance) -> None:
    edits.touch(substance, RECORD_TYPE)


def _note(substance: Substance, field: str, old: Any, new: Any, editor: User) -> None:
    edits.note(substance, RECORD_TYPE, substance.name, editor, field=field, old=old, new=new)
