"""Views of the synonym desk beyond what Wagtail's generic ones do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.utils import quote
from django.db.models import TextChoices
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button
from wagtail.models import ModelLogEntry

from content.admin import ConfirmView, RecordIndexView
from search import evaluation
from search.engines import get_engine
from search.engines.errors import EngineError
from search.glossary import bundled
from search.models import SynonymRule, SynonymState
from search.synonyms import history, live, pushing
from search.synonyms.effective import effective
from search.synonyms.forms import RuleForm
from search.synonyms.preview import Preview, preview
from search.synonyms.rules import Rule

FORM_TEMPLATE = "search/admin/synonym_form.html"


class Files(TextChoices):
    CSV = "csv", "CSV"
    SOLR = "solr", gettext_lazy("Solr synonyms")


def shown_preview(rules: list[Rule], queries: tuple[str, ...]) -> dict[str, Any]:
    """What a template shows of a preview: what these rules would change, or why that cannot be told."""
    try:
        found: Preview = preview(
            get_engine(),
            live.glossary(),
            effective(bundled(), rules),
            evaluation.load(evaluation.JUDGEMENTS),
            queries,
            stamp=live.stamp(),
        )
    except EngineError as error:
        return {"preview_failure": str(error)}
    return {"preview": found}


class RuleIndexView(RecordIndexView):
    """The rules, and whether the cluster has them all."""

    template_name = "search/admin/synonym_index.html"
    switch_url_name = ""
    import_url_name = ""
    export_url_name = ""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = [*super().header_more_buttons]
        if self.user_has_permission("add"):
            buttons.append(Button(_("Import"), url=reverse(self.import_url_name), icon_name="upload", priority=60))
        for at, choice in enumerate(Files):
            url = reverse(self.export_url_name, args=[choice.value])
            label = _("Export as %(format)s") % {"format": choice.label}
            buttons.append(Button(label, url=url, icon_name="download", priority=70 + at))
        return buttons

    def get_list_more_buttons(self, instance: SynonymRule) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if self.user_has_permission("change"):
            label, icon = (_("Switch off"), "no-view") if instance.enabled else (_("Switch on"), "view")
            url = reverse(self.switch_url_name, args=[quote(instance.pk)])
            buttons.append(Button(label, url=url, icon_name=icon, priority=25))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if pushing.keeper():
            context["push"] = SynonymState.objects.filter(pk=SynonymState.ONLY).first()
        return context


class _WithPreview:
    """A form with a second button, which shows what saving would do and saves nothing."""

    def form_valid(self: Any, form: RuleForm) -> HttpResponse:
        if "preview" not in self.request.POST:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # of the view it is mixed into
            return response
        self.form = form
        rules = live.with_rule(form.rule, live.rules())
        context = self.get_context_data(form=form, **shown_preview(rules, form.cleaned_data["queries"]))
        shown: HttpResponse = self.render_to_response(context)
        return shown

    def save_instance(self: Any) -> SynonymRule:
        return history.save(self.form.instance, self.form.rule, self.request.user)


class RuleCreateView(_WithPreview, generic.CreateView):  # type: ignore[misc]  # Wagtail is not typed
    """Adds a rule; with ``?restore=ID`` of a log entry, the form begins with a rule that was deleted."""

    def get_initial_form_instance(self) -> SynonymRule | None:
        if "restore" not in self.request.GET:
            return None
        row = SynonymRule()
        try:
            entry = get_object_or_404(ModelLogEntry, pk=self.request.GET["restore"], action=history.REMOVED)
            row.take(history.removed(entry))
        except (KeyError, ValueError, TypeError) as error:
            raise Http404 from error
        return row


class RuleEditView(_WithPreview, generic.EditView):  # type: ignore[misc]  # Wagtail is not typed
    """Edits a rule."""


class RuleDeleteView(generic.DeleteView):  # type: ignore[misc]  # Wagtail is not typed
    """Deletes a rule, with a way back."""

    add_url_name = ""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        message, url = self.get_success_message(), self.get_success_url()
        entry = history.remove(self.object, self.request.user)
        back = f"{reverse(self.add_url_name)}?restore={entry.pk}"
        messages.success(self.request, message, buttons=[messages.button(back, _("Undo"))])
        return HttpResponseRedirect(url)


class SwitchView(ConfirmView):
    """Turns a rule off and on, which keeps it at hand."""

    model = SynonymRule
    page_title = gettext_lazy("Switch off or on")
    header_icon = "view"
    question = gettext_lazy("A rule that is switched off has no effect on searches. It stays in the list.")

    @property
    def button_label(self) -> str:  # type: ignore[override]  # depends on the rule
        return _("Switch off") if self.object.enabled else _("Switch on")

    def get_success_url(self) -> str:
        return reverse(self.index_url_name)

    def act(self, form: forms.Form) -> str:
        rule = history.switch(self.object, self.editor)
        return _("The rule is switched on.") if rule.enabled else _("The rule is switched off.")
