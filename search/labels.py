"""Names for the values of facets, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from content.standards.models import Standard
from search.names import names

FACET_LABELS: dict[str, str | Promise] = {
    "type": _("Record type"),
    "status": _("Status"),
    "body": _("Issuing body"),
    "kind": _("Kind of document"),
    "ics": _("ICS class"),
    "ccs": _("CCS class"),
    "year": _("Year"),
    "language": _("Language"),
    "access": _("Text"),
}

_STATUSES, _ACCESS = dict(Standard.Status.choices), dict(Standard.Access.choices)  # made anew at each look
TYPE_LABELS: dict[str, str | Promise] = {"standard": _("Standard"), "page": _("Page of a file")}

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
        case "status":
            return {value: str(_STATUSES[value]) for value in values if value in _STATUSES}
        case "access":
            return {value: str(_ACCESS[value]) for value in values if value in _ACCESS}
        case "type":
            return {value: str(TYPE_LABELS[value]) for value in values if value in TYPE_LABELS}
        case "kind":
            return {value: str(KIND_LABELS[value]) for value in values if value in KIND_LABELS}
        case "language":
            return {value: _language(value) for value in values}
    return {}


def _language(code: str) -> str:
    """The name of a language in the reader's language."""
    try:
        return str(get_language_info("zh-hans" if code == "zh" else code)["name_translated"])
    except KeyError:
        return code
