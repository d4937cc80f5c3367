"""What kind of document a designation names, and how binding it says to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from search.designations import registry

if TYPE_CHECKING:
    from search.designations.model import Designation

_BY_SUPPLEMENT: Final = {
    "Amd": "amendment",
    "XG": "amendment",
    "Cor": "corrigendum",
    "TCor": "corrigendum",
    "Err": "corrigendum",
    "Add": "addendum",
    "ISH": "interpretation",
}
_BY_TYPE: Final = {
    "TS": "technical-specification",
    "SRD": "technical-specification",
    "SPEC": "technical-specification",
    "TR": "technical-report",
    "IR": "technical-report",
    "TN": "technical-report",
    "TTA": "technical-report",
    "PAS": "publicly-available-specification",
    "IWA": "workshop-agreement",
    "CWA": "workshop-agreement",
    "Guide": "guide",
    "Z": "guide",
    "G": "guide",
    "EG": "guide",
    "R": "recommendation",
    "ISP": "standardized-profile",
    "SP": "publication",
    "RFC": "publication",
    "BCP": "publication",
    "FYI": "publication",
    "I-D": "publication",
}
_BY_PUBLISHER: Final = {
    "ITU-T": "recommendation",
    "ITU-R": "recommendation",
    "JJF": "regulation",
    "JJG": "regulation",
    "HAF": "regulation",
    "HAD": "guide",
    "CNCA": "regulation",
    "CNAS": "regulation",
    "建标": "standard",
    "GJBz": "guide",
    "CXC": "code-of-practice",
    "CXG": "guide",
}


def kind_of(d: Designation) -> str:
    if d.supplements and not d.supplements[-1].included:
        return _BY_SUPPLEMENT.get(d.supplements[-1].kind, "supplement")
    if d.stage:
        return "draft"
    if d.doctype in _BY_TYPE:
        return _BY_TYPE[d.doctype]
    if d.adopted and registry.publisher(d.publisher).style != "cn":
        return kind_of(d.adopted)
    return _BY_PUBLISHER.get(d.publisher, "standard")


def obligation_of(d: Designation) -> str:
    """Standardization Law (2017), article 2: GB is mandatory, GB/T recommended; GB/Z gives guidance.

    Industry and local standards without /T are mandatory only in the series from before the law of 2017; they say so by
    their number alone, so they count as mandatory here. Association and enterprise standards bind nobody by law.
    """
    publisher = registry.publisher(d.publisher)
    if (
        publisher.style != "cn"
        or publisher.jurisdiction in {"association", "enterprise"}
        or d.publisher in _BY_PUBLISHER
    ):
        return ""
    if d.doctype in {"T", "(T)"}:
        return "recommended"
    if d.doctype.startswith("Z") or d.doctype == "J":
        return "guidance"
    return "mandatory"
