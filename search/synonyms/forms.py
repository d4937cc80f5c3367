"""Forms of the synonym desk."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from search.glossary import bundled
from search.models import SynonymRule
from search.params import MAX_QUERY
from search.synonyms import live
from search.synonyms.checks import problems, tidy
from search.synonyms.formats import decoded, read
from search.synonyms.rules import Kind, Rule

MAX_TRIED = 5
"""Queries that an editor may try in one preview."""
MAX_FILE = 1024 * 1024
_ROWS = {"rows": 5}


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a field that are not empty."""
    return tuple(filter(None, (line.strip() for line in text.splitlines())))


class TryingForm(forms.Form):
    """Queries to look at in a preview, beside those that are judged."""

    queries = forms.CharField(
        label=_("Queries to try"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line. The preview shows their first results without and with the rule; they are not saved."),
    )

    def clean_queries(self) -> tuple[str, ...]:
        queries = lines_of(self.cleaned_data["queries"])
        if len(queries) > MAX_TRIED or any(len(query) > MAX_QUERY for query in queries):
            message = _("At most %(count)d queries of %(length)d characters.")
            raise ValidationError(message, params={"count": MAX_TRIED, "length": MAX_QUERY})
        return queries


class RuleForm(TryingForm, WagtailAdminModelForm):  # type: ignore[misc]  # Wagtail is not typed
    """One rule. ``rule`` is what it says once it is clean."""

    field_order = ["kind", "terms", "targets", "note", "enabled", "queries"]
    rule: Rule

    class Meta:
        model = SynonymRule
        fields = ("kind", "terms", "targets", "note", "enabled")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "terms": forms.Textarea(attrs=_ROWS),
            "targets": forms.Textarea(attrs=_ROWS),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "kind": _(
                "Equal terms find each other. “Also find”: the terms find the others too, not the other way round. "
                "Translation: Chinese terms and their English ones find each other. Name of a standard: whoever types "
                "the term gets the standard first. Block: a bundled name is wrong here."
            ),
            "terms": _("One a line."),
            "targets": _(
                "One a line. Equal terms: empty. Translation: the English terms. Name of a standard: designations. "
                "Block: the wrong names, or nothing for all of them."
            ),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        terms, targets = lines_of(cleaned["terms"]), lines_of(cleaned["targets"])
        rule = Rule(Kind(cleaned["kind"]), terms, targets, cleaned["note"], cleaned["enabled"], self.instance.pk or 0)
        self.rule = tidy(rule)
        for problem in problems(self.rule, live.rules(), bundled()):
            self.add_error(problem.about or None, ValidationError(str(problem)))
        return cleaned | {"terms": "\n".join(self.rule.terms), "targets": "\n".join(self.rule.targets)}


class ImportForm(TryingForm):
    """Rules from a file or pasted. Once it is clean, ``rules`` are the new ones, ``held`` counts those there before."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("CSV as it is exported here, or the synonym format of Solr and Elasticsearch."),
    )
    text = forms.CharField(
        label=_("Or its text"), required=False, strip=False, max_length=MAX_FILE, widget=forms.Textarea(attrs=_ROWS)
    )
    rules: tuple[Rule, ...] = ()
    held: int = 0

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and (file.size or 0) > MAX_FILE:
            raise ValidationError(_("The file is larger than %(size)d KB."), params={"size": MAX_FILE // 1024})
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        try:
            text = decoded(file.read()) if file else cleaned.get("text", "")
        except UnicodeDecodeError as error:
            raise ValidationError(_("The file is neither UTF-8 nor GB 18030.")) from error
        if self.errors:
            return cleaned
        if not text.strip():
            raise ValidationError(_("Choose a file or paste its text."))
        self._take(text, file.name if file else "")
        return cleaned | {"text": text}

    def _take(self, text: str, name: str) -> None:
        """Rules that are here already are left alone; any problem of another one stops the import."""
        lines, wrong = read(text, name)
        for unreadable in wrong:
            self._refuse(unreadable.line, str(unreadable.message))
        present = live.rules()
        said = {_said(rule) for rule in present}
        new: list[Rule] = []
        for number, given in lines:
            rule = tidy(given)
            if _said(rule) in said:
                self.held += 1
                continue
            for problem in problems(rule, [*present, *new], bundled()):
                self._refuse(number, str(problem))
            new.append(rule)
            said.add(_said(rule))
        self.rules = tuple(new)

    def _refuse(self, line: int, message: str) -> None:
        error = _("Line %(line)d: %(message)s")
        self.add_error(None, ValidationError(error, params={"line": line, "message": message}))


def _said(rule: Rule) -> tuple[Kind, frozenset[str], frozenset[str]]:
    return rule.kind, frozenset(rule.terms), frozenset(rule.targets)
