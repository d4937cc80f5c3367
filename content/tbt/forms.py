"""The form with which editors give a notification its Chinese words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from content.desk import GuardedForm
from content.tbt import wording
from content.tbt.models import Notification

EDITABLE = ("title", "agency", "products", "description", "objective")
"""Texts that an editor may give in Chinese; facts are the sources' alone."""
_LINES = ("title", "agency")


class NotificationForm(GuardedForm):
    """Chinese texts; one left empty is what sources say."""

    class Meta:
        model = Notification
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in EDITABLE:
            self.fields[name] = forms.CharField(
                label=wording.field_label(f"{name}.zh"),
                required=False,
                max_length=2_000 if name in _LINES else 20_000,
                initial=self.instance.edited.get(name, ""),
                widget=forms.TextInput() if name in _LINES else forms.Textarea(attrs={"rows": 4}),
                help_text=_("Empty: what sources say."),
            )

    @property
    def edited(self) -> dict[str, str]:
        """What the editor gave."""
        return {name: text for name in EDITABLE if (text := self.cleaned_data[name].strip())}
