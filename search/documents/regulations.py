"""Regulations as documents of the index: the act, then the articles of its present version, which collapse under it as
the pages of a file do under a standard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone

from content.regulations.documents import ArticleRow, RegulationRow, public_ids, regulation_rows
from content.regulations.models import Provision, Validity
from content.regulations.store import RECORD_TYPE
from content.regulations.text.orders import order_key
from search import schema
from search.documents.standards import FAR_FUTURE, checksum, first_day
from search.engines.base import Document
from search.text import codes, joined, mostly_chinese

__all__ = ["RECORD_TYPE", "STATUS", "depending_on", "public_ids", "regulation_documents", "regulation_records"]

STATUS: dict[str, str] = {
    Validity.IN_FORCE: "in_force",
    Validity.AMENDED: "superseded",
    Validity.UPCOMING: "upcoming",
    Validity.REPEALED: "withdrawn",
}
"""时效性 in the words in which the status of standards is filtered: 已修改 is an earlier text that a later one
replaces, 已废止 has no successor."""
_WEIGHTS = {"in_force": 85, "upcoming": 75, "superseded": 35, "withdrawn": 25}
"""A little below standards of the same status: who types words mostly looks for standards."""
_ARTICLE_CODES = 200
"""Codes kept of one article; an annex that lists substances holds thousands."""


def document_of(row: RegulationRow) -> list[Document]:
    """The act's document, then those of its articles."""
    key = f"{RECORD_TYPE}:{row.id}"
    status = STATUS.get(row.validity, "unknown")
    begins, ends = first_day(row.effective or row.published), first_day(row.expired)
    in_force = status == "in_force"
    shared = {
        schema.PARENT.name: key,
        schema.SORT_KEY.name: f"~ {row.title[:100]}",  # after all designations
        schema.WEIGHT.name: _WEIGHTS.get(status, 0),
    }
    titles = {"zh": row.title_zh, "en": row.title_en} | {row.language: row.title}
    chinese = row.language == "zh"
    record = {
        schema.KEY.name: key,
        schema.TYPE.name: RECORD_TYPE,
        **shared,
        schema.SLUG.name: row.slug,
        schema.DESIGNATION.name: [one for one in (row.number, order_key(row.number)) if one],
        schema.NAMED.name: _names(row),
        schema.TITLE_ZH.name: titles["zh"],
        schema.TITLE_EN.name: titles["en"],
        (schema.SUBJECTS_ZH if chinese else schema.SUBJECTS_EN).name: "\n".join(filter(None, (row.body, row.number))),
        schema.CODES.name: codes(f"{row.title}\n{row.number}"),
        schema.STATUS.name: status,
        schema.YEAR.name: int(row.published[:4]) if row.published else None,
        schema.LANGUAGE.name: [row.language],
        schema.PUBLISHED.name: first_day(row.published),
        schema.IN_FORCE_FROM.name: begins,
        schema.IN_FORCE_TO.name: ends or (FAR_FUTURE if begins and in_force else None),
        schema.UPDATED.name: timezone.localdate(row.updated_at),
    }
    documents = [_without_blanks(one) for one in (record, *(_article(shared, article) for article in row.articles))]
    documents[0][schema.CHECKSUM.name] = checksum(documents)
    return documents


def _names(row: RegulationRow) -> list[str]:
    """The titles, also without the name of the country, which nobody types."""
    named = (row.title, row.title.removeprefix("中华人民共和国"), row.title_zh, row.title_en)
    return list(dict.fromkeys(filter(None, (joined(name)[:200] for name in named))))


def _article(shared: Document, article: ArticleRow) -> Document:
    text = "\n".join(filter(None, (f"{article.label} {article.heading}".strip(), article.text)))
    return {
        schema.KEY.name: f"{schema.PAGE_TYPE}:{article.version}:{article.position}",
        schema.TYPE.name: schema.PAGE_TYPE,
        **shared,
        schema.PAGE.name: article.position,
        (schema.CONTENT_ZH if mostly_chinese(text) else schema.CONTENT_EN).name: text,
        schema.CODES.name: codes(text)[:_ARTICLE_CODES],
    }


def _without_blanks(document: Document) -> Document:
    return {name: value for name, value in document.items() if value not in (None, "", [])}


def regulation_documents(ids: Sequence[int]) -> Iterator[Document]:
    """The documents of the public ones among these, in the order of their ids. Two queries."""
    for row in regulation_rows(ids):
        yield from document_of(row)


def regulation_records(ids: Sequence[int]) -> Iterator[Document]:
    """Likewise, the acts alone and without the checksum. One query."""
    for row in regulation_rows(ids, articles=False):
        document = document_of(row)[0]
        del document[schema.CHECKSUM.name]
        yield document


def depending_on(_ids: Sequence[int]) -> set[int]:
    """No act's documents say anything about another."""
    return set()


def articles(places: set[tuple[int, int]]) -> dict[tuple[int, int], Provision]:
    """Provisions by version and position. One query."""
    found = Provision.objects.filter(
        version__in={version for version, _position in places}, position__in={position for _v, position in places}
    )
    return {(one.version_id, one.position): one for one in found if (one.version_id, one.position) in places}
