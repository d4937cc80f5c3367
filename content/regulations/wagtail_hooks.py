"""The editors' desk for regulations in the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn

from content.admin import RecordViewSet
from content.regulations import admin_views
from content.regulations.forms import RegulationForm
from content.regulations.models import Regulation


class RegulationViewSet(RecordViewSet):
    """Regulations come from sources; editors correct, hide and show them. Their texts are the sources' alone."""

    model = Regulation
    icon = "doc-full"
    menu_label = _("Regulations")
    menu_order = 115
    add_to_admin_menu = True
    permitted = ("change",)
    list_display = [
        Column("title", label=_("Title"), accessor=lambda one: one.title[:120], sort_key="title"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("validity", label=_("Validity"), accessor="get_validity_display", sort_key="validity"),
        Column("body", label=_("Issuing body"), accessor="body", sort_key="body"),
        "amended",
        Column("edited", label=_("Edited"), accessor=lambda one: _("yes") if one.locked_fields else ""),
        DateColumn("hidden_at", label=_("Hidden since")),
    ]
    ordering = "-amended"
    filterset_class = admin_views.RegulationFilters
    index_view_class = admin_views.RegulationIndexView
    edit_view_class = admin_views.RegulationEditView
    history_view_class = admin_views.RegulationHistoryView

    def get_form_class(self, for_update: bool = False) -> type[RegulationForm]:
        return RegulationForm

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
def register_regulations() -> RegulationViewSet:
    return RegulationViewSet()
