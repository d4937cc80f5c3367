"""Jobs of the index in the admin: what waits, what was given up on and why, and trying that once more."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets.button import Button

from content.admin import ConfirmView, RecordIndexView
from search.models import IndexOutbox
from search.outbox import MAX_ATTEMPTS, replay


class IndexJobFilters(WagtailFilterSet):
    """What the list of jobs can be narrowed by."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[("waiting", gettext_lazy("Waiting")), ("given_up", gettext_lazy("Given up on"))],
        method="filter_state",
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = IndexOutbox
        fields = ("state", "record_type", "removed")

    def filter_state(self, queryset: QuerySet[IndexOutbox], name: str, value: str) -> QuerySet[IndexOutbox]:
        """Only what will be tried again by itself, or only what will not."""
        if value == "given_up":
            return queryset.filter(attempts__gte=MAX_ATTEMPTS)
        return queryset.filter(attempts__lt=MAX_ATTEMPTS)


class IndexJobListView(RecordIndexView):
    """The jobs, those that were given up on with a button."""

    replay_url_name = ""
    replay_all_url_name = ""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = [*super().header_more_buttons]
        given_up = IndexOutbox.objects.filter(attempts__gte=MAX_ATTEMPTS).count()
        if given_up and self.user_has_permission("change"):
            label = _("Try all again that were given up on (%(number)d)") % {"number": given_up}
            buttons.append(Button(label, url=reverse(self.replay_all_url_name), icon_name="rotate", priority=50))
        return buttons

    def get_list_more_buttons(self, instance: IndexOutbox) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if instance.attempts >= MAX_ATTEMPTS and self.user_has_permission("change"):
            url = reverse(self.replay_url_name, args=[instance.pk])
            buttons.append(Button(_("Try again"), url=url, icon_name="rotate", priority=10))
        return buttons


class ReplayView(ConfirmView):
    """Has one job tried once more."""

    model = IndexOutbox
    page_title = gettext_lazy("Try again")
    header_icon = "rotate"
    question = gettext_lazy("The record is read anew and sent to the index. If that fails again, it stays here.")
    button_label = gettext_lazy("Try again")

    def get_success_url(self) -> str:
        return reverse(self.index_url_name)

    def act(self, form: forms.Form) -> str:
        return _told(replay([self.object.pk]))


class ReplayAllView(ReplayView):
    """Has all of them tried once more."""

    question = gettext_lazy("All records that were given up on are read anew and sent to the index.")

    def get_pk(self) -> None:
        return None

    def get_object(self) -> IndexOutbox:
        """Stands for all of them."""
        return IndexOutbox()

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        whole: list[dict[str, Any]] = super().get_breadcrumbs_items()
        return [item for item in whole if item["label"] != str(self.object)]

    def act(self, form: forms.Form) -> str:
        return _told(replay())


def _told(number: int) -> str:
    return ngettext("%(number)d job is tried again.", "%(number)d jobs are tried again.", number) % {"number": number}
