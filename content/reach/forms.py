"""Forms of the editors' desk for substances."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from content.desk import GuardedForm
from content.reach.models import Guidance, Number, Substance
from content.reach.numbers import NumberKind, read

MAX_SYNONYMS = 50
MAX_SYNONYM = 300
MAX_GUIDANCE = 64 * 1024 * 1024
"""Bytes of a guidance document."""


class SubstanceForm(GuardedForm):
    """Words that editors give a substance; its names and numbers are the lists'."""

    synonyms = forms.CharField(
        label=gettext_lazy("Other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One on each line, in any language. The search and the check know them."),
    )

    class Meta:
        model = Substance
        fields = ["name_zh", "summary_zh", "synonyms", "formula"]
        widgets = {"summary_zh": forms.Textarea(attrs={"rows": 10})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["synonyms"] = "\n".join(self.instance.synonyms)

    def clean_synonyms(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["synonyms"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        if len(found) > MAX_SYNONYMS or any(len(one) > MAX_SYNONYM for one in found):
            raise ValidationError(
                _("At most %(count)d names of %(length)d characters.") % {"count": MAX_SYNONYMS, "length": MAX_SYNONYM}
            )
        return found


class NumberForm(WagtailAdminModelForm):
    """A number that no list states; its substance is named by a number that it has."""

    known_as = forms.CharField(
        label=gettext_lazy("Substance"),
        max_length=30,
        help_text=gettext_lazy("A CAS or EC number of the substance that is known already."),
    )

    class Meta:
        model = Number
        fields = ["kind", "value", "retired", "replaced_by"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["known_as"]
            self.fields["kind"].disabled = self.fields["value"].disabled = True

    def clean_known_as(self) -> Substance:
        number = read(self.cleaned_data["known_as"])
        held = list(Substance.objects.filter(numbers__value=number.value).distinct()[:2]) if number else []
        if len(held) != 1:
            raise ValidationError(_("No substance, or more than one, is known by that number."))
        return held[0]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.instance.pk and "kind" in cleaned and "value" in cleaned:
            cleaned["value"] = self._sound("value", NumberKind(cleaned["kind"]))
            substance = cleaned.get("known_as")
            if substance and substance.numbers.filter(kind=cleaned["kind"], value=cleaned["value"]).exists():
                self.add_error("value", _("The substance has that number already."))
        if cleaned.get("replaced_by"):
            cleaned["replaced_by"] = self._sound("replaced_by", None)
            if not cleaned.get("retired"):
                self.add_error("replaced_by", _("Only a deleted number is replaced."))
        return cleaned

    def _sound(self, name: str, kind: NumberKind | None) -> str:
        """The number in its usual form; an error at its field where the check digit is wrong."""
        given: str = self.cleaned_data[name]
        number = read(given, kind)
        if number is None or not number.sound:
            self.add_error(name, _("That is no number of this kind: compare its digits."))
            return given
        return number.value


class GuidanceForm(WagtailAdminModelForm):
    """A guidance document with its file; a new file takes the place of the one before."""

    upload = forms.FileField(
        label=gettext_lazy("PDF file"),
        required=False,
        help_text=gettext_lazy("At most 64 MB. Its text is read within minutes and can then be searched by page."),
    )

    class Meta:
        model = Guidance
        fields = [
            *("title", "title_zh", "summary_zh", "publisher", "topic", "edition", "published", "language", "url"),
            "replaced_by",
        ]
        widgets = {"summary_zh": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = not self.instance.pk
        self.fields["replaced_by"].queryset = Guidance.objects.exclude(pk=self.instance.pk)

    def clean_upload(self) -> Any:
        file = self.cleaned_data["upload"]
        if file is None:
            return None
        if file.size > MAX_GUIDANCE:
            raise ValidationError(_("The file is larger than 64 MB."))
        if b"%PDF-" not in file.read(1024):
            raise ValidationError(_("This is no PDF file, whatever its name says."))
        return file

    def clean_language(self) -> str:
        language: str = self.cleaned_data["language"].strip().lower()
        if not re.fullmatch(r"[a-z]{2,3}", language):
            raise ValidationError(_("A code of two or three letters, such as en or zh."))
        return language
