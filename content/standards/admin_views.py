"""Views of the editors' desk beyond what Wagtail's generic ones do."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy
from wagtail.admin.views import generic

from content.admin import RecordIndexView
from content.desk import ChangeHistoryView, HideableFilters, RecordEditView
from content.standards import editing
from content.standards.detail import display_value, field_label
from content.standards.documents import RECORD_TYPE
from content.standards.models import Body, Relation, Standard
from search.designations import try_parse


class StandardFilters(HideableFilters):
    """What the list of standards can be narrowed by."""

    body = django_filters.ModelChoiceFilter(queryset=Body.objects.all(), label=gettext_lazy("Issuing body"))
    year = django_filters.NumberFilter(label=gettext_lazy("Year"), min_value=1000, max_value=9999)
    kind = django_filters.CharFilter(label=gettext_lazy("Kind"), max_length=40)

    class Meta:
        model = Standard
        fields = ("status", "body", "year", "kind", "access", "hidden")


class StandardIndexView(RecordIndexView):
    """Standards, found by designation in any spelling, or by a piece of a designation or title."""

    is_searchable = True

    def search_queryset(self, queryset: QuerySet[Standard]) -> QuerySet[Standard]:
        if not self.is_searching:
            return queryset
        designation = try_parse(self.search_query)
        if designation is not None:
            found = queryset.filter(Q(slug=designation.slug) | Q(undated_slug=designation.undated_slug))
            if found.exists():
                return found
        pieces = Q()
        for word in self.search_query.split()[:8]:
            pieces &= Q(designation__icontains=word) | Q(title_zh__icontains=word) | Q(title_en__icontains=word)
        return queryset.filter(pieces)


class StandardEditView(RecordEditView):
    """Edits one standard, leaving a Change and a lock for each field that the editor set."""

    def save_instance(self) -> Standard:
        before = editing.values_of(Standard.objects.get(pk=self.object.pk))
        standard: Standard = super().save_instance()
        editing.rename(standard, self.form.cleaned_data["named"], self.request.user)
        editing.record_edit(standard, before, self.request.user)
        editing.unlock(standard, self.form.cleaned_data["release"], self.request.user)
        return standard


class StandardHistoryView(ChangeHistoryView):
    """Every field of a standard that ever took another value, by whom and when."""

    record_type = RECORD_TYPE
    field_label = staticmethod(field_label)
    display_value = staticmethod(display_value)


class RelationCreateView(generic.CreateView):
    """States a relation."""

    def save_instance(self) -> Relation:
        relation: Relation = self.form.save(commit=False)
        editing.add_relation(relation, self.request.user)
        return relation

    def get_success_buttons(self) -> list[Any]:
        """A relation is not edited: it is taken away and stated anew."""
        return []


class RelationDeleteView(generic.DeleteView):
    """Takes a relation away."""

    def delete_action(self) -> None:
        editing.remove_relation(self.object, self.request.user)


class FileEditView(generic.EditView):
    """Edits what is said of a file; its bytes stay."""

    def save_instance(self) -> models.Model:
        fields = list(self.form.fields)
        before = type(self.object).objects.values(*fields).get(pk=self.object.pk)
        file: Any = super().save_instance()
        editing.record_file_edit(file, before, self.request.user)
        return file  # type: ignore[no-any-return]


class BodyEditView(generic.EditView):
    """Edits a body; its standards are indexed anew, since they are found by its names."""

    def save_instance(self) -> Body:
        body: Body = super().save_instance()
        editing.requeue_standards_of(body)
        return body
