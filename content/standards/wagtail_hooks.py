"""The editors' desk for standards in the Wagtail admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from content.admin import RecordViewSet
from content.desk import HideableViewSet
from content.standards import admin_views
from content.standards.documents import RECORD_TYPE
from content.standards.forms import RelationForm
from content.standards.models import Body, CcsClass, File, IcsClass, Relation, Standard
from content.standards.panels import standard_panels


class StandardViewSet(HideableViewSet):
    """Standards come from sources; editors correct, hide and show them."""

    model = Standard
    record_type = RECORD_TYPE
    icon = "doc-full"
    menu_label = _("Standards")
    related = ("body",)
    list_display = [
        "designation",
        Column("title", label=_("Title"), accessor=lambda one: one.title[:120]),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
        Column("body", label=_("Issuing body"), accessor="body_id"),
        "published",
        Column("edited", label=_("Edited"), accessor=lambda one: _("yes") if one.locked_fields else ""),
        DateColumn("hidden_at", label=_("Hidden since")),
    ]
    ordering = "sort_key"
    filterset_class = admin_views.StandardFilters
    edit_handler = standard_panels
    index_view_class = admin_views.StandardIndexView
    edit_view_class = admin_views.StandardEditView
    history_view_class = admin_views.StandardHistoryView


class RelationViewSet(RecordViewSet):
    """Relations are stated and taken away, by designation."""

    model = Relation
    icon = "link"
    menu_label = _("Relations")
    permitted = ("add", "delete")
    related = ("standard",)
    list_display = [
        Column("standard", label=_("Standard"), accessor="standard.designation"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        "degree",
        "target_designation",
        Column("source", label=_("Source"), accessor="source_id"),
    ]
    list_filter = ["kind", "degree"]
    search_fields = ["target_designation", "standard__designation"]
    add_view_class = admin_views.RelationCreateView
    delete_view_class = admin_views.RelationDeleteView

    def get_form_class(self, for_update: bool = False) -> type[RelationForm]:
        return RelationForm


class FileViewSet(RecordViewSet):
    """Files come from sources; editors decide who may read them."""

    model = File
    icon = "doc-full-inverse"
    menu_label = _("Files")
    permitted = ("change",)
    related = ("standard",)
    list_display = [
        "name",
        Column("standard", label=_("Standard"), accessor="standard.designation"),
        Column("access", label=_("Access"), accessor="get_access_display"),
        "pages",
        Column("text_state", label=_("Text"), accessor="get_text_state_display"),
        "downloads",
    ]
    list_filter = ["access", "text_state", "cover_match"]
    search_fields = ["name", "standard__designation"]
    form_fields = ["access", "language"]
    edit_view_class = admin_views.FileEditView


class BodyViewSet(RecordViewSet):
    """Issuing bodies; their codes come with the designations."""

    model = Body
    icon = "group"
    menu_label = _("Issuing bodies")
    permitted = ("change",)
    list_display = ["code", "name_zh", "name_en", "jurisdiction"]
    list_filter = ["jurisdiction"]
    search_fields = ["code", "name_zh", "name_en"]
    form_fields = ["name_zh", "name_en", "homepage"]
    edit_view_class = admin_views.BodyEditView


class ClassViewSet(RecordViewSet):
    """Classes of a classification; their codes are its own."""

    icon = "list-ul"
    permitted = ("change",)
    list_display = ["code", "title_zh", "title_en", "level"]
    list_filter = ["level"]
    search_fields = ["code", "title_zh", "title_en"]
    form_fields = ["title_zh", "title_en"]


class IcsViewSet(ClassViewSet):
    """Classes of ICS."""

    model = IcsClass
    menu_label = "ICS"


class CcsViewSet(ClassViewSet):
    """Classes of CCS."""

    model = CcsClass
    menu_label = "CCS"


class StandardsGroup(ViewSetGroup):
    """The menu of the standards desk."""

    menu_label = _("Standards")
    menu_icon = "doc-full"
    menu_order = 110
    items = (StandardViewSet, RelationViewSet, FileViewSet, BodyViewSet, IcsViewSet, CcsViewSet)


@hooks.register("register_admin_viewset")
def register_standards() -> StandardsGroup:
    return StandardsGroup()
