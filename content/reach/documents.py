"""A substance as data: the ``.json`` sibling of its page and the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from content.reach.duties import of_entry
from content.reach.models import ListEntry, Substance

MAX_MEMBERS = 500


def with_all() -> QuerySet[Substance]:
    """Public substances with what their documents read."""
    return Substance.objects.public().prefetch_related("numbers", "entries__members__numbers", "groups__substance")


def reference(substance: Substance) -> dict[str, Any]:
    """Reads ``numbers``: prefetch them."""
    numbers = list(substance.numbers.all())
    return {
        "type": "substance",
        "slug": substance.slug,
        "url": substance.get_absolute_url(),
        "name": {"en": substance.name, "zh": substance.name_zh},
        "cas": [one.value for one in numbers if one.kind == "cas"],
        "ec": [one.value for one in numbers if one.kind == "ec"],
    }


def document(substance: Substance) -> dict[str, Any]:
    """All that is held of a substance loaded by ``with_all``."""
    return {
        **reference(substance),
        "synonyms": substance.synonyms,
        "formula": substance.formula,
        "description": substance.description,
        "summary": {"zh": substance.summary_zh},
        "numbers": [
            {"kind": one.kind, "number": one.value, "sound": one.sound, "deleted": one.retired}
            | {"replaced_by": one.replaced_by}
            for one in substance.numbers.all()
        ],
        "entries": [entry_document(entry) for entry in substance.entries.all() if entry.missing_since is None],
        "groups": [
            {"list": group.list_name, "included": group.included, "url": group.substance.get_absolute_url()}
            | {"name": group.substance.name}
            for group in substance.groups.all()
            if group.missing_since is None
        ],
        "updated_at": substance.updated_at,
    }


def entry_document(entry: ListEntry) -> dict[str, Any]:
    """An entry with its members and the duties that follow."""
    return {
        "list": entry.list_name,
        "number": entry.number,
        "included": entry.included,
        "reasons": entry.reasons,
        "latest_application": entry.latest_application,
        "sunset": entry.sunset,
        "conditions": entry.conditions_url,
        "decision": entry.decision_url,
        "decisions": entry.decisions,
        "members": [reference(one) for one in list(entry.members.all())[:MAX_MEMBERS]],
        "duties": [
            {"duty": one.duty.value, "since": one.since}
            for one in of_entry(entry.list_name, entry.included, entry.sunset)
        ],
    }
