"""Names of codes in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from search.designations.model import Kind

KINDS: dict[str, Promise] = {
    Kind.STANDARD: _("Standard"),
    Kind.SPECIFICATION: _("Technical specification"),
    Kind.REPORT: _("Technical report"),
    Kind.PUBLICLY_AVAILABLE: _("Publicly available specification"),
    Kind.WORKSHOP_AGREEMENT: _("Workshop agreement"),
    Kind.GUIDE: _("Guide"),
    Kind.RECOMMENDATION: _("Recommendation"),
    Kind.PROFILE: _("Standardized profile"),
    Kind.PUBLICATION: _("Publication"),
    Kind.CODE_OF_PRACTICE: _("Code of practice"),
    Kind.REGULATION: _("Metrological regulation"),
    Kind.DRAFT: _("Draft"),
    Kind.AMENDMENT: _("Amendment"),
    Kind.CORRIGENDUM: _("Corrigendum"),
    Kind.ADDENDUM: _("Addendum"),
    Kind.SUPPLEMENT: _("Supplement"),
    Kind.INTERPRETATION: _("Interpretation sheet"),
}
OBLIGATIONS: dict[str, Promise] = {
    "mandatory": pgettext_lazy("standard", "mandatory"),
    "recommended": pgettext_lazy("standard", "recommended"),
    "guidance": pgettext_lazy("standard", "guidance"),
}

STAGES: dict[str, Promise] = {
    "00": pgettext_lazy("stage", "preliminary stage"),
    "10": pgettext_lazy("stage", "proposal stage"),
    "20": pgettext_lazy("stage", "preparatory stage"),
    "30": pgettext_lazy("stage", "committee stage"),
    "40": pgettext_lazy("stage", "enquiry stage"),
    "50": pgettext_lazy("stage", "approval stage"),
    "60": pgettext_lazy("stage", "publication stage"),
    "60.60": pgettext_lazy("stage", "published"),
    "90": pgettext_lazy("stage", "review stage"),
    "90.20": pgettext_lazy("stage", "under periodical review"),
    "90.60": pgettext_lazy("stage", "periodical review closed"),
    "90.92": pgettext_lazy("stage", "to be revised"),
    "90.93": pgettext_lazy("stage", "confirmed by review"),
    "90.99": pgettext_lazy("stage", "withdrawal proposed"),
    "95": pgettext_lazy("stage", "withdrawal stage"),
    "95.92": pgettext_lazy("stage", "decided not to withdraw"),
    "95.99": pgettext_lazy("stage", "withdrawn"),
}
"""ISO's harmonized stage codes, by stage, and by step where that says more to a user of the standard."""


def stage(code: str) -> str:
    """What an ISO harmonized stage code means; empty for codes of others."""
    known = STAGES.get(code) or STAGES.get(code.partition(".")[0])
    return str(known or "")


def kind(code: str) -> str:
    """The sort of document; a code of a source's own as it stands."""
    return str(KINDS.get(code, code))


def obligation(code: str) -> str:
    """强制性, 推荐性, 指导性."""
    return str(OBLIGATIONS.get(code, code))


def language(code: str) -> str:
    """The name of an ISO 639-1 language, in the reader's language."""
    try:
        return str(get_language_info("zh-hans" if code == "zh" else code)["name_translated"])
    except KeyError:
        return code
