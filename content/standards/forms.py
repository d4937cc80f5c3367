"""Forms of the editors' desk."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from content.desk import LockingForm
from content.standards.models import CcsClass, IcsClass, Relation, Standard
from content.standards.statements import too_long
from search.designations import Designation, DesignationError, parse

MAX_LINES = 200


class CodesField(forms.CharField):
    """Classes by their codes: librarians know the codes, and a list to choose from would be 1,800 long."""

    def __init__(self, model: type[IcsClass] | type[CcsClass], **kwargs: Any) -> None:
        self.model = model
        super().__init__(required=False, max_length=1000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return " ".join(sorted(one.pk for one in value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        codes = (super().to_python(value) or "").replace(",", " ").replace("，", " ").split()
        known = self.model.objects.in_bulk(codes)
        unknown = [code for code in codes if code not in known]
        if unknown:
            raise ValidationError(
                _("There is no class %(codes)s."), code="unknown", params={"codes": ", ".join(unknown[:10])}
            )
        return list(known.values())

    def validate(self, value: Any) -> None:
        """The codes were looked up; nothing is required."""

    def run_validators(self, value: Any) -> None:
        """The length was bounded by the widget's text, which ``to_python`` has taken apart."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(list(initial or []))) != " ".join(sorted(str(data or "").split()))


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines()]
        return [line for line in lines if line]

    def validate(self, value: Any) -> None:
        if len(value) > MAX_LINES or any(len(line) > 300 for line in value):
            raise ValidationError(_("At most %(lines)d lines of 300 characters."), params={"lines": MAX_LINES})

    def run_validators(self, value: Any) -> None:
        """CharField's validators look at one text; ``validate`` looks at the lines."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        lines: list[str] = self.to_python(data)
        return list(initial or []) != lines


class DesignationField(forms.CharField):
    """A designation in any spelling."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse(text)
        except DesignationError as error:
            raise ValidationError(_("This is not a designation that we can read."), code=error.code) from error

    def validate(self, value: Any) -> None:
        if value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """``parse`` bounds the length."""


class StandardForm(LockingForm):
    """Edits the values of a standard."""

    named = DesignationField(
        label=_("designation"),
        help_text=_("Number, part, year, issuing body and address follow from it. The old address goes on working."),
    )
    ics = CodesField(IcsClass, label="ICS", help_text=_("Codes, separated by spaces."))
    ccs = CodesField(CcsClass, label="CCS", help_text=_("Codes, separated by spaces."))
    responsible = LinesField(label=_("responsible organisations"), help_text=_("One a line."))
    drafters = LinesField(label=_("drafting organisations"), help_text=_("One a line."))
    languages = LinesField(label=_("languages"), help_text=_("Two-letter codes, one a line."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["named"].initial = self.instance.designation

    def clean_named(self) -> Designation:
        designation: Designation = self.cleaned_data["named"]
        if designation.all_parts or too_long(designation):
            raise ValidationError(_("This is not the designation of one document."), code="no_edition")
        if Standard.objects.filter(slug=designation.slug).exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                _("There is a record of %(designation)s already."), params={"designation": designation.canonical}
            )
        return designation

    def clean_languages(self) -> list[str]:
        languages: list[str] = self.cleaned_data["languages"]
        if any(len(code) != 2 or not code.isascii() or not code.isalpha() or not code.islower() for code in languages):
            raise ValidationError(_("A language is a two-letter code, such as zh or en."))
        return languages


class RelationForm(WagtailAdminModelForm):
    """A relation stated by an editor, both ends by designation."""

    subject = DesignationField(label=_("standard"), help_text=_("Its designation, in any spelling."))
    object = DesignationField(label=_("target"), help_text=_("Its designation, in any spelling; it need not be held."))

    field_order: ClassVar[list[str]] = ["subject", "kind", "degree", "object"]

    class Meta:
        model = Relation
        fields = ["kind", "degree"]

    def clean_subject(self) -> Standard:
        designation: Designation = self.cleaned_data["subject"]
        standard = Standard.objects.filter(slug=designation.slug).first()
        if standard is None:
            raise ValidationError(_("%(designation)s is not held."), params={"designation": designation.canonical})
        return standard

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        standard, target = cleaned.get("subject"), cleaned.get("object")
        if isinstance(standard, Standard) and isinstance(target, Designation):
            if standard.slug == target.slug:
                self.add_error("object", _("A standard has no relation to itself."))
            taken = Relation.objects.filter(standard=standard, kind=cleaned.get("kind"), target_slug=target.slug)
            if taken.exists():
                self.add_error("object", _("This relation is already there."))
            self.instance.standard = standard
            self.instance.target_designation = target.canonical
            self.instance.target_slug = target.slug
            self.instance.target = Standard.objects.filter(slug=target.slug).first()
        if cleaned.get("degree") and cleaned.get("kind") != Relation.Kind.ADOPTS:
            self.add_error("degree", _("Only an adoption has a degree of correspondence."))
        return cleaned
