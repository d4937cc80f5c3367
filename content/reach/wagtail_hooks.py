"""The editors' desk for substances in the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from content.admin import RecordViewSet
from content.desk import HideableViewSet
from content.reach import admin_views
from content.reach.forms import GuidanceForm, NumberForm, SubstanceForm
from content.reach.keeping import RECORD_TYPE as GUIDANCE
from content.reach.models import Guidance, Number, Substance
from content.reach.store import RECORD_TYPE


class SubstanceViewSet(HideableViewSet):
    """Substances come from lists; editors give them Chinese words and other names, hide and show them."""

    model = Substance
    record_type = RECORD_TYPE
    icon = "tag"
    menu_label = _("Substances")
    list_display = [
        Column("name", label=_("Name"), accessor=lambda one: one.name[:120], sort_key="name"),
        Column("name_zh", label=_("Chinese name"), accessor=lambda one: one.name_zh[:60], sort_key="name_zh"),
        Column("slug", label=_("Number"), accessor="slug"),
        DateColumn("updated_at", label=_("Updated"), sort_key="updated_at"),
        DateColumn("hidden_at", label=_("Hidden since")),
    ]
    ordering = "name"
    filterset_class = admin_views.SubstanceFilters
    index_view_class = admin_views.SubstanceIndexView
    edit_view_class = admin_views.SubstanceEditView
    history_view_class = admin_views.SubstanceHistoryView

    def get_form_class(self, for_update: bool = False) -> type[SubstanceForm]:
        return SubstanceForm


class NumberViewSet(RecordViewSet):
    """Numbers under which a substance is known; editors add those that no list states, and mark deleted ones."""

    model = Number
    icon = "tag"
    menu_label = _("Registry numbers")
    related = ("substance",)
    list_display = [
        "value",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("substance", label=_("Substance"), accessor=lambda one: str(one.substance)[:120]),
        BooleanColumn("by_editor", label=_("Added by an editor")),
        BooleanColumn("retired", label=_("Deleted by its registry")),
        Column("replaced_by", label=_("Replaced by"), accessor="replaced_by"),
    ]
    list_filter = ["kind", "by_editor", "retired"]
    search_fields = ["value", "replaced_by"]
    ordering = "value"
    add_view_class = admin_views.NumberCreateView
    edit_view_class = admin_views.NumberEditView
    delete_view_class = admin_views.NumberDeleteView

    def get_form_class(self, for_update: bool = False) -> type[NumberForm]:
        return NumberForm


class GuidanceViewSet(HideableViewSet):
    """Guidance documents are kept by editors."""

    model = Guidance
    record_type = GUIDANCE
    icon = "doc-full-inverse"
    menu_label = _("Guidance")
    permitted = ("add", "change")
    list_display = [
        Column("title", label=_("Title"), accessor=lambda one: str(one)[:120], sort_key="title"),
        Column("topic", label=_("Topic"), accessor="get_topic_display", sort_key="topic"),
        "language",
        "published",
        Column("text_state", label=_("Text"), accessor="get_text_state_display", sort_key="text_state"),
        Column("text_problem", label=_("Problem"), accessor=lambda one: one.text_problem[:80]),
        DateColumn("hidden_at", label=_("Hidden since")),
    ]
    ordering = "-published"
    filterset_class = admin_views.GuidanceFilters
    search_fields = ["title", "title_zh"]
    add_view_class = admin_views.GuidanceCreateView
    edit_view_class = admin_views.GuidanceEditView
    history_view_class = admin_views.GuidanceHistoryView

    def get_form_class(self, for_update: bool = False) -> type[GuidanceForm]:
        return GuidanceForm


class ReachGroup(ViewSetGroup):
    """What editors keep of REACH."""

    menu_label = "REACH"
    menu_icon = "tag"
    menu_order = 118
    items: Any = (SubstanceViewSet, NumberViewSet, GuidanceViewSet)


@hooks.register("register_admin_viewset")
def register_reach() -> ReachGroup:
    return ReachGroup()
