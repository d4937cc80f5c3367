"""Changes of rules by staff: written together with a log entry that tells what the rule was and what it became."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log
from wagtail.models import ModelLogEntry

from search.models import SynonymRule
from search.synonyms import live
from search.synonyms.rules import Kind, Rule

ADDED, CHANGED, REMOVED = "search.synonym.add", "search.synonym.change", "search.synonym.remove"


@transaction.atomic
def save(row: SynonymRule, rule: Rule, user: AbstractBaseUser | None) -> SynonymRule:
    """Make the row say what the rule says."""
    before = SynonymRule.objects.select_for_update().get(pk=row.pk).rule if row.pk else None
    row.take(rule)
    row.save()
    _log(row, CHANGED if before else ADDED, user, old=before, new=row.rule)
    return row


@transaction.atomic
def remove(row: SynonymRule, user: AbstractBaseUser | None) -> ModelLogEntry:
    """Delete a rule; the log entry that comes back holds all that is needed to make it again."""
    entry = _log(row, REMOVED, user, old=row.rule, new=None)
    row.delete()
    return entry


def switch(row: SynonymRule, user: AbstractBaseUser | None) -> SynonymRule:
    """Turn a rule off that is on, or on again."""
    return save(row, replace(row.rule, enabled=not row.enabled), user)


@transaction.atomic
def add_all(rules: Iterable[Rule], user: AbstractBaseUser | None) -> int:
    """New rules, all or none of them."""
    rows = []
    for rule in rules:
        row = SynonymRule()
        row.take(rule)
        rows.append(row)
    SynonymRule.objects.bulk_create(rows)
    for row in rows:
        _log(row, ADDED, user, old=None, new=row.rule)
    if rows:
        live.changed()
    return len(rows)


def removed(entry: ModelLogEntry) -> Rule:
    """The rule that a log entry tells of. Raises KeyError, ValueError for another kind of entry."""
    return _from_plain(entry.data["old"])


def _log(
    row: SynonymRule, action: str, user: AbstractBaseUser | None, *, old: Rule | None, new: Rule | None
) -> ModelLogEntry:
    data = {"old": old and _plain(old), "new": new and _plain(new)}
    entry: ModelLogEntry = log(
        instance=row, action=action, user=user, data=data, content_changed=old != new, deleted=new is None
    )
    return entry


def _plain(rule: Rule) -> dict[str, Any]:
    return {
        "kind": rule.kind.value,
        "terms": list(rule.terms),
        "targets": list(rule.targets),
        "note": rule.note,
        "enabled": rule.enabled,
    }


def _from_plain(values: dict[str, Any]) -> Rule:
    terms, targets = tuple(values["terms"]), tuple(values["targets"])
    return Rule(Kind(values["kind"]), terms, targets, values["note"], values["enabled"])


class RuleFormatter(LogFormatter):  # type: ignore[misc]  # Wagtail is not typed
    """What a line of the history says."""

    def format_message(self, entry: ModelLogEntry) -> str:
        old, new = (_from_plain(entry.data[side]) if entry.data.get(side) else None for side in ("old", "new"))
        if old is None:
            return _("Added: %(rule)s") % {"rule": new or ""}
        if new is None:
            return _("Deleted: %(rule)s") % {"rule": old}
        if (old.kind, old.terms, old.targets) != (new.kind, new.terms, new.targets):
            return _("%(new)s; before: %(old)s") % {"new": new, "old": old}
        if old.enabled != new.enabled:
            return _("Switched on.") if new.enabled else _("Switched off.")
        return _("Note: %(note)s") % {"note": new.note}


class _Added(RuleFormatter):
    label = gettext_lazy("Add a synonym rule")


class _Changed(RuleFormatter):
    label = gettext_lazy("Change a synonym rule")


class _Removed(RuleFormatter):
    label = gettext_lazy("Delete a synonym rule")


FORMATTERS: dict[str, type[RuleFormatter]] = {ADDED: _Added, CHANGED: _Changed, REMOVED: _Removed}
