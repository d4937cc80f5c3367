"""Views of the editors' desk for notifications beyond what Wagtail's generic ones do."""

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
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from content.admin import ConfirmView, RecordIndexView
from content.provenance import hiding
from content.tbt import store
from content.tbt.models import Notification


class NotificationFilters(WagtailFilterSet):
    """What the list of notifications can be narrowed by."""

    hidden = django_filters.ChoiceFilter(
        label=gettext_lazy("Public view"),
        choices=[("no", gettext_lazy("Shown")), ("yes", gettext_lazy("Hidden"))],
        method="filter_hidden",
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Notification
        fields = ("kind", "member", "hidden")

    def filter_hidden(self, queryset: QuerySet[Notification], name: str, value: str) -> QuerySet[Notification]:
        """Only records in, or out of, public view."""
        return queryset.filter(hidden_at__isnull=value == "no")


class NotificationIndexView(RecordIndexView):
    """Notifications, found by pieces of a symbol or a title."""

    is_searchable = True

    def get_base_queryset(self) -> QuerySet[Notification]:
        found: QuerySet[Notification] = super().get_base_queryset()
        return found.prefetch_related("wordings")

    def search_queryset(self, queryset: QuerySet[Notification]) -> QuerySet[Notification]:
        if not self.is_searching:
            return queryset
        pieces = Q()
        for word in self.search_query.split()[:8]:
            pieces &= Q(symbol__icontains=word) | Q(wordings__title__icontains=word)
        return queryset.filter(pieces).distinct()


class NotificationEditView(generic.EditView):
    """Gives one notification its Chinese words, leaving a Change for each text."""

    hide_url_name = ""
    show_url_name = ""

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One transaction from reading the record to writing it, so that no crawl comes between."""
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_object(self, queryset: Any = None) -> Notification:
        locked = Notification.objects.select_for_update() if self.request.method == "POST" else Notification.objects
        one: Notification = super().get_object(locked.all())
        return one

    def save_instance(self) -> Notification:
        one: Notification = self.object
        one.edited = self.form.edited
        one.save(update_fields=["edited"])
        store.rewrite(one, self.request.user)
        return one

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


class HideView(ConfirmView):
    """Withdraws a record from public view, with a reason."""

    model = Notification
    page_title = gettext_lazy("Hide")
    header_icon = "no-view"
    form_class = hiding.HideForm
    question = gettext_lazy("The record leaves the site, the API, the feeds and the index. Sources keep updating it.")
    button_label = gettext_lazy("Hide")

    def act(self, form: forms.Form) -> str:
        hiding.hide(self.object, store.RECORD_TYPE, form.cleaned_data["reason"], self.editor)
        return _("%(designation)s is hidden.") % {"designation": self.object}


class ShowView(ConfirmView):
    """Puts a hidden record back."""

    model = Notification
    page_title = gettext_lazy("Show again")
    header_icon = "view"
    question = gettext_lazy("The record will be public again, on the site, in the API and in the index.")
    button_label = gettext_lazy("Show again")

    def act(self, form: forms.Form) -> str:
        hiding.show(self.object, store.RECORD_TYPE, self.editor)
        return _("%(designation)s is public again.") % {"designation": self.object}
