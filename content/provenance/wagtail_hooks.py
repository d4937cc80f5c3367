"""The operators' desk for sources, runs and what they brought, in the Wagtail admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import Button

from content.admin import ConfirmView, ReadOnlyInspectView, ReadOnlyViewSet, RecordViewSet
from content.provenance import crawl_views
from content.provenance.models import Change, RejectedItem, Run, Snapshot, Source


class SourceViewSet(RecordViewSet):
    """What a source is lies in its YAML file; here it is switched on and off."""

    model = Source
    icon = "site"
    menu_label = gettext_lazy("Sources")
    permitted = ("change",)
    inspect_view_enabled = True
    inspect_view_class = crawl_views.SourceInspectView
    list_display = [
        "name",
        Column("title", label=gettext_lazy("Title"), accessor="title_zh"),
        "publisher",
        "frequency",
        Column("enabled", label=gettext_lazy("Enabled"), accessor=lambda one: _("yes") if one.enabled else _("no")),
        DateColumn("last_success", label=gettext_lazy("Last read without a failure")),
        crawl_views.CrawlColumn("crawl", label=gettext_lazy("Crawl")),
    ]
    form_fields = ["enabled"]
    index_view_class = crawl_views.SourceIndexView

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_index_view_kwargs(**kwargs), "crawl_url_name": self.get_url_name("crawl")}

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_inspect_view_kwargs(**kwargs), "crawl_url_name": self.get_url_name("crawl")}

    def get_urlpatterns(self) -> list[URLPattern]:
        page = self.construct_view(
            crawl_views.CrawlPageView,
            start_url_name=self.get_url_name("start"),
            stop_url_name=self.get_url_name("stop"),
            run_url_name="run:inspect",
        )
        back = {"back_url_name": self.get_url_name("crawl")}
        return [
            *super().get_urlpatterns(),
            path("crawl/<slug:pk>/", page, name="crawl"),
            path("start/<slug:pk>/", self.construct_view(crawl_views.StartView, **back), name="start"),
            path("stop/<slug:pk>/", self.construct_view(crawl_views.StopView, **back), name="stop"),
        ]


class RunViewSet(ReadOnlyViewSet):
    """Runs of all sources."""

    model = Run
    icon = "time"
    menu_label = gettext_lazy("Runs")
    list_display = [
        Column("source", label=gettext_lazy("Source"), accessor="source_id"),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        Column("backend", label=gettext_lazy("Fetched from"), accessor="get_backend_display"),
        DateColumn("started_at", label=gettext_lazy("Started"), sort_key="started_at"),
        "items", "created", "updated", "unchanged", "removed", "rejected",
        Column("reason", label=gettext_lazy("Reason"), accessor=lambda run: run.reason[:120]),
    ]  # fmt: skip
    list_filter = ["source", "state", "backend"]


class RejectedInspectView(ReadOnlyInspectView):
    """A rejected item as it was read, with a way to mark it as dealt with."""

    resolve_url_name = ""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        if self.user_has_permission("change"):
            label = _("Open again") if self.object.resolved_at else _("Mark as resolved")
            url = reverse(self.resolve_url_name, args=[self.object.pk])
            buttons = [*buttons, Button(label, url=url, icon_name="check", priority=5)]
        return buttons


class ResolveView(ConfirmView):
    """Turns a rejected item from open to resolved, or back."""

    model = RejectedItem
    page_title = gettext_lazy("Resolve")
    header_icon = "check"
    question = gettext_lazy("A resolved item no longer counts as open; it stays in the list.")
    button_label = gettext_lazy("Mark as resolved, or open again")

    def act(self, form: forms.Form) -> str:
        self.object.resolved_at = None if self.object.resolved_at else timezone.now()
        self.object.save(update_fields=["resolved_at"])
        return _("The item is resolved.") if self.object.resolved_at else _("The item is open again.")


class RejectedItemFilters(WagtailFilterSet):
    """What the list of rejected items can be narrowed by."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[("open", gettext_lazy("Open")), ("resolved", gettext_lazy("Resolved"))],
        method="filter_state",
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )
    reason = django_filters.CharFilter(label=gettext_lazy("Reason"))

    class Meta:
        model = RejectedItem
        fields = ("source", "state", "reason")

    def filter_state(self, queryset: QuerySet[RejectedItem], name: str, value: str) -> QuerySet[RejectedItem]:
        """Only open, or only resolved, items."""
        return queryset.filter(resolved_at__isnull=value == "open")


class RejectedItemViewSet(ReadOnlyViewSet):
    """What runs could not take over."""

    model = RejectedItem
    icon = "warning"
    menu_label = gettext_lazy("Rejected items")
    list_display = [
        Column("key", label=gettext_lazy("Key"), accessor=lambda item: item.key or item.url[:120]),
        Column("source", label=gettext_lazy("Source"), accessor="source_id"),
        "reason",
        Column("detail", label=gettext_lazy("Detail"), accessor=lambda item: item.detail[:120]),
        DateColumn("at", label=gettext_lazy("When"), sort_key="at"),
        DateColumn("resolved_at", label=gettext_lazy("Resolved")),
    ]
    filterset_class = RejectedItemFilters
    search_fields = ["key", "url"]
    inspect_view_class = RejectedInspectView

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_inspect_view_kwargs(**kwargs), "resolve_url_name": self.get_url_name("resolve")}

    def get_urlpatterns(self) -> list[URLPattern]:
        view = self.construct_view(ResolveView, back_url_name=self.get_url_name("inspect"))
        return [*super().get_urlpatterns(), path("resolve/<int:pk>/", view, name="resolve")]


class ChangeViewSet(ReadOnlyViewSet):
    """Every field that took another value."""

    model = Change
    icon = "history"
    menu_label = gettext_lazy("Changes")
    related = ("editor",)
    list_display = [
        "label",
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
        "field",
        Column("cause", label=gettext_lazy("Cause"), accessor="get_cause_display"),
        Column("by", label=gettext_lazy("By"), accessor=lambda change: change.editor or change.source_id or ""),
        DateColumn("at", label=gettext_lazy("When"), sort_key="at"),
    ]
    list_filter = ["kind", "cause", "source"]
    search_fields = ["label"]


class SnapshotViewSet(ReadOnlyViewSet):
    """What was fetched, byte for byte."""

    model = Snapshot
    icon = "download"
    menu_label = gettext_lazy("Snapshots")
    related = ("run",)
    list_display = [
        Column("url", label=gettext_lazy("Address"), accessor=lambda snapshot: snapshot.url[:160]),
        Column("source", label=gettext_lazy("Source"), accessor="run.source_id"),
        "status",
        "content_type",
        "size",
        DateColumn("fetched_at", label=gettext_lazy("Fetched"), sort_key="fetched_at"),
    ]
    list_filter = ["status"]
    search_fields = ["url", "sha256"]


class ProvenanceGroup(ViewSetGroup):
    """The menu of the operators' desk."""

    menu_label = gettext_lazy("Sources and runs")
    menu_icon = "site"
    menu_order = 120
    items = (SourceViewSet, RunViewSet, RejectedItemViewSet, ChangeViewSet, SnapshotViewSet)


@hooks.register("register_admin_viewset")
def register_provenance() -> ProvenanceGroup:
    return ProvenanceGroup()
