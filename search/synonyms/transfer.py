"""Rules in and out as files."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from search.models import SynonymRule
from search.synonyms import history, live
from search.synonyms.formats import to_csv, to_solr
from search.synonyms.forms import ImportForm
from search.synonyms.views import Files, shown_preview

_WRITERS = {Files.CSV: (to_csv, "text/csv", "\ufeff"), Files.SOLR: (to_solr, "text/plain", "")}
"""How a format is written, its media type, and what goes before it: spreadsheets know UTF-8 by its mark."""


class ExportView(PermissionCheckedMixin, View):  # type: ignore[misc]  # Wagtail is not typed
    """All rules as a file."""

    model = SynonymRule
    any_permission_required = ("add", "change", "delete", "view")

    def get(self, request: HttpRequest, file_format: str) -> HttpResponse:
        if file_format not in Files.values:
            raise Http404
        write, media_type, before = _WRITERS[Files(file_format)]
        response = HttpResponse(before + write(live.rules()), content_type=f"{media_type}; charset=utf-8")
        name = "synonyms.csv" if file_format == Files.CSV else "synonyms.txt"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class ImportView(
    PermissionCheckedMixin,  # type: ignore[misc]  # Wagtail is not typed
    WagtailAdminTemplateMixin,  # type: ignore[misc]
    FormView,  # type: ignore[type-arg]  # not subscriptable at run time
):
    """Takes rules from a file, all of them or none, after a preview if wanted."""

    model = SynonymRule
    permission_required = "add"
    form_class = ImportForm
    template_name = "search/admin/synonym_import.html"
    page_title = gettext_lazy("Import")
    header_icon = "upload"
    index_url_name = ""

    def get_success_url(self) -> str:
        return reverse(self.index_url_name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": self.get_success_url(), "label": capfirst(SynonymRule._meta.verbose_name_plural)},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form: ImportForm) -> HttpResponse:
        if "preview" in self.request.POST:
            return self._show_preview(form)
        added = history.add_all(form.rules, cast(User, self.request.user))
        message = ngettext("%(count)d rule added.", "%(count)d rules added.", added) % {"count": added}
        if form.held:
            message += " " + _("There already: %(count)d.") % {"count": form.held}
        messages.success(self.request, message)
        return redirect(self.get_success_url())

    def _show_preview(self, form: ImportForm) -> HttpResponse:
        """A file is not sent twice: its text stands in the field from here on."""
        cleaned = form.cleaned_data
        again = ImportForm(initial={"text": cleaned["text"], "queries": "\n".join(cleaned["queries"])})
        context = shown_preview([*live.rules(), *form.rules], cleaned["queries"])
        shown: HttpResponse = self.render_to_response(self.get_context_data(form=again, added=form.rules, **context))
        return shown
