"""The editors' desk for TBT notifications in the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn

from content.admin import RecordViewSet
from content.tbt import admin_views, wording
from content.tbt.forms import NotificationForm
from content.tbt.models import Notification


class NotificationViewSet(RecordViewSet):
    """Notifications come from sources; editors give them Chinese words, hide and show them."""

    model = Notification
    icon = "warning"
    menu_label = _("TBT notifications")
    menu_order = 117
    add_to_admin_menu = True
    permitted = ("change",)
    list_display = [
        Column("symbol", label=pgettext_lazy("of a document", "Symbol"), accessor="symbol", sort_key="symbol"),
        Column("title", label=_("Title"), accessor=lambda one: wording.title_of(one)[0][:120]),
        Column("member", label=_("Notifying Member"), accessor="member_name", sort_key="member"),
        "circulated",
        "deadline",
        Column("edited", label=_("Edited"), accessor=lambda one: _("yes") if one.edited else ""),
        DateColumn("hidden_at", label=_("Hidden since")),
    ]
    ordering = "-circulated"
    filterset_class = admin_views.NotificationFilters
    index_view_class = admin_views.NotificationIndexView
    edit_view_class = admin_views.NotificationEditView

    def get_form_class(self, for_update: bool = False) -> type[NotificationForm]:
        return NotificationForm

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {"hide_url_name": self.get_url_name("hide"), "show_url_name": self.get_url_name("show")}
        return {**super().get_edit_view_kwargs(**kwargs), **names}

    def get_urlpatterns(self) -> list[URLPattern]:
        back = {"back_url_name": self.get_url_name("edit")}
        return [
            *super().get_urlpatterns(),
            path("hide/<int:pk>/", self.construct_view(admin_views.HideView, **back), name="hide"),
            path("show/<int:pk>/", self.construct_view(admin_views.ShowView, **back), name="show"),
        ]


@hooks.register("register_admin_viewset")
def register_notifications() -> NotificationViewSet:
    return NotificationViewSet()
