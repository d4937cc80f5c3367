"""A standard as documents of the index: pure, so that every way of reading it gives the same documents."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import orjson

from search import schema
from search.designations import Kind, try_parse
from search.engines.base import Document
from search.text import codes, has_cjk, joined, mostly_chinese

RECORD_TYPE = "standard"

FAR_FUTURE = date(9999, 12, 31)
_PAGE_CODES = 200
"""Codes kept of one page; a page of a parts list holds thousands."""

WEIGHTS = {"in_force": 100, "upcoming": 80, "unknown": 60, "superseded": 40, "withdrawn": 30, "draft": 20}
"""Standing at equal match: what is in force, then what will be, then what was, then what may be."""
SUPPLEMENT_WEIGHT = 0.85
"""Share of it that a document has which only changes another one: an amendment in force stays ahead of an upcoming
text."""
SUPPLEMENTS = frozenset({Kind.AMENDMENT, Kind.CORRIGENDUM, Kind.ADDENDUM, Kind.SUPPLEMENT, Kind.INTERPRETATION})
CITING = frozenset({"replaces", "partly_replaces", "adopts", "amends", "corrects", "consolidates"})
"""Kinds of relation by which a record is found when the other designation is asked for."""


class PageRow(NamedTuple):
    """The text of one page of a file."""

    file_id: int
    number: int
    text: str


class Names(NamedTuple):
    """Chinese and English name of something."""

    zh: str
    en: str


class StandardRow(NamedTuple):
    """All that a standard's documents are made of. ``ics`` and ``ccs`` hold each class and its wider ones.

    ``successors`` are the (partial) dates from which the editions that replace it apply.
    """

    id: int
    designation: str
    designation_published: str
    slug: str
    undated_slug: str
    family_slug: str
    sort_key: str
    body: str
    body_names: Names
    number: str
    part: str
    year: int | None
    kind: str
    title_zh: str
    title_en: str
    title_fr: str
    scope: str
    status: str
    published: str
    effective: str
    withdrawn: str
    committee: str
    committee_title: str
    responsible: tuple[str, ...]
    drafters: tuple[str, ...]
    languages: tuple[str, ...]
    access: str
    updated: date
    ics: dict[str, Names]
    ccs: dict[str, Names]
    cited: tuple[str, ...]
    successors: tuple[str, ...]
    pages: tuple[PageRow, ...]


def standard_documents_of(row: StandardRow) -> list[Document]:
    """The record's document, then those of its pages."""
    keys = _designations(row.designation, row.undated_slug, row.family_slug)
    key = f"{RECORD_TYPE}:{row.id}"
    shared = {
        schema.PARENT.name: key,
        schema.DESIGNATION.name: sorted({keys[0], joined(row.designation_published)} - {""}),
        schema.UNDATED.name: keys[1],
        schema.FAMILY.name: keys[2],
        schema.NUMBER.name: _numbers(row.number, row.part),
        schema.SORT_KEY.name: row.sort_key,
        schema.WEIGHT.name: weight(row.status, row.kind),
    }
    in_force = in_force_dates(row.status, row.effective or row.published, row.withdrawn, row.successors)
    subjects = [
        *((names.zh, names.en) for names in row.ics.values()),
        *((names.zh, names.en) for names in row.ccs.values()),
        *(_by_script(text) for text in (row.committee, row.committee_title, *row.responsible, *row.drafters)),
    ]
    record = {
        schema.KEY.name: key,
        schema.TYPE.name: RECORD_TYPE,
        **shared,
        schema.SLUG.name: row.slug,
        schema.CITED.name: sorted({form for target in row.cited for form in _designations(target, "", "")[:2]} - {""}),
        schema.TITLE_ZH.name: row.title_zh,
        schema.TITLE_EN.name: row.title_en,
        schema.TITLE_FR.name: row.title_fr,
        schema.SUBJECTS_ZH.name: "\n".join(dict.fromkeys(zh for zh, _en in subjects if zh)),
        schema.SUBJECTS_EN.name: "\n".join(dict.fromkeys(en for _zh, en in subjects if en)),
        **_content(row.scope),
        schema.CODES.name: codes("\n".join((row.title_zh, row.title_en, row.committee, row.scope))),
        schema.STATUS.name: row.status,
        schema.BODY.name: row.body,
        schema.KIND.name: row.kind,
        schema.ICS.name: list(row.ics),
        schema.CCS.name: list(row.ccs),
        schema.YEAR.name: row.year,
        schema.LANGUAGE.name: list(row.languages),
        schema.ACCESS.name: row.access,
        schema.PUBLISHED.name: first_day(row.published),
        schema.IN_FORCE_FROM.name: in_force[0],
        schema.IN_FORCE_TO.name: in_force[1],
        schema.UPDATED.name: row.updated,
    }
    pages = [
        {
            schema.KEY.name: f"{schema.PAGE_TYPE}:{page.file_id}:{page.number}",
            schema.TYPE.name: schema.PAGE_TYPE,
            **shared,
            schema.PAGE.name: page.number,
            **_content(page.text),
            schema.CODES.name: codes(page.text)[:_PAGE_CODES],
        }
        for page in row.pages
        if page.text.strip()
    ]
    documents = [_without_blanks(document) for document in (record, *pages)]
    documents[0][schema.CHECKSUM.name] = checksum(documents)
    return documents


def checksum(documents: list[Document]) -> int:
    """63 bits that stand for the documents' content."""
    digest = hashlib.blake2b(orjson.dumps(documents, option=orjson.OPT_SORT_KEYS), digest_size=8)
    return int.from_bytes(digest.digest(), "big") >> 1


def weight(status: str, kind: str) -> int:
    """0..100."""
    full = WEIGHTS.get(status, 0)
    return round(full * SUPPLEMENT_WEIGHT) if kind in SUPPLEMENTS else full


def in_force_dates(
    status: str, start: str, withdrawn: str, successors: tuple[str, ...]
) -> tuple[date | None, date | None]:
    """First day in force, and first day no longer in force.

    An edition ends when it is withdrawn, else when the one that replaces it applies. What is no longer in force since
    an unknown day is not said to have been in force on any; what is in force since an unknown day always was.
    """
    ends = first_day(withdrawn) or min(filter(None, map(first_day, successors)), default=None)
    match status:
        case "draft":
            return None, None
        case "in_force":
            # A successor may be published while the edition it will replace is still in force.
            return first_day(start) or date.min, first_day(withdrawn) or FAR_FUTURE
        case "upcoming":
            begins = first_day(start)
            return (begins, first_day(withdrawn) or FAR_FUTURE) if begins else (None, None)
    begins = first_day(start)
    return (begins, ends) if begins and ends else (None, None)


@lru_cache(maxsize=4096)
def first_day(partial: str) -> date | None:
    """The first day of a partial date (``2015``, ``2015-09``, ``2015-09-15``); None for none and for no date at all."""
    if not partial:
        return None
    year, month, day = (*(int(part) for part in partial.split("-")), 1, 1)[:3]
    try:
        return date(year, month, day)
    except ValueError:  # 31 June, as some source has it
        return date(year, month, 1) if 1 <= month <= 12 and year else None


@lru_cache(maxsize=8192)
def _designations(designation: str, undated_slug: str, family_slug: str) -> tuple[str, str, str]:
    """Joined: as it is, without its year, without part and year. What can't be parsed is found as it is written."""
    parsed = try_parse(designation)
    if parsed is None:
        return joined(designation), joined(undated_slug), joined(family_slug)
    return parsed.joined, parsed.undated.joined, parsed.family.joined


def _numbers(number: str, part: str) -> list[str]:
    number, part = number.casefold(), part.casefold()
    if not part:
        return [number]
    return sorted({number, f"{number}.{part}".replace("-", "."), f"{number}-{part}".replace(".", "-")})


def _content(text: str) -> Document:
    return {(schema.CONTENT_ZH if mostly_chinese(text) else schema.CONTENT_EN).name: text}


def _by_script(text: str) -> tuple[str, str]:
    return (text, "") if has_cjk(text) else ("", text)


def _without_blanks(document: Document) -> Document:
    return {name: value for name, value in document.items() if value not in (None, "", [])}
