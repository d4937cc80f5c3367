"""Forms of the editors' desk for regulations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from content.regulations.editing import EDITABLE
from content.regulations.models import Regulation


class RegulationForm(WagtailAdminModelForm):
    """Edits the values of an act. ``version`` guards against overwriting what changed since the form was opened."""

    version = forms.CharField(widget=forms.HiddenInput)
    release = forms.MultipleChoiceField(
        label=_("Release to the sources"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ticked fields are no longer kept as edited: the sources' next word counts again."),
    )

    class Meta:
        model = Regulation
        fields = list(EDITABLE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version_of(self.instance)
        labels = {field.name: str(field.verbose_name) for field in Regulation._meta.concrete_fields}
        self.fields["release"].choices = [(name, labels.get(name, name)) for name in self.instance.locked_fields]

    def clean_version(self) -> str:
        version: str = self.cleaned_data["version"]
        if version != version_of(self.instance):
            raise ValidationError(
                _("The record has changed since you opened it. Open it again and repeat your edit."), code="stale"
            )
        return version


def version_of(regulation: Regulation) -> str:
    """Names the state of a record."""
    return regulation.updated_at.isoformat()


class HideForm(forms.Form):
    """Why a record is withdrawn from public view."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown on the page in place of the record, and kept in its history."),
    )
