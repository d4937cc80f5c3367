"""The editors' desk for TBT notifications in the Wagtail admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn

from content.desk import HideableViewSet
from content.tbt import admin_views, wording
from content.tbt.forms import NotificationForm
from content.tbt.models import Notification
from content.tbt.store import RECORD_TYPE


class NotificationViewSet(HideableViewSet):
    """Notifications come from sources; editors give them Chinese words, hide and show them."""

    model = Notification
    record_type = RECORD_TYPE
    icon = "warning"
    menu_label = _("TBT notifications")
    menu_order = 117
    add_to_admin_menu = True
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


@hooks.register("register_admin_viewset")
def register_notifications() -> NotificationViewSet:
    return NotificationViewSet()
