"""The editors' desk of records that come from sources: what it has in common, whatever the subject (编辑台).

An editor corrects a record, withdraws it from public view and puts it back; each act leaves a Change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.widgets.button import Button

from content.admin import ConfirmView, RecordViewSet
from content.provenance import hiding
from content.provenance.models import Change


class HideableFilters(WagtailFilterSet):
    """A list that can be narrowed to what is in, or out of, public view."""

    hidden = django_filters.ChoiceFilter(
        label=gettext_lazy("Public view"),
        choices=[("no", gettext_lazy("Shown")), ("yes", gettext_lazy("Hidden"))],
        method="filter_hidden",
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )

    def filter_hidden(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Only records in, or out of, public view."""
        return queryset.filter(hidden_at__isnull=value == "no")


class GuardedForm(WagtailAdminModelForm):
    """A form whose ``version`` guards against overwriting what changed since it was opened."""

    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.updated_at.isoformat()

    def clean_version(self) -> str:
        version: str = self.cleaned_data["version"]
        # The instance is the one that this request loaded: its values are only assigned after cleaning.
        if version != self.instance.updated_at.isoformat():
            raise ValidationError(
                _("The record has changed since you opened it. Open it again and repeat your edit."), code="stale"
            )
        return version


class LockingForm(GuardedForm):
    """A form of a record whose edited fields are locked against their sources; ``release`` gives them back."""

    release = forms.MultipleChoiceField(
        label=gettext_lazy("Release to the sources"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Ticked fields are no longer kept as edited: the sources' next word counts again."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {field.name: str(field.verbose_name) for field in self.instance._meta.concrete_fields}
        self.fields["release"].choices = [(name, labels.get(name, name)) for name in self.instance.locked_fields]


class RecordEditView(generic.EditView):
    """Edits one record; a subclass says what saving it means."""

    hide_url_name = ""
    show_url_name = ""

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One transaction from reading the record to writing it, so that no crawl comes between."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_object(self, queryset: Any = None) -> Any:
        held = self.model.objects
        return super().get_object(held.select_for_update() if self.request.method == "POST" else held.all())

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


class ChangeHistoryView(HistoryView):
    """Every field of a record that ever took another value, by whom and when."""

    filterset_class = None
    verbose_name_plural = gettext_lazy("changes")
    record_type = ""
    field_label: Callable[[str], str] = staticmethod(str)
    display_value: Callable[[str, Any], str] = staticmethod(lambda _field, value: str(value))

    @cached_property
    def columns(self) -> list[Column]:
        return [
            DateColumn("at", label=_("When")),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("field", label=_("Field"), accessor=lambda one: self.field_label(one.field)),
            Column("old", label=_("Old value"), accessor=lambda one: self.display_value(one.field, one.old)[:500]),
            Column("new", label=_("New value"), accessor=lambda one: self.display_value(one.field, one.new)[:500]),
            Column("by", label=_("By"), accessor=_author),
        ]

    def get_base_queryset(self) -> QuerySet[Change]:
        changes = Change.objects.filter(record_type=self.record_type, record_id=self.object.pk)
        return changes.select_related("editor")

    def get_queryset(self) -> QuerySet[Change]:
        return self.get_base_queryset()


def _author(change: Change) -> str:
    return str(change.editor or change.source_id or change.get_cause_display())


class HideView(ConfirmView):
    """Withdraws a record from public view, with a reason."""

    model: type[Model] | None = None
    record_type = ""
    page_title = gettext_lazy("Hide")
    header_icon = "no-view"
    form_class = hiding.HideForm
    question = gettext_lazy("The record leaves the site, the API, the feeds and the index. Sources keep updating it.")
    button_label = gettext_lazy("Hide")

    def act(self, form: forms.Form) -> str:
        hiding.hide(self.object, self.record_type, form.cleaned_data["reason"], self.editor)
        return _("%(designation)s is hidden.") % {"designation": self.object}


class ShowView(ConfirmView):
    """Puts a hidden record back."""

    model: type[Model] | None = None
    record_type = ""
    page_title = gettext_lazy("Show again")
    header_icon = "view"
    question = gettext_lazy("The record will be public again, on the site, in the API and in the index.")
    button_label = gettext_lazy("Show again")

    def act(self, form: forms.Form) -> str:
        hiding.show(self.object, self.record_type, self.editor)
        return _("%(designation)s is public again.") % {"designation": self.object}


class HideableViewSet(RecordViewSet):
    """Records that come from sources; editors correct, hide and show them."""

    permitted: tuple[str, ...] = ("change",)
    record_type = ""

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {"hide_url_name": self.get_url_name("hide"), "show_url_name": self.get_url_name("show")}
        return {**super().get_edit_view_kwargs(**kwargs), **names}

    def get_urlpatterns(self) -> list[URLPattern]:
        given = {"back_url_name": self.get_url_name("edit"), "record_type": self.record_type}
        return [
            *super().get_urlpatterns(),
            path("hide/<int:pk>/", self.construct_view(HideView, **given), name="hide"),
            path("show/<int:pk>/", self.construct_view(ShowView, **given), name="show"),
        ]
