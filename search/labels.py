"""Names for the values of facets, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from content.standards.models import Standard
from content.tbt import members
from search.names import names

FACET_LABELS: dict[str, str | Promise] = {
    "type": _("Record type"),
    "status": _("Status"),
    "body": _("Issuing body"),
    "kind": _("Kind of document"),
    "ics": _("ICS class"),
    "ccs": _("CCS class"),
    "member": _("Notifying Member"),
    "comments": pgettext_lazy("on a measure", "Comments"),
    "year": _("Year"),
    "language": _("Language"),
    "access": _("Text"),
}

DATE_LABELS: dict[str, str | Promise] = {
    "published": _("published"),
    "effective": _("in force from"),
    "withdrawn": _("withdrawn"),
    "listed": _("listed since"),
    "circulated": _("circulated"),
    "deadline": _("comments until"),
}
"""What stands before a date in a line of a list."""
TYPE_LABELS: dict[str, str | Promise] = {
    "standard": _("Standard"),
    "substance": _("Substance"),
    "regulation": pgettext_lazy("type of record", "Regulation"),
    "tbt": _("TBT notification"),
    "guidance": pgettext_lazy("type of record", "Guidance"),
    "page": _("Page of a file"),
}

KIND_LABELS: dict[str, str | Promise] = {
    "standard": _("Standard"),
    "technical-specification": _("Technical specification"),
    "technical-report": _("Technical report"),
    "publicly-available-specification": _("Publicly available specification"),
    "workshop-agreement": _("Workshop agreement"),
    "guide": _("Guide"),
    "recommendation": _("Recommendation"),
    "standardized-profile": _("Standardized profile"),
    "publication": _("Publication"),
    "code-of-practice": _("Code of practice"),
    "regulation": _("Regulation"),
    "draft": _("Draft"),
    "amendment": _("Amendment"),
    "corrigendum": _("Corrigendum"),
    "addendum": _("Addendum"),
    "supplement": _("Supplement"),
    "interpretation": _("Interpretation"),
}

_FIXED: dict[str, dict[str, str | Promise]] = {
    "facet": FACET_LABELS,
    "status": dict(Standard.Status.choices),
    "access": dict(Standard.Access.choices),
    "type": TYPE_LABELS,
    "kind": KIND_LABELS,
    "comments": {
        "open": pgettext_lazy("stage of a measure", "Open for comments"),
        "7": _("open for seven days at most"),
        "30": _("open for thirty days at most"),
        "over": pgettext_lazy("stage of a measure", "Comment period over"),
    },
}


def value_labels(name: str, values: Iterable[str]) -> dict[str, str]:
    """Value → label for values of the facet ``name``; no query.

    What has no name is its own label.
    """
    wanted = list(dict.fromkeys(values))
    known = _known(name, wanted)
    return {value: known.get(value) or value for value in wanted}


def _known(name: str, values: list[str]) -> dict[str, str]:
    match name:
        case "body":
            bodies = names().bodies
            return {code: body.name for code in values if (body := bodies.get(code))}
        case "ics":
            ics = names().ics
            return {code: f"{code} {one.title}" for code in values if (one := ics.get(code))}
        case "ccs":
            ccs = names().ccs
            return {code: f"{code} {each.title}" for code in values if (each := ccs.get(code))}
        case "member":
            language = "en" if get_language() == "en" else "zh"
            return {code: members.name(code, language) for code in values}
        case "language":
            return {value: _language(value) for value in values}
    return fixed(name, get_language() or "")


@cache
def fixed(name: str, language: str) -> dict[str, str]:
    """The labels that only a new version of the portal changes, in ``language``, which is the one now in use."""
    return {value: str(label) for value, label in _FIXED.get(name, {}).items()}


def _language(code: str) -> str:
    """The name of a language in the reader's language."""
    try:
        return str(get_language_info("zh-hans" if code == "zh" else code)["name_translated"])
    except KeyError:
        return code
