"""Substances of the REACH lists as documents of the index, and read for it in a fixed number of queries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from content.reach.models import ListEntry, Number, Substance
from content.reach.names import fold
from content.reach.store import RECORD_TYPE as RECORD_TYPE
from search import schema
from search.documents.standards import FAR_FUTURE, checksum, first_day
from search.engines.base import Document
from search.text import codes, joined

BODY = "ECHA"
WEIGHT = 90
"""Below a standard in force that matches as well: who types words mostly looks for standards."""
MAX_MEMBERS = 300
MAX_NAME = 200
_BRACKETED = re.compile(r"\s\(([^()]{2,100})\)\s*$")
SUBJECTS = {
    "candidate": ("REACH 候选清单 高度关注物质 SVHC", "REACH Candidate List substance of very high concern SVHC"),
    "authorisation": ("REACH 附件十四 授权清单", "REACH Annex XIV Authorisation List"),
    "restriction": ("REACH 附件十七 限制清单", "REACH Annex XVII restriction"),
}
"""What people call the lists."""


class SubstanceRow(NamedTuple):
    """All that a substance's document is made of. ``lists`` and ``included`` are of its entries and its groups'."""

    id: int
    slug: str
    name: str
    name_zh: str
    description: str
    summary_zh: str
    synonyms: tuple[str, ...]
    formula: str
    updated: date
    numbers: tuple[str, ...]
    lists: tuple[str, ...]
    included: tuple[str, ...]
    members: tuple[str, ...]
    """Names and numbers of those that its group entries count."""


def substance_document(row: SubstanceRow) -> Document:
    """The one document of a substance."""
    subjects = [SUBJECTS[one] for one in row.lists if one in SUBJECTS]
    since = first_day(min(row.included, default=""))
    document = {
        schema.KEY.name: f"{RECORD_TYPE}:{row.id}",
        schema.TYPE.name: RECORD_TYPE,
        schema.PARENT.name: f"{RECORD_TYPE}:{row.id}",
        schema.SLUG.name: row.slug,
        schema.DESIGNATION.name: list(row.numbers),
        schema.NAMED.name: _names(row),
        schema.SORT_KEY.name: f"~ {fold(row.name)[:100]}",  # after all designations
        schema.TITLE_ZH.name: row.name_zh,
        schema.TITLE_EN.name: row.name,
        schema.SUBJECTS_ZH.name: "\n".join(zh for zh, _en in subjects),
        schema.SUBJECTS_EN.name: "\n".join(en for _zh, en in subjects),
        schema.CONTENT_ZH.name: row.summary_zh,
        schema.CONTENT_EN.name: "\n".join(filter(None, (row.description, *row.synonyms, *row.members))),
        schema.CODES.name: codes(" ".join((*row.numbers, row.formula))),
        schema.BODY.name: BODY,
        schema.PUBLISHED.name: since,
        schema.IN_FORCE_FROM.name: since,
        schema.IN_FORCE_TO.name: FAR_FUTURE if since else None,
        schema.UPDATED.name: row.updated,
        schema.WEIGHT.name: WEIGHT,
    }
    document = {name: value for name, value in document.items() if value not in (None, "", [])}
    document[schema.CHECKSUM.name] = checksum([document])
    return document


def _names(row: SubstanceRow) -> list[str]:
    """The name, also without what stands in brackets at its end, those in brackets, and the synonyms."""
    bare = _BRACKETED.sub("", row.name)
    inside = _BRACKETED.findall(row.name)
    synonyms = row.description.split(";") if len(row.description) < 500 else ()
    named = (row.name, bare, *inside, row.name_zh, *row.synonyms, *synonyms)
    return list(dict.fromkeys(filter(None, (joined(name)[:MAX_NAME] for name in named))))


def substance_documents(ids: Sequence[int]) -> Iterator[Document]:
    """The documents of the public ones among these, by rising id."""
    yield from map(substance_document, substance_rows(ids))


def substance_records(ids: Sequence[int]) -> Iterator[Document]:
    """Likewise, without the checksum."""
    for document in substance_documents(ids):
        del document[schema.CHECKSUM.name]
        yield document


def substance_rows(ids: Sequence[int]) -> Iterator[SubstanceRow]:
    """Five queries."""
    wanted = list(ids)
    entries = ListEntry.objects.filter(missing_since__isnull=True)
    lists: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, *named in entries.filter(substance_id__in=wanted).values_list("substance_id", "list_name", "included"):
        lists[pk].append((named[0], named[1]))
    for pk, *named in entries.filter(members__in=wanted).values_list("members", "list_name", "included"):
        lists[pk].append((named[0], named[1]))
    members: dict[int, list[tuple[int, str]]] = defaultdict(list)
    of_groups = entries.filter(substance_id__in=wanted, members__isnull=False).order_by("pk", "members")
    for pk, member, name in of_groups.values_list("substance_id", "members", "members__name"):
        members[pk].append((member, name))
    numbers: dict[int, list[str]] = defaultdict(list)
    known = {*wanted, *(member for found in members.values() for member, _name in found)}
    for pk, value in Number.objects.filter(substance_id__in=known).order_by("pk").values_list("substance_id", "value"):
        numbers[pk].append(value)
    columns = ("pk", "slug", "name", "name_zh", "description", "summary_zh", "synonyms", "formula", "updated_at")
    for pk, *texts, updated in Substance.objects.public().filter(pk__in=wanted).order_by("pk").values_list(*columns):
        slug, name, name_zh, description, summary_zh, synonyms, formula = texts
        yield SubstanceRow(
            pk,
            slug,
            name,
            name_zh,
            description,
            summary_zh,
            tuple(synonyms),
            formula,
            _day(updated),
            tuple(numbers[pk]),
            tuple(dict.fromkeys(one for one, _included in lists[pk])),
            tuple(included for _one, included in lists[pk] if included),
            tuple(" ".join((found, *numbers[member])) for member, found in members[pk][:MAX_MEMBERS]),
        )


def public_ids() -> Sequence[int]:
    return list(Substance.objects.public().order_by("pk").values_list("pk", flat=True))


def depending_on(ids: Sequence[int]) -> set[int]:
    """Members and groups of these say something about them."""
    entries = ListEntry.objects.filter(substance_id__in=ids, members__isnull=False)
    groups = ListEntry.objects.filter(members__in=ids)
    found = {*entries.values_list("members", flat=True), *groups.values_list("substance_id", flat=True)}
    return found.difference(ids)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
