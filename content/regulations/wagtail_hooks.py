"""The editors' desk for regulations in the Wagtail admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn

from content.desk import HideableViewSet
from content.regulations import admin_views
from content.regulations.forms import RegulationForm
from content.regulations.models import Regulation
from content.regulations.store import RECORD_TYPE


class RegulationViewSet(HideableViewSet):
    """Regulations come from sources; editors correct, hide and show them. Their texts are the sources' alone."""

    model = Regulation
    record_type = RECORD_TYPE
    icon = "doc-full"
    menu_label = _("Regulations")
    menu_order = 115
    add_to_admin_menu = True
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


@hooks.register("register_admin_viewset")
def register_regulations() -> RegulationViewSet:
    return RegulationViewSet()
