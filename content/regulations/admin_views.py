"""Views of the editors' desk for regulations beyond what every desk has."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from content.admin import RecordIndexView
from content.desk import ChangeHistoryView, HideableFilters, RecordEditView
from content.regulations import editing, wording
from content.regulations.models import Regulation
from content.regulations.store import RECORD_TYPE


class RegulationFilters(HideableFilters):
    """What the list of regulations can be narrowed by."""

    class Meta:
        model = Regulation
        fields = ("kind", "validity", "validity_basis", "hidden")


class RegulationIndexView(RecordIndexView):
    """Regulations, found by pieces of a title, a number or a body."""

    is_searchable = True

    def search_queryset(self, queryset: QuerySet[Regulation]) -> QuerySet[Regulation]:
        if not self.is_searching:
            return queryset
        pieces = Q()
        for word in self.search_query.split()[:8]:
            titled = Q(title__icontains=word) | Q(title_en__icontains=word) | Q(title_zh__icontains=word)
            pieces &= titled | Q(number__icontains=word) | Q(body__icontains=word)
        return queryset.filter(pieces)


class RegulationEditView(RecordEditView):
    """Edits one act, leaving a Change and a lock for each field that the editor set."""

    def save_instance(self) -> Regulation:
        before = editing.values_of(Regulation.objects.get(pk=self.object.pk))
        regulation: Regulation = super().save_instance()
        editing.record_edit(regulation, before, self.request.user)
        editing.unlock(regulation, self.form.cleaned_data["release"], self.request.user)
        return regulation


class RegulationHistoryView(ChangeHistoryView):
    """Every field of an act that ever took another value, by whom and when."""

    record_type = RECORD_TYPE
    field_label = staticmethod(wording.field_label)
    display_value = staticmethod(wording.display_value)
