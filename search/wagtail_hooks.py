"""The search desk in the Wagtail admin: synonyms, the state of the index, what is searched for."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from content.admin import ReadOnlyViewSet, RecordViewSet
from search import outbox_views
from search.models import IndexOutbox, QueryCount, SynonymRule
from search.synonyms import history, transfer, views
from search.synonyms.forms import RuleForm


class SynonymViewSet(RecordViewSet):
    """What staff know of words: live at once, shown beforehand by what it changes."""

    model = SynonymRule
    icon = "list-ul"
    menu_label = _("Synonyms")
    list_display = [
        "__str__",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        BooleanColumn("enabled", label=_("Enabled")),
        "note",
        DateColumn("updated_at", label=_("Updated"), sort_key="updated_at"),
    ]
    list_filter = ["kind", "enabled"]
    search_fields = ["terms", "targets", "note"]
    ordering = "-updated_at"
    index_view_class = views.RuleIndexView
    add_view_class = views.RuleCreateView
    edit_view_class = views.RuleEditView
    delete_view_class = views.RuleDeleteView
    create_template_name = views.FORM_TEMPLATE
    edit_template_name = views.FORM_TEMPLATE
    index_template_name = views.RuleIndexView.template_name

    def get_form_class(self, for_update: bool = False) -> type[RuleForm]:
        return RuleForm

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {f"{name}_url_name": self.get_url_name(name) for name in ("switch", "import", "export")}
        return {**super().get_index_view_kwargs(**kwargs), **names}

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_delete_view_kwargs(**kwargs), "add_url_name": self.get_url_name("add")}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("switch/<int:pk>/", self.construct_view(views.SwitchView), name="switch"),
            path("import/", self.construct_view(transfer.ImportView), name="import"),
            path("export/<str:file_format>/", self.construct_view(transfer.ExportView), name="export"),
        ]


class IndexJobViewSet(ReadOnlyViewSet):
    """Records that the index has yet to learn of; an empty list is the healthy state."""

    model = IndexOutbox
    icon = "rotate"
    menu_label = _("Waiting for the index")
    list_display = [
        "record_type",
        "record_id",
        BooleanColumn("removed", label=_("Removed")),
        DateColumn("queued_at", label=_("Queued"), sort_key="queued_at"),
        "attempts",
        "error",
    ]
    filterset_class = outbox_views.IndexJobFilters
    index_view_class = outbox_views.IndexJobListView

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {"replay_url_name": self.get_url_name("replay"), "replay_all_url_name": self.get_url_name("replay_all")}
        return {**super().get_index_view_kwargs(**kwargs), **names}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("replay/<int:pk>/", self.construct_view(outbox_views.ReplayView), name="replay"),
            path("replay/", self.construct_view(outbox_views.ReplayAllView), name="replay_all"),
        ]


class QueryCountViewSet(ReadOnlyViewSet):
    """What people searched for, by day; nothing about who asked."""

    model = QueryCount
    icon = "search"
    menu_label = _("Queries")
    list_display = ["query", "day", "count", "zero_results"]
    list_filter = {"day": ["exact"]}
    search_fields = ["query"]
    ordering = ("-day", "-count")


class SearchGroup(ViewSetGroup):
    """The menu of the search desk."""

    menu_label = _("Search and index")
    menu_icon = "search"
    menu_order = 130
    items = (SynonymViewSet, IndexJobViewSet, QueryCountViewSet)


@hooks.register("register_admin_viewset")
def register_search() -> SearchGroup:
    return SearchGroup()


@hooks.register("register_log_actions")
def register_synonym_actions(actions: LogActionRegistry) -> None:
    for action, formatter in history.FORMATTERS.items():
        actions.register_action(action)(formatter)
