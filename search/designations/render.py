"""How each publisher prints a designation."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from search.designations import registry

if TYPE_CHECKING:
    from search.designations.model import Designation, Supplement

_YEARLIKE: Final = re.compile(r"(?:^|-)(?:18[89]|19\d|20[0-4])\d$")
_SHORT_YEAR: Final = re.compile(r"(?:^|-)(?:(?:18[89]|19\d|20[0-4])\d|\d\d)$")  # GOST and CSA have years of two digits
# Stages that say themselves what is amended or corrected, and those that say what type of document is drafted
_OWN_STAGE: Final = {"DAM", "FDAM", "PDAM", "FPDAM", "PDCOR", "DCOR", "FDCOR"}
_PART_MARKS: Final = {"as": ".", "VDI": " Blatt "}
_TYPED_STAGE: Final = {
    *("DTS", "FDTS", "PDTS", "DTR", "FDTR", "PDTR", "DPAS", "DGuide", "FDGuide", "DISP", "FDISP", "PDISP", "DIWA")
}
# Swiss adoptions are "SN EN …"; SN alone is the Chinese code of inspection and quarantine
_PRINTED: Final = {"SNV": "SN"}
_COLON_YEARS: Final = {"CECS", "CNCA", "CNAS"}


def canonical(d: Designation) -> str:
    """The designation as its publisher prints it, in the style that the registry names."""
    return _STYLES[registry.publisher(d.publisher).style](d)


# ISO, IEC, CEN and the national bodies: a label, then date, supplements and the rest


def _general(d: Designation) -> str:
    style = registry.publisher(d.publisher).style
    text = _label(
        d,
        _PART_MARKS.get(style) or _PART_MARKS.get(d.publisher, "-"),
        _SHORT_YEAR if style in {"gost", "csa"} else _YEARLIKE,
    )
    if d.iteration is not None:
        text += f".{d.iteration}"
    text += _date(d, style)
    if d.edition:
        text += f" ED{d.edition}"
    text += "".join(_supplement(s, style) for s in d.supplements)
    if d.reaffirmed:
        text += f" (R{d.reaffirmed})"
    if d.variant:
        text += f" {d.variant}"
    return text + (" (all parts)" if d.all_parts else "")


def _date(d: Designation, style: str) -> str:
    if not d.year:
        return ""
    if style in {"gost", "codex"}:
        return f"-{d.year:04d}"
    if style == "csa":
        return f":{d.year % 100:02d}"
    return f":{d.year:04d}" + (f"-{d.month:02d}" if d.month else "")


def _label(d: Designation, part_mark: str, yearlike: re.Pattern[str]) -> str:
    publisher = registry.publisher(d.publisher)
    if d.adopted:
        division = f" {d.doctype}" if d.doctype else ""
        stage = d.stage if publisher.style == "eu" else ""
        printed = _PRINTED.get(d.publisher, d.publisher)
        inner = _label(d.adopted, part_mark, yearlike)
        if d.publisher == "NEN" and d.adopted.adopted:  # NEN-EN-ISO 9001: the hyphen all through
            inner = inner.replace(" ", "-", 1)
        return f"{stage}{printed}{division}{publisher.joint}{inner}"
    text = f"{_head(d, publisher)}{publisher.joint if publisher.style == 'generic' else ' '}{d.number}"
    if d.part:
        # without a year, a part like the 2001 of ISO 10303-2001 would be read as one
        masked = not d.year and yearlike.search(d.part)
        if masked:
            text += f" part {d.part}"
        elif part_mark == "." or "-" not in d.part:
            text += part_mark + d.part.replace("-", part_mark)
        else:
            text += f"-{d.part}"
    return text


def _head(d: Designation, publisher: registry.Publisher) -> str:
    if d.doctype == "IWA":
        return f"{d.stage} IWA" if d.stage else "IWA"
    if publisher.style == "eu":
        if d.doctype:
            return f"{d.publisher}/{d.stage}{d.doctype}" if d.doctype != "Guide" else f"{d.publisher} Guide"
        return f"{d.stage}{d.publisher}"
    if d.publisher == "VDI" and d.doctype:  # VDI/VDE 2634: written with its partner
        return f"VDI/{d.doctype}"
    words = [_PRINTED.get(d.publisher, d.publisher)]
    if d.stage:
        words.append(d.stage)
    if d.doctype and d.stage not in _TYPED_STAGE:
        words.append(d.doctype)
    if publisher.style != "iso":
        return " ".join(words)
    slash = "/" if len(words) > 1 and "/" not in d.publisher and words[1] != "Guide" else " "
    return slash.join(words[:2]) + "".join(f" {word}" for word in words[2:])


def _supplement(s: Supplement, style: str) -> str:
    when = f":{s.year:04d}" + (f"-{s.month:02d}" if s.month else "") if s.year else ""
    mark = "+" if s.included else "/"
    if style in {"eu", "colon", "month"} and not s.stage and s.kind in {"Amd", "Cor"}:
        return f"{mark}{'A' if s.kind == 'Amd' and s.number else 'AMD' if s.kind == 'Amd' else 'AC'}{s.number}{when}"
    if style == "iec":
        word = s.stage if s.stage in _OWN_STAGE else f"{s.stage} {s.kind}".strip().upper()
        return f"{mark}{word}{s.number}{when}"
    word = s.stage if s.stage in _OWN_STAGE else f"{s.stage} {s.kind}".strip()
    return f"{mark}{word} {s.number}{when}" if s.number else f"{mark}{word}{when}"


# China


def _chinese(d: Designation) -> str:
    weight = d.doctype if d.doctype.startswith("(") else f"/{d.doctype}" if d.doctype else ""
    # a mandatory local standard has nothing after its slash: DB44/26-2001
    gap = " "
    if not weight and d.publisher[-1].isdecimal():
        gap = "-" if d.publisher.startswith(("DBJ", "DGJ")) else "/" if d.publisher.startswith("DB") else " "
    elif d.publisher in {"CNCA", "CNAS"}:
        gap = "-"
    text = f"{d.publisher}{weight}{gap}{d.number}" + (f".{d.part}" if d.part else "")
    if d.year:
        text += f"{':' if d.publisher in _COLON_YEARS else '-'}{d.year:04d}"
    if d.edition:
        text += f"({d.edition}年版)"
    for s in d.supplements:
        text += f"/XG{s.number}" + (f"-{s.year}" if s.year else "")
    return text + ("(所有部分)" if d.all_parts else "")


# ITU


def _monthly(year: int | None, month: int | None) -> str:
    if not year:
        return ""
    return f" ({month:02d}/{year:04d})" if month else f" ({year:04d})"


_ITU_WORDS: Final = {
    **{kind: f"{kind}." for kind in ("Amd", "Cor", "Err", "Add", "Suppl", "App")},
    "TCor": "Technical Cor.",
    "Annex": "Annex",
}


def _itu(d: Designation) -> str:
    kind = f" {d.doctype}" if d.doctype else ""
    text = f"{d.publisher}{kind} {d.number}"
    if d.publisher == "ITU-R":
        text += (f"-{d.edition}" if d.edition else "") + (f"/{d.part}" if d.part else "")
    else:
        text += (f" ({d.edition})" if d.edition else "") + (f" {d.part}" if d.part else "")
    text += _monthly(d.year, d.month)
    for s in d.supplements:
        text += f" {_ITU_WORDS[s.kind]} {s.number}{_monthly(s.year, s.month)}"
    return text


# ETSI and 3GPP


def _etsi(d: Designation) -> str:
    text = f"{d.publisher} {d.doctype} {d.number}" if d.doctype else f"{d.publisher} {d.number}"
    text += (f"-{d.part}" if d.part else "") + "".join(
        f"/{'A' if s.kind == 'Amd' else 'C'}{s.number}" for s in d.supplements
    )
    text += f":{d.variant}" if d.variant else ""
    if d.edition:
        text += f"/{d.edition[1:]}" if d.variant else f" {d.edition}"
    if d.year:
        text += f" ({d.year:04d}-{d.month:02d})" if d.month else f" ({d.year:04d})"
    return text


# The Internet and the United States


def _ietf(d: Designation) -> str:
    if d.doctype == "I-D":
        return f"draft-{d.number}" + (f"-{d.edition}" if d.edition else "")
    return f"{d.doctype} {d.number}"


def _nist(d: Designation) -> str:
    text = f"{d.publisher} {d.doctype} {d.number}{d.part}{d.edition}"
    return text + (f" {d.stage}" if d.stage else "") + (f" {d.variant}" if d.variant else "")


def _astm(d: Designation) -> str:
    text = f"{d.publisher} {d.number}"
    text += f"-{d.year % 100:02d}{d.edition}" if d.year else d.edition
    return text + (f"({d.reaffirmed})" if d.reaffirmed else "")


def _ieee(d: Designation) -> str:
    text = f"{d.publisher} {'P' if d.stage else 'Std '}{d.number}"
    if d.edition:
        text += f"/{d.edition}" + (f", {d.year}" if d.year else "")
    elif d.year:
        text += f"-{d.year}"
    for s in d.supplements:
        word = "INT" if s.kind == "ISH" else "Errata" if s.kind == "Err" else s.kind
        text += f"/{word} {s.number}" + (f"-{s.year}" if s.year else "")
    return text + (f" (R{d.reaffirmed})" if d.reaffirmed else "")


def _society(d: Designation) -> str:
    joint = registry.publisher(d.publisher.rpartition("/")[2]).joint
    text = joint.join([d.publisher, d.doctype, d.number] if d.doctype else [d.publisher, d.number])
    text += (f"_{d.edition}" if d.edition else "") + (f"-{d.year}" if d.year else "")
    return text + (f" (R{d.reaffirmed})" if d.reaffirmed else "")


def _versioned(d: Designation) -> str:
    return f"{d.publisher} {d.number} {d.edition}".rstrip()


_STYLES: Final[dict[str, Callable[[Designation], str]]] = {
    **dict.fromkeys(("iso", "iec", "eu", "colon", "month", "gost", "jis", "as", "csa", "codex", "generic"), _general),
    "cn": _chinese,
    "itu": _itu,
    "etsi": _etsi,
    "ietf": _ietf,
    "nist": _nist,
    "astm": _astm,
    "ieee": _ieee,
    "us": _society,
    "versioned": _versioned,
}
