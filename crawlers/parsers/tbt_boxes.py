"""Boxes of a form that are ticked or not: the articles of point 3, and why an addendum is issued.

The boxes of an addendum are those of its format in the recommendation on the coherent use of notification formats of
June 2014 (G/TBT/35); a box stands before its label, in other layouts after it. Their English wording is that of the
format; no document in French or Spanish was at hand, so several wordings of each are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from content.tbt.items import EventItem, EventKind
from crawlers.parsers.tbt_dates import first_date
from crawlers.parsers.tbt_text import cut, fold, label_end, on_one_line, phrase
from crawlers.parsers.tbt_urls import urls_of, without_urls

BOX: Final = re.compile(r"\[[ \n]?(?P<tick>[x×✓✔√✗✘]?)[ \n]?\]|(?P<sign>[☐☑☒□■▢⬜✅🗹])", re.IGNORECASE)
"""A box, ticked where it has a cross or a hook."""
_ROUND: Final = re.compile(r"\([ \n]?(?P<tick>[x×✓✔√✗✘]?)[ \n]?\)", re.IGNORECASE)
_TICKED: Final = "☑☒■✅🗹"
_ARTICLE: Final = re.compile(r"(?<![\d.])(\d{1,2}(?:\.\d{1,2}){1,2})(?![\d.]*\d)")
MAX_EVENTS: Final = 20
MAX_ARTICLES: Final = 20

_DATED: Final = frozenset({"comments_changed", "adopted", "published", "in_force", "withdrawn"})
_Kind = EventKind | None
_HEADS: Final[dict[str, tuple[_Kind, tuple[str, ...]]]] = {
    "comments": ("comments_changed", (
        "comment period changed", "comment period (?:extended|reopened|re-opened)",
        "(?:modification|prolongation) du (?:delai|period) (?:pour|de|ouvert)",
        "(?:modification|changement) de la periode",
        "(?:modificacion|prorroga|ampliacion|cambio) del (?:plazo|periodo)",
    )),
    "adopted": ("adopted", (
        "notified measures? adopted", "adoption de la mesure notifiee", "mesure notifiee adoptee",
        "adopcion de la medida notificada", "medida notificada adoptada",
    )),
    "published": ("published", (
        "notified measures? published", "publication de la mesure notifiee", "mesure notifiee publiee",
        "publicacion de la medida notificada", "medida notificada publicada",
    )),
    "in_force": ("in_force", (
        "notified measures? enters? into force", "notified measures? entered into force",
        "entree en vigueur de la mesure", "mesure notifiee entree en vigueur", "mesure notifiee entrant en vigueur",
        "entrada en vigor de la medida", "la medida notificada entra en vigor", "medida notificada en vigor",
    )),
    "final": ("final_text", (
        "texts? of (?:the )?final measures?",
        "acces au texte (?:final|de la mesure)", "texte de la mesure finale", "texte final de la mesure",
        "(?:acceso al )?texto de la medida (?:definitiva|final)",
        "(?:acceso al )?texto (?:definitivo|final) de la medida",
        "indicacion de donde se puede (?:obtener|consultar) el texto de la medida",
    )),
    "withdrawn": ("withdrawn", (
        "notified measures? (?:withdrawn|revoked)", "(?:retrait|abrogation)(?: ou abrogation)? de la mesure",
        "mesure notifiee (?:retiree|abrogee)",
        "(?:retiro|retirada|derogacion|revocacion)(?: o \\w{1,12})? de la medida",
        "medida notificada (?:retirada|revocada|derogada)",
    )),
    "scope": ("scope_changed", (
        "content (?:or|and|/) ?scope of (?:the )?notified measures?",
        "modification de la teneur", "modification du contenu", "(?:teneur|contenu) ou (?:champ d'application|portee)",
        "modificacion del contenido", "modificacion del ambito", "contenido o (?:ambito|alcance) de la medida",
    )),
    "guidance": ("guidance", (
        "interpretive guidance", "(?:publication|diffusion) (?:de|d'|des) ?(?:directives|lignes|orientations)",
        "directives d'interpretation", "directives interpretatives", "orientations interpretatives",
        "(?:publicacion de )?(?:las )?directrices interpretativas", "orientaciones interpretativas",
    )),
    "symbol": (None, (
        "relevant symbol", "cotes? pertinentes?", "cote correspondante", "signatura pertinente",
        "signatura correspondiente",
    )),
    "deadline": (None, (
        "new deadline for comments", "nouveau delai pour", "nouvelle date limite pour", "nuevo plazo para",
        "nueva fecha limite para",
    )),
    "other": ("other", ("others?", "autres?(?: motifs?| raisons?)?", "otr[oa]s?(?: motivos?| razon(?:es)?)?")),
}  # fmt: skip
_LABEL: Final = re.compile(
    "(?<![^\\W_])(?:"
    + "|".join(f"(?P<{name}>{'|'.join(map(phrase, texts))})" for name, (_kind, texts) in _HEADS.items())
    + ")(?![^\\W\\d_])"
)
_AT_ONCE: Final = re.compile(r"[ \n:;.\-–—]{0,4}")
_SAID: Final = (
    "date fecha dates fechas the of or and a at from text available if applicable measure re notified changed new "
    "deadline comments revoked withdrawn issued is final on scope content guidance modified "
    "et ou le la les du de des l d au aux en a acces texte disponible aupres adresse suivante cas echeant cote "
    "mesure "
    "notifiee nouvelle notification champ application teneur presentation observations delai pour directives "
    "interpretation abrogation retrait finale final delais obtenir peut etre ou il on s ladite limite est "
    "e y o el los del al texto indicacion donde se puede obtener consultar ambito aplicacion medida notificada "
    "definitiva si procede vuelve notificar presentar observaciones plazo derogacion retiro para directrices "
    "interpretativas acceso direccion siguiente corresponda caso su con arreglo presentacion"
)
_WORDS: Final = frozenset(_SAID.split())


@dataclass(frozen=True, slots=True)
class _Part:
    """A label of the block: ``start`` with the box before it, ``end`` with its colon."""

    name: str
    start: int
    end: int
    ticked: bool


def first_box(folded: str) -> int | None:
    """Where the boxes of an addendum begin; None where a form has none."""
    for box in BOX.finditer(folded):
        after = _AT_ONCE.match(folded, box.end())
        label = _LABEL.match(folded, after.end() if after else box.end())
        if label and label.lastgroup != "other":
            return box.start()
    return None


def articles(text: str) -> tuple[str, ...]:
    """Articles of point 3 that are ticked; all that are named where there are no boxes.

    After the last box members write what else they notify under ("Other: Article 10.7").
    """
    marks = [(at.start(), at.end(), ticked(at)) for box in (BOX, _ROUND) for at in box.finditer(text)]
    named = [(at.start(), at.end(), at[1]) for at in _ARTICLE.finditer(text)]
    if not marks or not named:
        return tuple(dict.fromkeys(name for _start, _end, name in named))[:MAX_ARTICLES]
    marks.sort()
    after = named[0][0] < marks[0][0]
    chosen: dict[str, None] = {}
    at = 0
    for start, end, name in named:
        if after:
            while at < len(marks) and marks[at][0] < end:
                at += 1
            near = marks[at] if at < len(marks) and marks[at][0] - end <= 3 else None
        else:
            while at + 1 < len(marks) and marks[at + 1][1] <= start:
                at += 1
            near = marks[at] if 0 <= start - marks[at][1] <= 12 else None
        if near is None or near[2]:
            chosen[name] = None
    return tuple(chosen)[:MAX_ARTICLES]


def ticked(box: re.Match[str]) -> bool:
    found = box.groupdict()
    return bool(found["tick"]) or (found.get("sign") or " ") in _TICKED


def events(text: str) -> tuple[tuple[EventItem, ...], str]:
    """What an addendum says has happened, and the new deadline for comments if it states one."""
    parts = list(_parts(text))
    found: list[EventItem] = []
    deadline = ""
    for at, part in enumerate(parts):
        value = text[part.end : parts[at + 1].start if at + 1 < len(parts) else len(text)]
        value = BOX.sub("", value).strip(" \n;.-–—")
        kind = _HEADS[part.name][0]
        if part.name == "deadline" and value:
            deadline = on_one_line(value)
        elif part.name == "symbol" and value and found and found[-1].kind == "withdrawn":
            note = on_one_line(f"{found[-1].note} {value}")
            found[-1] = found[-1].model_copy(update={"note": cut(note, 500)})
        elif kind is not None and part.ticked:
            found.append(_event(kind, value))
            if kind == "comments_changed" and not deadline:
                deadline = on_one_line(without_urls(value))
    return tuple(found[:MAX_EVENTS]), deadline


def _event(kind: EventKind, value: str) -> EventItem:
    urls = tuple(urls_of(value))[:20]
    said = on_one_line(without_urls(value))
    if kind not in _DATED:
        return EventItem(kind=kind, urls=urls, note=cut(said, 500))
    day, start, end = first_date(said)
    if not day:
        return EventItem(kind=kind, stated=cut(said, 500), urls=urls)
    rest = said[end:] if not said[:start].strip(" (:-–") else said
    return EventItem(kind=kind, date=day, urls=urls, note=cut(rest.strip(" ,;.:-–"), 500))


def _box_at(folded: str, at: int) -> re.Match[str] | None:
    space = _AT_ONCE.match(folded, at)
    return BOX.match(folded, space.end() if space else at)


def _parts(text: str) -> Iterator[_Part]:
    """Labels in order, each with its box: the one before it or, where the block begins with a label, after it."""
    folded = fold(text)
    boxes = {box.end(): box for box in BOX.finditer(folded)}
    begins = BOX.search(folded)
    first = _LABEL.search(folded)
    after = first is not None and begins is not None and first.start() < begins.start()
    past = 0
    for label in _LABEL.finditer(folded):
        name, at = label.lastgroup or "", label.start()
        if at < past:
            continue
        ahead = folded[:at] if at < 8 else folded[at - 8 : at]
        gap = len(ahead) - len(ahead.rstrip(" \n:;.-–—"))
        before = boxes.get(at - gap)
        line_begins = gap == len(ahead) or "\n" in ahead[len(ahead) - gap :]
        if before is None and (name == "other" and not after or not line_begins and name not in ("symbol", "deadline")):
            continue
        end, _colon = label_end(folded, label.end(), _WORDS)
        box = before
        if after:
            box = _box_at(folded, label.end()) or _box_at(folded, end)
            end = max(end, box.end()) if box else end
        past = end
        yield _Part(name, before.start() if before and not after else at, end, box is not None and ticked(box))
