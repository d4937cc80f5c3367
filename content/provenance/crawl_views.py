"""The admin's page of a source's crawls: what is going on, what has been, and two buttons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from content.admin import ConfirmView, ReadOnlyInspectView, RecordIndexView
from content.provenance import requests
from content.provenance.api import with_freshness
from content.provenance.models import Run, Source
from content.provenance.progress import progress_of

RUNS_SHOWN = 20


class CrawlPageView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """Progress and history; with ``?facts`` only the part that changes, for the page's script."""

    model = Source
    any_permission_required = ("change", "view")
    template_name = "provenance/admin/crawl.html"
    page_title = gettext_lazy("Crawls")
    header_icon = "download"
    index_url_name = ""
    start_url_name = ""
    stop_url_name = ""
    run_url_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "facts" in request.GET:
            response = render(request, "provenance/admin/crawl_facts.html", {"progress": progress_of(self.object)})
            response["Cache-Control"] = "no-store"
            return response
        page: HttpResponse = super().get(request, *args, **kwargs)
        return page

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse(self.index_url_name), "label": _("Sources")},
            {"url": "", "label": self.page_title, "sublabel": str(self.object)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        history = Run.objects.filter(source=self.object)[:RUNS_SHOWN]
        see_runs = self.request.user.has_perm("provenance.view_run")
        return {
            **super().get_context_data(**kwargs),
            "progress": progress_of(self.object),
            "may_change": self.user_has_permission("change"),
            "start_url": reverse(self.start_url_name, args=[self.object.pk]),
            "stop_url": reverse(self.stop_url_name, args=[self.object.pk]),
            "runs": [(run, reverse(self.run_url_name, args=[run.pk]) if see_runs else "") for run in history],
        }


class StartView(ConfirmView):
    """Asks for a crawl."""

    model = Source
    page_title = gettext_lazy("Crawl now")
    header_icon = "download"
    question = gettext_lazy("The live site of the source is read. A crawl that was broken off goes on.")
    button_label = gettext_lazy("Crawl now")

    def act(self, form: forms.Form) -> str:
        if not progress_of(self.object).can_start:
            return _("A crawl of %(source)s is wanted or going on already.") % {"source": self.object}
        requests.ask(self.object, self.editor)
        return _("A crawl of %(source)s is asked for.") % {"source": self.object}


class StopView(ConfirmView):
    """Asks the crawl that is going on to stop, and takes back the request for one."""

    model = Source
    page_title = gettext_lazy("Stop")
    header_icon = "cross"
    question = gettext_lazy("What the crawl has stored stays, and the next crawl goes on from there.")
    button_label = gettext_lazy("Stop")

    def act(self, form: forms.Form) -> str:
        if requests.withdraw(self.object.pk):
            return _("The crawl of %(source)s was asked to stop.") % {"source": self.object}
        return _("No crawl of %(source)s is going on.") % {"source": self.object}


class SourceIndexView(RecordIndexView):
    """Sources with their freshness and what is going on."""

    crawl_url_name = ""

    def get_base_queryset(self) -> Any:
        running = Prefetch("runs", Run.objects.filter(state=Run.State.RUNNING), to_attr="running")
        return with_freshness().select_related("crawl_request").prefetch_related(running)

    def get_list_more_buttons(self, instance: Source) -> list[Any]:
        url = reverse(self.crawl_url_name, args=[instance.pk])
        crawl = Button(_("Crawls"), url=url, icon_name="download", priority=5)
        return [crawl, *super().get_list_more_buttons(instance)]


class SourceInspectView(ReadOnlyInspectView):
    """What a source is."""

    crawl_url_name = ""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = reverse(self.crawl_url_name, args=[self.object.pk])
        return [*super().header_more_buttons, Button(_("Crawls"), url=url, icon_name="download", priority=5)]


class CrawlColumn(Column):
    """What is going on with a source of ``SourceIndexView``."""

    def get_value(self, instance: Any) -> str:
        for run in instance.running:
            state = {"state": run.get_state_display(), "records": run.items}
            return _("%(state)s, %(records)d records") % state
        return _("waiting") if hasattr(instance, "crawl_request") else ""
