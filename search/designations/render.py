"""How each publisher prints a designation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from search.designations import registry

if TYPE_CHECKING:
    from search.designations.model import Designation, Supplement

_YEARLIKE: Final = re.compile(r"(?:^|-)(?:18[89]|19\d|20[0-4])\d$")
_OWN_STAGE: Final = {"DAM", "FDAM", "PDAM", "FPDAM", "DCOR", "FDCOR"}  # the stage says what is amended or corrected
_STAGED_TYPES: Final = {
    "DTS",
    "FDTS",
    "PDTS",
    "DTR",
    "FDTR",
    "PDTR",
    "DPAS",
    "DGuide",
    "FDGuide",
    "DISP",
    "FDISP",
    "PDISP",
    "DIWA",
}


def canonical(d: Designation) -> str:
    style = registry.publisher(d.publisher).style
    if style == "cn":
        return _chinese(d)
    if style == "versioned":
        return f"{d.publisher} {d.number} {d.edition}".rstrip()
    return _label(d) + _tail(d, style)


def _chinese(d: Designation) -> str:
    code = f"{d.publisher}{d.doctype}" if d.doctype.startswith("(") else d.publisher
    if d.doctype and not d.doctype.startswith("("):
        code += f"/{d.doctype}"
    text = f"{code} {d.number}"
    if d.part:
        text += f".{d.part}"
    if d.year:
        text += f"-{d.year:04d}"
    if d.edition:
        text += f"({d.edition}年版)"
    for s in d.supplements:
        text += f"/XG{s.number}" + (f"-{s.year}" if s.year else "")
    return text + ("(所有部分)" if d.all_parts else "")


def _label(d: Designation) -> str:
    publisher = registry.publisher(d.publisher)
    if d.adopted:
        return f"{d.publisher}{publisher.joint}{_label(d.adopted)}"
    if d.doctype == "IWA":
        head = f"{d.stage} IWA" if d.stage else "IWA"
    else:
        words = [d.publisher]
        if d.stage:
            words.append(d.stage)
        if d.doctype and d.stage not in _STAGED_TYPES:
            words.append(d.doctype)
        first = (
            " " if len(words) > 1 and ("/" in d.publisher or publisher.style == "iec" or words[1] == "Guide") else "/"
        )
        head = first.join(words[:2]) + "".join(f" {word}" for word in words[2:])
    text = f"{head} {d.number}"
    if d.part:
        # without a year, a part like the 2001 of ISO 10303-2001 would be read as one
        text += f" part {d.part}" if not d.year and _YEARLIKE.search(d.part) else f"-{d.part}"
    return text


def _tail(d: Designation, style: str) -> str:
    text = f".{d.iteration}" if d.iteration is not None else ""
    if d.year:
        text += f":{d.year:04d}" + (f"-{d.month:02d}" if d.month else "")
    if d.edition:
        text += f" ED{d.edition}"
    for s in d.supplements:
        text += _supplement(s, style)
    if d.variant:
        text += f" {d.variant}"
    return text + (" (all parts)" if d.all_parts else "")


def _supplement(s: Supplement, style: str) -> str:
    when = f":{s.year:04d}" + (f"-{s.month:02d}" if s.month else "") if s.year else ""
    mark = "+" if s.included else "/"
    if style == "iec":
        word = (
            s.kind.upper() if not s.stage else f"{s.stage} {s.kind.upper()}" if s.stage not in _OWN_STAGE else s.stage
        )
        return f"{mark}{word}{s.number}{when}"
    if s.stage in _OWN_STAGE:
        return f"{mark}{s.stage} {s.number}{when}"
    word = f"{s.stage} {s.kind}" if s.stage else s.kind
    return f"{mark}{word} {s.number}{when}" if s.number else f"{mark}{word}{when}"
