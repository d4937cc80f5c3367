"""Guidance documents as documents of the index: the record, then the pages of its file, which collapse under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from content.reach.keeping import RECORD_TYPE as RECORD_TYPE
from content.reach.models import Guidance, GuidancePage
from search import schema
from search.documents.standards import checksum, first_day
from search.engines.base import Document
from search.text import codes, joined, mostly_chinese

WEIGHT = 80
"""Below standards and lists that match as well."""
REPLACED_WEIGHT = 20
_PAGE_CODES = 200
_CALLED = {"zh": "REACH 指南", "en": "REACH guidance"}


def documents_of(one: Guidance, texts: Sequence[tuple[int, str]]) -> list[Document]:
    """The record's document, then those of its pages; ``texts`` are their numbers and words."""
    key = f"{RECORD_TYPE}:{one.pk}"
    shared = {
        schema.PARENT.name: key,
        schema.SORT_KEY.name: f"~ {one.slug}",  # after all designations
        schema.WEIGHT.name: REPLACED_WEIGHT if one.replaced_by_id else WEIGHT,
    }
    record = {
        schema.KEY.name: key,
        schema.TYPE.name: RECORD_TYPE,
        **shared,
        schema.SLUG.name: one.slug,
        schema.NAMED.name: [name for name in (joined(one.title)[:200], joined(one.title_zh)[:200]) if name],
        schema.TITLE_ZH.name: one.title_zh,
        schema.TITLE_EN.name: one.title,
        schema.SUBJECTS_ZH.name: _CALLED["zh"],
        schema.SUBJECTS_EN.name: f"{_CALLED['en']}\n{one.publisher}\n{one.edition}",
        schema.CONTENT_ZH.name: one.summary_zh,
        schema.CODES.name: codes(f"{one.title}\n{one.edition}"),
        schema.YEAR.name: int(one.published[:4]) if one.published else None,
        schema.LANGUAGE.name: [one.language],
        schema.PUBLISHED.name: first_day(one.published),
        schema.UPDATED.name: timezone.localdate(one.updated_at),
    }
    pages = [
        {
            schema.KEY.name: f"{schema.PAGE_TYPE}:{one.pk}:{number}",
            schema.TYPE.name: schema.PAGE_TYPE,
            **shared,
            schema.PAGE.name: number,
            (schema.CONTENT_ZH if mostly_chinese(text) else schema.CONTENT_EN).name: text,
            schema.CODES.name: codes(text)[:_PAGE_CODES],
        }
        for number, text in texts
        if text.strip()
    ]
    found = [
        {name: value for name, value in document.items() if value not in (None, "", [])}
        for document in (record, *pages)
    ]
    found[0][schema.CHECKSUM.name] = checksum(found)
    return found


def guidance_documents(ids: Sequence[int]) -> Iterator[Document]:
    """The documents of the public ones among these, by rising id. Two queries."""
    texts: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for pk, number, text in GuidancePage.objects.filter(guidance__in=ids).values_list("guidance", "number", "text"):
        texts[pk].append((number, text))
    for one in Guidance.objects.public().filter(pk__in=ids).order_by("pk"):
        yield from documents_of(one, texts[one.pk])


def guidance_records(ids: Sequence[int]) -> Iterator[Document]:
    """Likewise, the records alone and without the checksum. One query."""
    for one in Guidance.objects.public().filter(pk__in=ids).order_by("pk"):
        document = documents_of(one, ())[0]
        del document[schema.CHECKSUM.name]
        yield document


def public_ids() -> Sequence[int]:
    return list(Guidance.objects.public().order_by("pk").values_list("pk", flat=True))


def depending_on(_ids: Sequence[int]) -> set[int]:
    """No document says anything about another."""
    return set()


def pages(places: set[tuple[int, int]]) -> dict[tuple[int, int], GuidancePage]:
    """Pages by document and number. One query."""
    wanted = Q()
    for guidance, number in places:
        wanted |= Q(guidance=guidance, number=number)
    found = GuidancePage.objects.filter(wanted).select_related("guidance")
    return {(one.guidance_id, one.number): one for one in found}


def page_url(page: GuidancePage) -> str:
    """The page within the file (RFC 8118, section 3: fragment identifiers of PDF)."""
    return f"{reverse('reach:guidance-file', args=[page.guidance.slug])}#page={page.number}"
