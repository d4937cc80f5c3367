"""How two designations stand to each other, by what they say alone."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from search.designations.model import Designation


class Match(StrEnum):
    """The first that holds, from the top."""

    SAME = "same"
    SAME_UNDATED = "same-undated"  # the same document, and one of them names no edition
    AMENDS = "amends"  # the first is a supplement to the second (or the second to the first: AMENDED_BY)
    AMENDED_BY = "amended-by"
    ADOPTS = "adopts"  # the first adopts the second, in any edition
    ADOPTED_BY = "adopted-by"
    DRAFT_OF = "draft-of"  # one is a draft stage of the other
    OTHER_EDITION = "other-edition"
    OTHER_PART = "other-part"  # parts of one number, or one part and the whole
    OTHER_TYPE = "other-type"  # one number under another type or weight: GB 19300 and GB/T 19300
    DIFFERENT = "different"


def compare(a: Designation, b: Designation) -> Match:
    """What ``a`` is to ``b``."""
    if a == b:
        return Match.SAME
    if a.undated == b.undated:
        return Match.SAME_UNDATED if _dateless(a) or _dateless(b) else Match.OTHER_EDITION
    if _supplements(a, b):
        return Match.AMENDS
    if _supplements(b, a):
        return Match.AMENDED_BY
    if _adopts(a, b):
        return Match.ADOPTS
    if _adopts(b, a):
        return Match.ADOPTED_BY
    if _stageless(a).undated == _stageless(b).undated:
        return Match.DRAFT_OF if a.draft or b.draft else Match.OTHER_EDITION
    if a.family == b.family:
        return Match.OTHER_PART if (a.part, a.all_parts) != (b.part, b.all_parts) else Match.OTHER_EDITION
    if (a.publisher, a.number, a.part, a.adopted) == (b.publisher, b.number, b.part, b.adopted):
        return Match.OTHER_TYPE
    return Match.DIFFERENT


def _dateless(d: Designation) -> bool:
    return d.year is None and not d.edition


def _supplements(a: Designation, b: Designation) -> bool:
    """Whether ``a`` is what ``b`` is, and then some; an undated ``b`` is amended by what amends any of its editions."""
    count = len(b.supplements)
    if len(a.supplements) <= count:
        return False
    trunk = replace(a, supplements=a.supplements[:count], variant="")
    return trunk == b or (_dateless(b) and trunk.undated == b.undated)


def _adopts(a: Designation, b: Designation) -> bool:
    inner = a.adopted or a.dual
    while inner is not None:
        if inner == b or inner.undated == b.undated:
            return True
        inner = inner.adopted or inner.dual
    return False


def _stageless(d: Designation) -> Designation:
    return replace(d, stage="", iteration=None, supplements=tuple(replace(s, stage="") for s in d.supplements))
