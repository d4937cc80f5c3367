"""The file of ISO Open Data: all deliverables of ISO, one JSON object a line.

Format (https://www.iso.org/open-data.html, "ISO deliverables metadata"), every key present, missing values null::

    {"id": 62085, "deliverableType": "IS", "supplementType": null, "reference": "ISO 9001:2015",
     "title": {"en": "…", "fr": "…"}, "publicationDate": "2015-09-22", "edition": 5, "icsCode": ["03.100.70"],
     "ownerCommittee": "ISO/TC 176/SC 2", "currentStage": 9092, "replaces": [46486], "replacedBy": null,
     "languages": ["en", "fr"], "pages": {"en": 29}, "scope": {"en": "<p>…</p>"}}

``replaces`` and ``replacedBy`` are ids of other lines, so the file is read twice: once for the references, once for
all.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from pydantic import ValidationError
from w3lib.html import remove_tags, replace_entities

from content.standards import status
from content.standards.items import RelationItem, StandardItem
from crawlers.documents import Document, Rejected
from crawlers.errors import RecordError, StructureChanged
from crawlers.strict import look_up, pop

logger = logging.getLogger(__name__)

PAGE = "https://www.iso.org/standard/{id}.html"
LANGUAGE = re.compile(r"[a-z]{2}")
PARTIAL_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
UNREADABLE_SHARE = 0.2
"""Beyond this share of lines that are no JSON objects with an id and a reference, it is not ISO's file at all."""
KINDS = {
    "IS": "",
    "TS": "technical-specification",
    "TR": "technical-report",
    "PAS": "publicly-available-specification",
    "IWA": "workshop-agreement",
    "GUIDE": "guide",
    "R": "recommendation",
    "ISP": "standardized-profile",
    "TTA": "technical-report",
    "DATA": "publication",
}
"""``deliverableType`` → kind of document; empty where the reference tells. TTA: technology trends assessment."""
MISSING_TITLES = ("Titre manque", "Title missing")
"""What stands where a title is missing."""


def parse_deliverables(document: Document) -> Iterator[StandardItem | Rejected]:
    """All deliverables of the file. Raises StructureChanged if it is not a list of deliverables."""
    references = read_references(document)
    unread: set[str] = set()
    for number, line in enumerate(document.lines(), start=1):
        if not line.strip():
            continue
        try:
            yield parse_deliverable(line, references, unread)
        except RecordError as problem:
            raw = line[:2000].decode("utf-8", "replace")
            yield Rejected(_key(line, number), document.url, problem.reason, problem.detail, {"line": raw})
    if unread:
        logger.warning("%s: fields nobody reads: %s", document.url, ", ".join(sorted(unread))[:300])


def read_references(document: Document) -> dict[int, str]:
    """Deliverable id → reference; about 15 MB for 100,000 of them."""
    references: dict[int, str] = {}
    lines = readable = 0
    for line in document.lines():
        if not line.strip():
            continue
        lines += 1
        try:
            row = orjson.loads(line)
            references[int(row["id"])] = str(row["reference"])
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
            continue
        readable += 1
    if readable == 0 or readable < lines * (1 - UNREADABLE_SHARE):
        raise StructureChanged(f"{document.url}: {readable} of {lines} lines are deliverables")
    return references


def parse_deliverable(line: bytes, references: Mapping[int, str], unread: set[str] | None = None) -> StandardItem:
    """One line. Raises RecordError if it cannot be read.

    Ids that ``references`` does not have name nothing and are left out. Fields that are not known go into ``unread``.
    """
    row = _row(line)
    identity = pop(row, "id", int)
    reference = pop(row, "reference", str)
    title = pop(row, "title", dict, default={})
    stage = _stage(pop(row, "currentStage", int))
    replaces = _named(pop(row, "replaces", list, default=[]), references)
    replaced_by = _named(pop(row, "replacedBy", list, default=[]), references)
    kind = pop(row, "deliverableType", str)
    supplement = row.pop("supplementType", None)
    published = pop(row, "publicationDate", str, default="")[:10]
    if published and not PARTIAL_DATE.fullmatch(published):
        raise RecordError("bad_date", published)
    scope = pop(row, "scope", dict, default={})
    ics, languages = pop(row, "icsCode", list, default=[]), pop(row, "languages", list, default=[])
    edition, committee = pop(row, "edition", int, default=0), pop(row, "ownerCommittee", str, default="")
    pages = pop(row, "pages", dict, default={})
    if unread is not None:
        unread.update(row)
    try:
        return StandardItem(
            key=str(identity),
            url=PAGE.format(id=identity),
            designation=reference,
            title_en=_title(title, "en"),
            title_fr=_title(title, "fr"),
            scope=_plain(_text(scope, "en", "scope")),
            edition=str(edition or ""),
            kind="" if supplement else look_up(KINDS, kind, "deliverableType"),
            status=status.of_stage(stage, replaced=bool(replaced_by)),
            stage=stage,
            published=published,
            ics=tuple(ics),
            committee=committee,
            languages=tuple(one for one in languages if LANGUAGE.fullmatch(str(one))),
            pages=pages.get("en"),
            relations=(
                *(RelationItem(kind="replaces", designation=one) for one in replaces),
                *(RelationItem(kind="replaced_by", designation=one) for one in replaced_by),
            ),
        )
    except ValidationError as problem:
        raise RecordError("invalid_value", str(problem)) from problem
    except KeyError as problem:
        raise RecordError("unknown_value", f"currentStage: {problem}") from problem


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as problem:
        raise RecordError("not_json", str(problem)) from problem
    if not isinstance(row, dict):
        raise RecordError("wrong_type", f"the line is a {type(row).__name__}")
    return row


def _key(line: bytes, number: int) -> str:
    """The id of a line that could not be read, if that much can be; else its number."""
    found = re.search(rb'"id":\s*(\d{1,12})', line[:1000])
    return found[1].decode() if found else f"line {number}"


def _stage(code: int) -> str:
    """``9092`` → ``90.92``; ``0`` → ``00.00``."""
    return f"{code // 100:02d}.{code % 100:02d}"


def _named(ids: list[Any], references: Mapping[int, str]) -> list[str]:
    return [references[one] for one in ids if isinstance(one, int) and one in references]


def _text(texts: Mapping[str, Any], language: str, what: str) -> str:
    text = texts.get(language) or ""
    if not isinstance(text, str):
        raise RecordError("wrong_type", f"{what}.{language} is {type(text).__name__}")
    return text


def _title(title: Mapping[str, Any], language: str) -> str:
    text = _text(title, language, "title")
    return "" if text.startswith(MISSING_TITLES) else text


def _plain(markup: str) -> str:
    r"""A scope note without its markup; ISO's has ``<p>``, ``<ul>``, ``<li>`` and a literal ``\n``."""
    if not markup:
        return ""
    text = re.sub(r"<li[^>]*>", " - ", re.sub(r"</(?:p|li|ul|ol|div)>|<br\s*/?>", "\n", markup.replace("\\n", "\n")))
    lines = (" ".join(line.split()) for line in replace_entities(remove_tags(text)).split("\n"))
    return "\n".join(line for line in lines if line)
