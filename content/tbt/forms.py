"""The form with which editors give a notification its Chinese words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from content.tbt import wording
from content.tbt.models import Notification

EDITABLE = ("title", "agency", "products", "description", "objective")
"""Texts that an editor may give in Chinese; facts are the sources' alone."""
_LINES = ("title", "agency")


class NotificationForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Chinese texts; one left empty is what sources say. Refuses to overwrite what changed since it was opened."""

    version = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Notification
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.updated_at.isoformat()
        for name in EDITABLE:
            self.fields[name] = forms.CharField(
                label=wording.field_label(f"{name}.zh"),
                required=False,
                max_length=2_000 if name in _LINES else 20_000,
                initial=self.instance.edited.get(name, ""),
                widget=forms.TextInput() if name in _LINES else forms.Textarea(attrs={"rows": 4}),
                help_text=_("Empty: what sources say."),
            )

    def clean_version(self) -> str:
        version: str = self.cleaned_data["version"]
        if version != self.instance.updated_at.isoformat():
            raise ValidationError(
                _("The record has changed since you opened it. Open it again and repeat your edit."), code="stale"
            )
        return version

    @property
    def edited(self) -> dict[str, str]:
        """What the editor gave."""
        return {name: text for name in EDITABLE if (text := self.cleaned_data[name].strip())}
