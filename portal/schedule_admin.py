"""The schedule of Celery's beat in the admin: what is due when, to be changed or switched off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_celery_beat.models import PeriodicTask
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn

from content.admin import RecordViewSet
from portal.schedule import label_of, times_of, when_of


class ScheduleForm(WagtailAdminModelForm):
    """When, in one line, and whether at all."""

    when = forms.CharField(
        label=gettext_lazy("When"),
        max_length=100,
        help_text=gettext_lazy("minute hour day month weekday, as in a crontab; or: every 3 hours"),
    )

    class Meta:
        model = PeriodicTask
        fields = ("enabled",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].initial = when_of(self.instance)

    def clean_when(self) -> str:
        when: str = " ".join(self.cleaned_data["when"].split())
        try:
            times = times_of(when)
        except ValueError as problem:
            raise ValidationError(_("“%(when)s” is no time.") % {"when": when}, code="time") from problem
        for field, value in times.items():
            setattr(self.instance, field, value)
        return when


class ScheduleViewSet(RecordViewSet):
    """What is not in the sources' files: what an operator changes here stays."""

    model = PeriodicTask
    icon = "calendar-alt"
    menu_label = gettext_lazy("Schedule")
    menu_order = 125
    add_to_admin_menu = True
    permitted = ("change",)
    list_display = [
        "name",
        Column("what", label=gettext_lazy("What"), accessor=label_of),
        Column("when", label=gettext_lazy("When"), accessor=when_of),
        BooleanColumn("enabled", label=gettext_lazy("Enabled")),
        DateColumn("last_run_at", label=gettext_lazy("Last sent")),
        "total_run_count",
    ]
    related = ("crontab", "interval")
    search_fields = ["name"]
    ordering = "name"

    def get_form_class(self, for_update: bool = False) -> type[ScheduleForm]:
        return ScheduleForm
