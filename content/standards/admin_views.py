"""Views of the editors' desk beyond what Wagtail's generic ones do."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.contrib.admin.utils import quote
from django.db import models, transaction
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
from content.standards import editing
from content.standards.detail import display_value, field_label
from content.standards.documents import changes_of
from content.standards.forms import HideForm
from content.standards.models import Body, Relation, Standard
from search.designations import try_parse


class StandardFilters(WagtailFilterSet):
    """What the list of standards can be narrowed by."""

    body = django_filters.ModelChoiceFilter(queryset=Body.objects.all(), label=gettext_lazy("Issuing body"))
    year = django_filters.NumberFilter(label=gettext_lazy("Year"), min_value=1000, max_value=9999)
    hidden = django_filters.ChoiceFilter(
        label=gettext_lazy("Public view"),
        choices=[("no", gettext_lazy("Shown")), ("yes", gettext_lazy("Hidden"))],
        method="filter_hidden",
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )
    kind = django_filters.CharFilter(label=gettext_lazy("Kind"), max_length=40)

    class Meta:
        model = Standard
        fields = ("status", "body", "year", "kind", "access", "hidden")

    def filter_hidden(self, queryset: QuerySet[Standard], name: str, value: str) -> QuerySet[Standard]:
        """Only records in, or out of, public view."""
        return queryset.filter(hidden_at__isnull=value == "no")


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


class StandardEditView(generic.EditView):
    """Edits one standard, leaving a Change and a lock for each field that the editor set."""

    hide_url_name = ""
    show_url_name = ""

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One transaction from reading the record to writing it, so that no crawl comes between."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_object(self, queryset: Any = None) -> Standard:
        locked = Standard.objects.select_for_update() if self.request.method == "POST" else Standard.objects
        standard: Standard = super().get_object(locked.all())
        return standard

    def save_instance(self) -> Standard:
        before = editing.values_of(Standard.objects.get(pk=self.object.pk))
        standard: Standard = super().save_instance()
        editing.rename(standard, self.form.cleaned_data["named"], self.request.user)
        editing.record_edit(standard, before, self.request.user)
        editing.unlock(standard, self.form.cleaned_data["release"], self.request.user)
        return standard

    def get_success_url(self) -> str:
        return str(self.get_edit_url())

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        hidden = self.object.hidden_at is not None
        label = _("Show again") if hidden else _("Hide")
        name, icon = (self.show_url_name, "view") if hidden else (self.hide_url_name, "no-view")
        return [
            *super().header_more_buttons,
            Button(label, url=reverse(name, args=[quote(self.object.pk)]), icon_name=icon, priority=40),
            *(
                [Button(_("View on the site"), url=self.object.get_absolute_url(), icon_name="globe", priority=5)]
                if not hidden
                else []
            ),
        ]


class RecordHistoryView(HistoryView):
    """Every field of a standard that ever took another value, by whom and when."""

    filterset_class = None
    verbose_name_plural = gettext_lazy("changes")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            DateColumn("at", label=_("When")),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("field", label=_("Field"), accessor=lambda change: field_label(change.field)),
            Column("old", label=_("Old value"), accessor=lambda change: display_value(change.field, change.old)[:500]),
            Column("new", label=_("New value"), accessor=lambda change: display_value(change.field, change.new)[:500]),
            Column("by", label=_("By"), accessor=_author),
        ]

    def get_base_queryset(self) -> QuerySet[Change]:
        return changes_of(self.object).select_related("editor")

    def get_queryset(self) -> QuerySet[Change]:
        return self.get_base_queryset()


def _author(change: Change) -> str:
    return str(change.editor or change.source_id or change.get_cause_display())


class HideView(ConfirmView):
    """Withdraws a record from public view, with a reason."""

    model = Standard
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

    model = Standard
    page_title = gettext_lazy("Show again")
    header_icon = "view"
    question = gettext_lazy("The record will be public again, on the site, in the API and in the index.")
    button_label = gettext_lazy("Show again")

    def act(self, form: forms.Form) -> str:
        editing.show(self.object, self.editor)
        return _("%(designation)s is public again.") % {"designation": self.object}


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
