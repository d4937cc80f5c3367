"""Views of the editors' desk for substances beyond what every desk has."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from wagtail.admin.views import generic

from content.admin import RecordIndexView
from content.desk import ChangeHistoryView, HideableFilters, RecordEditView
from content.reach import editing, keeping, wording
from content.reach.browse import named
from content.reach.models import Guidance, ListEntry, Number, Substance
from content.reach.store import RECORD_TYPE


class SubstanceFilters(HideableFilters):
    """What the list of substances can be narrowed by."""

    entries__list_name = django_filters.ChoiceFilter(
        label=gettext_lazy("List"), choices=ListEntry.List.choices, distinct=True
    )
    worded = django_filters.ChoiceFilter(
        label=gettext_lazy("Chinese name"),
        choices=[("yes", gettext_lazy("given")), ("no", gettext_lazy("missing"))],
        method="filter_worded",
    )

    class Meta:
        model = Substance
        fields = ("entries__list_name", "worded", "hidden")

    def filter_worded(self, queryset: QuerySet[Substance], name: str, value: str) -> QuerySet[Substance]:
        """Those that editors have given a Chinese name, or have yet to."""
        return queryset.exclude(name_zh="") if value == "yes" else queryset.filter(name_zh="")


class SubstanceIndexView(RecordIndexView):
    """Substances, found by a number or pieces of a name."""

    is_searchable = True

    def search_queryset(self, queryset: QuerySet[Substance]) -> QuerySet[Substance]:
        return queryset.filter(named(self.search_query)).distinct() if self.is_searching else queryset


class SubstanceEditView(RecordEditView):
    """Edits one substance, leaving a Change for each field."""

    def save_instance(self) -> Substance:
        before = editing.values_of(Substance.objects.get(pk=self.object.pk))
        substance: Substance = super().save_instance()
        editing.record_edit(substance, before, self.request.user)
        return substance


class SubstanceHistoryView(ChangeHistoryView):
    """What lists and editors changed of a substance."""

    record_type = RECORD_TYPE
    field_label = staticmethod(wording.field_label)


class NumberCreateView(generic.CreateView):
    """Adds a number."""

    def save_instance(self) -> Number:
        number: Number = self.form.save(commit=False)
        number.substance = self.form.cleaned_data["known_as"]
        number.sound = True
        editing.add_number(number, self.request.user)
        return number


class NumberEditView(generic.EditView):
    """Says of a number that it was deleted, and what replaces it."""

    def save_instance(self) -> Number:
        number: Number = self.form.save(commit=False)
        editing.change_number(number, self.request.user)
        return number


class NumberDeleteView(generic.DeleteView):
    """Takes a number away that an editor added."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(by_editor=True)

    def delete_action(self) -> None:
        editing.remove_number(self.object, self.request.user)


class GuidanceFilters(HideableFilters):
    """What the list of guidance documents can be narrowed by."""

    class Meta:
        model = Guidance
        fields = ("topic", "text_state", "hidden")


class GuidanceCreateView(generic.CreateView):
    """Adds a document with its file."""

    def save_instance(self) -> Guidance:
        guidance: Guidance = self.form.save(commit=False)
        keeping.store(guidance, self.form.cleaned_data["upload"])
        keeping.keep(guidance, None, self.request.user)
        return guidance


class GuidanceEditView(RecordEditView):
    """Edits what is said of a document, and takes another file."""

    def save_instance(self) -> Guidance:
        before = keeping.values_of(Guidance.objects.get(pk=self.object.pk))
        guidance: Guidance = self.form.save(commit=False)
        if (upload := self.form.cleaned_data["upload"]) is not None:
            keeping.store(guidance, upload)
        keeping.keep(guidance, before, self.request.user)
        return guidance


class GuidanceHistoryView(ChangeHistoryView):
    """What editors changed of a document."""

    record_type = keeping.RECORD_TYPE
    field_label = staticmethod(wording.guidance_label)
