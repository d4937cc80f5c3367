"""The state of the index in the Wagtail admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup

from content.admin import ReadOnlyViewSet
from search.models import IndexOutbox, QueryCount


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
    list_filter = ["record_type", "removed", "attempts"]


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
    items = (IndexJobViewSet, QueryCountViewSet)


@hooks.register("register_admin_viewset")
def register_search() -> SearchGroup:
    return SearchGroup()
