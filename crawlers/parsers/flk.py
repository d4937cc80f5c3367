"""Texts of the national law database (国家法律法规数据库, https://flk.npc.gov.cn/) as Markdown.

The layout is that of the LawRefBook corpus, https://github.com/LawRefBook/Laws: the title as ``#``, the note of
adoption, ``<!-- INFO END -->``, then the text with ``##`` for chapters; the day of publication (公布日期) in brackets
in the file's name, the kind of act in that of its folder. Versions of one law are separate files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from pydantic import ValidationError

from content.regulations.items import CitationItem, Kind, RegulationItem, StageItem, UnitItem
from content.regulations.text import adoption, citations, structure
from content.regulations.text.adoption import Event, Stage
from content.regulations.text.structure import Structure
from content.regulations.text.titles import tidy_title
from crawlers.errors import RecordError

URL: Final = "https://flk.npc.gov.cn/"
"""Where a reader looks an act up: the corpus does not keep the addresses of single texts."""
END_OF_NOTE: Final = "<!-- INFO END -->"
MAX_BYTES: Final = 4 * 1024 * 1024
"""The longest text of the corpus has 190 kB."""

_DATED: Final = re.compile(r"[(（](\d{4}-\d{2}-\d{2})[)）]$")
_ARTICLE_MARK: Final = re.compile(r"^第[^\s]{1,9}条\s", re.MULTILINE)
_FOLDERS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("宪法", "宪法相关法", "民法典", "民法商法", "刑法", "行政法", "经济法", "社会法"), "law"),
    **dict.fromkeys(("诉讼与非诉讼程序法", "法律"), "law"),
    "行政法规": "administrative",
    "部门规章": "departmental",
    "司法解释": "judicial",
    "DLC": "local",
    "地方性法规": "local",
    "公告": "announcement",
    "其他": "other",
    "案例": "other",
}
_CLOSING: Final = 4
"""Units at the end of a text in which it says from when it is in force and what it repeals."""
_LAG_DAYS: Final = 183
"""Within which a local act is published after its last approval. The longest of the corpus takes 65."""
_SLIP_DAYS: Final = 3
"""By so much the day in the name and that in the note of one publication differ at most."""


def parse_markdown(body: bytes, path: str) -> RegulationItem:
    """The version in the file at ``path`` (within the corpus, ``行政法/海关法(2021-04-29).md``).

    Raises RecordError where it is no text of an act, or none that can be stored.
    """
    if len(body) > MAX_BYTES:
        raise RecordError("too_long", f"{len(body)} bytes")
    note, text = _divided(body.decode("utf-8-sig", "replace").replace("\x00", ""))
    title = _title(note)
    if not title:
        raise RecordError("missing_value", "title")
    found = adoption.events(line for line in note if not line.startswith("#"))
    built = structure.parse(text)
    name = PurePosixPath(path)
    kind = _kind(name.parts)
    dated = _DATED.search(name.stem)
    stages, oddities = _with_day_of_name(adoption.stages(found), _day(dated[1]) if dated else "", kind)
    oddities += [f"{issue.code} {issue.label}" for issue in built.issues]
    try:
        return RegulationItem(
            key=path.removesuffix(".md")[-200:],
            url=URL,
            kind=kind,
            title=title,
            number=stages[-1].number if stages else "",
            body=_body(found, title, kind),
            published=stages[-1].date if stages else "",
            effective=_effective(stages, built),
            stages=tuple(_stage_item(one) for one in stages),
            articles=built.articles or None,
            cites=tuple(_citation_item(one) for one in citations.cited(built.units, title)),
            repeals=tuple(citations.repealed(built.units[-_CLOSING:], title)),
            repeals_from=adoption.in_force_from(_closing(built), stages[0].date if stages else ""),
            oddities=tuple(one[:200] for one in oddities[:100]),
            note="\n".join(line for line in note if not line.startswith("#")),
            units=tuple(_unit_item(one) for one in built.units),
        )
    except ValidationError as problem:
        first = problem.errors()[0]
        raise RecordError("invalid", f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from problem


def without_text(item: RegulationItem) -> RegulationItem:
    """The facts of an item: all but the text and the wording of its note."""
    return item.model_copy(update={"units": (), "note": ""})


def _divided(text: str) -> tuple[list[str], list[str]]:
    """The lines above the mark and those below it; without it the text begins with its first heading or article."""
    note, mark, rest = text.partition(END_OF_NOTE)
    if not mark:
        lines = text.split("\n")
        at = next((at for at, line in enumerate(lines) if at and _begins_text(line)), min(1, len(lines)))
        return _lines(lines[:at]), _lines(lines[at:])
    return _lines(note.split("\n")), _lines(rest.split("\n"))


def _begins_text(line: str) -> bool:
    tidied = structure.tidy(line)
    return tidied.startswith("##") or bool(_ARTICLE_MARK.match(f"{tidied} "))


def _lines(lines: Iterable[str]) -> list[str]:
    return [tidied for line in lines if (tidied := structure.tidy(line))]


def _title(note: Sequence[str]) -> str:
    """The heading; where there are two the second is the part of a code (民法典, 物权编)."""
    heads = [tidy_title(line.lstrip("#").strip()) for line in note if line.startswith("#")]
    return " ".join(dict.fromkeys(filter(None, heads[:2])))


def _kind(folders: Sequence[str]) -> Kind:
    for folder in folders:
        if folder in _FOLDERS:
            return _FOLDERS[folder]
    return "other"


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _with_day_of_name(stages: list[Stage], day: str, kind: Kind) -> tuple[list[Stage], list[str]]:
    """The versions with the day that the file's name gives for this one, and what is odd about the two.

    The name has the day of publication. It is that of the last version of the note, or of one that the note does not
    tell of yet: the database leaves out the last amendment of many administrative regulations.
    """
    if not day:
        return stages, []
    if not stages:
        return [Stage(adoption.PROMULGATED, [Event(day, adoption.PROMULGATED, "")])], []
    last = stages[-1]
    if day in last.dates:
        return stages, []
    lag = (date.fromisoformat(day) - date.fromisoformat(last.date)).days
    published = any(event.kind == adoption.PROMULGATED for event in last.events)
    if lag < -_SLIP_DAYS:
        return stages, [f"the name says {day}, the note {last.date}"]
    if lag <= _SLIP_DAYS or (not published and (kind == "judicial" or (kind == "local" and lag <= _LAG_DAYS))):
        last.events.append(Event(day, adoption.PROMULGATED, ""))
        return stages, []
    return [*stages, Stage(adoption.AMENDED, [Event(day, adoption.PROMULGATED, "")])], []


def _body(found: Sequence[Event], title: str, kind: Kind) -> str:
    # Administrative regulations are the State Council's (立法法 article 72), approved for others to announce or not.
    return "国务院" if kind == "administrative" else adoption.issuer(found, title)


def _closing(built: Structure) -> str:
    main = [unit for unit in built.units if not unit.anchor.startswith("annex-")]
    return "\n".join(unit.text for unit in main[-_CLOSING:])


def _effective(stages: Sequence[Stage], built: Structure) -> str:
    """When this version entered into force, as its note or its closing article says.

    A version made by an amendment (修正) keeps the closing article of the one before, whose day is not its own: a day
    before the version was made is none of its days.
    """
    if not stages:
        return adoption.in_force_from(_closing(built), "")
    last = stages[-1]
    if last.effective:
        return last.effective
    said = adoption.in_force_from(_closing(built), last.date)
    return said if said >= min(last.dates) else ""


def _stage_item(stage: Stage) -> StageItem:
    return StageItem(
        kind=stage.kind,  # type: ignore[arg-type]  # one of adoption.KINDS
        date=stage.date,
        dates=stage.dates,
        effective=stage.effective,
        number=stage.number[:200],
        by=stage.by[:500],
    )


def _citation_item(one: citations.Cited) -> CitationItem:
    return CitationItem(
        kind="standard" if one.kind == "standard" else "regulation", name=one.name, key=one.key, places=one.places
    )


def _unit_item(unit: structure.Unit) -> UnitItem:
    return UnitItem(
        kind=unit.kind,  # type: ignore[arg-type]  # one of structure.KINDS
        anchor=unit.anchor,
        number=unit.number,
        label=unit.label,
        heading=unit.heading,
        text=unit.text,
    )
