"""Views of the editors' desk for regulations beyond what Wagtail's generic ones do."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.contrib.admin.utils import quote
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets.button import Button

from content.admin import ConfirmView, RecordIndexView
from content.provenance.models import Change
from content.regulations import editing, wording
from content.regulations.forms import HideForm
from content.regulations.models import Regulation
from content.regulations.store import RECORD_TYPE


class RegulationFilters(WagtailFilterSet):
    """What the list of regulations can be narrowed by."""

    hidden = django_filters.ChoiceFilter(
        label=gettext_lazy("Public view"),
        choices=[("no", gettext_lazy("Shown")), ("yes", gettext_lazy("Hidden"))],
        method="filter_hidden",
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Regulation
        fields = ("kind", "validity", "validity_basis", "hidden")

    def filter_hidden(self, queryset: QuerySet[Regulation], name: str, value: str) -> QuerySet[Regulation]:
        """Only records in, or out of, public view."""
        return queryset.filter(hidden_at__isnull=value == "no")


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


class RegulationEditView(generic.EditView):
    """Edits one act, leaving a Change and a lock for each field that the editor set."""

    hide_url_name = ""
    show_url_name = ""

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One transaction from reading the record to writing it, so that no crawl comes between."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_object(self, queryset: Any = None) -> Regulation:
        locked = Regulation.objects.select_for_update() if self.request.method == "POST" else Regulation.objects
        regulation: Regulation = super().get_object(locked.all())
        return regulation

    def save_instance(self) -> Regulation:
        before = editing.values_of(Regulation.objects.get(pk=self.object.pk))
        regulation: Regulation = super().save_instance()
        editing.record_edit(regulation, before, self.request.user)
        editing.unlock(regulation, self.form.cleaned_data["release"], self.request.user)
        return regulation

    def get_success_url(self) -> str:
        return str(self.get_edit_url())

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        hidden = self.object.hidden_at is not None
        label = _("Show again") if hidden else _("Hide")
        name, icon = (self.show_url_name, "view") if hidden else (self.hide_url_name, "no-view")
        url = self.object.get_absolute_url()
        view = [] if hidden else [Button(_("View on the site"), url=url, icon_name="globe", priority=5)]
        return [
            *super().header_more_buttons,
            Button(label, url=reverse(name, args=[quote(self.object.pk)]), icon_name=icon, priority=40),
            *view,
        ]


class RegulationHistoryView(HistoryView):
    """Every field of an act that ever took another value, by whom and when."""

    filterset_class = None
    verbose_name_plural = gettext_lazy("changes")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            DateColumn("at", label=_("When")),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("field", label=_("Field"), accessor=lambda one: wording.field_label(one.field)),
            Column("old", label=_("Old value"), accessor=lambda one: wording.display_value(one.field, one.old)[:500]),
            Column("new", label=_("New value"), accessor=lambda one: wording.display_value(one.field, one.new)[:500]),
            Column("by", label=_("By"), accessor=_author),
        ]

    def get_base_queryset(self) -> QuerySet[Change]:
        changes = Change.objects.filter(record_type=RECORD_TYPE, record_id=self.object.pk)
        return changes.select_related("editor")

    def get_queryset(self) -> QuerySet[Change]:
        return self.get_base_queryset()


def _author(change: Change) -> str:
    return str(change.editor or change.source_id or change.get_cause_display())


class HideView(ConfirmView):
    """Withdraws a record from public view, with a reason."""

    model = Regulation
    page_title = gettext_lazy("Hide")
    header_icon = "no-view"
    form_class = HideForm
    question = gettext_lazy("The record leaves the site, the API, the feeds and the index. Sources keep updating it.")
    button_label = gettext_lazy("Hide")

    def act(self, form: forms.Form) -> str:
        editing.hide(self.object, form.cleaned_data["reason"], self.editor)
        return _("%(designation)s is hidden.") % {"designation": self.object}


class ShowView(ConfirmView):
    """Puts a hidden record back."""

    model = Regulation
    page_title = gettext_lazy("Show again")
    header_icon = "view"
    question = gettext_lazy("The record will be public again, on the site, in the API and in the index.")
    button_label = gettext_lazy("Show again")

    def act(self, form: forms.Form) -> str:
        editing.show(self.object, self.editor)
        return _("%(designation)s is public again.") % {"designation": self.object}
