"""Records withdrawn from public view by an editor (撤下), and put back; every act leaves a Change and its reason."""

from __future__ import annotations

from typing import Any, Protocol

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.provenance import edits
from content.provenance.models import Change


class Hideable(edits.Edited, Protocol):
    """A record with ``hidden_at``, ``hidden_reason`` and ``updated_at``; its text is what a Change names it by."""

    hidden_reason: Any


class HideForm(forms.Form):
    """Why a record is withdrawn from public view."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown on the page in place of the record, and kept in its history."),
    )


@transaction.atomic
def hide(record: Hideable, record_type: str, reason: str, editor: User) -> None:
    """Withdraws the record from public view, pages, API, feeds and index, and keeps the reason."""
    if record.hidden_at is None:
        record.hidden_at, record.hidden_reason = timezone.now(), reason
        _save(record, record_type, Change.Kind.HIDDEN, None, reason, editor)


@transaction.atomic
def show(record: Hideable, record_type: str, editor: User) -> None:
    """Puts a hidden record back into public view."""
    if record.hidden_at is not None:
        reason = record.hidden_reason
        record.hidden_at, record.hidden_reason = None, ""
        _save(record, record_type, Change.Kind.SHOWN, reason, None, editor)


def _save(record: Hideable, record_type: str, kind: Change.Kind, old: Any, new: Any, editor: User) -> None:
    edits.note(record, record_type, str(record), editor, old=old, new=new, kind=kind)
    edits.touch(record, record_type, "hidden_at", "hidden_reason")
