"""Regulations as data: for the ``.json`` siblings of pages, the API, and, in bulk, the search index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from content.provenance.documents import claim_document
from content.provenance.models import Claim
from content.regulations import linking
from content.regulations.models import Citation, Provision, Regulation, Version
from content.regulations.store import RECORD_TYPE as RECORD_TYPE
from content.regulations.text.structure import ANNEX, ARTICLE, ITEM

READABLE = (ARTICLE, ITEM, ANNEX, "text")
"""Kinds of provisions that have a text of their own to be found."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article of the version that stands for the act, by the key of that and its place in it.

    ``number`` is empty for what has none, ``label`` is 第十二条.
    """

    version: int
    position: int
    anchor: str
    kind: str
    number: str
    label: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class RegulationRow:
    """All that a regulation's documents in the index are made of; days are ISO 8601 or empty."""

    id: int
    slug: str
    title: str
    title_zh: str
    title_en: str
    language: str
    number: str
    body: str
    kind: str
    validity: str
    published: str
    effective: str
    amended: str
    expired: str
    updated_at: datetime
    articles: tuple[ArticleRow, ...]


_ROW = (
    *("id", "slug", "title", "title_zh", "title_en", "language", "number", "body", "kind", "validity"),
    *("published", "effective", "amended", "expired", "updated_at"),
)
_ARTICLE = ("version", "position", "anchor", "kind", "number", "label", "heading", "text")


def public_ids() -> list[int]:
    """Of all public regulations, rising."""
    return list(Regulation.objects.public().order_by("pk").values_list("pk", flat=True))


def regulation_rows(ids: Sequence[int], *, articles: bool = True) -> Iterator[RegulationRow]:
    """The public ones of these regulations, in the order of ``ids``, with the articles of their present versions.

    Two queries, whatever the number; without ``articles`` one.
    """
    rows = {row[0]: row for row in Regulation.objects.public().filter(pk__in=ids).values_list(*_ROW)}
    texts: dict[int, list[ArticleRow]] = defaultdict(list)
    if articles:
        held = Provision.objects.filter(
            version__regulation__in=rows, version__date=F("version__regulation__amended"), kind__in=READABLE
        ).order_by("version", "position")
        for regulation, *values in held.values_list("version__regulation", *_ARTICLE).iterator(2_000):
            texts[regulation].append(ArticleRow(*values))
    for pk in ids:
        if pk in rows:
            fields: dict[str, Any] = dict(zip(_ROW, rows[pk], strict=True))
            yield RegulationRow(**fields, articles=tuple(texts[pk]))


def reference_document(regulation: Regulation) -> dict[str, Any]:
    """Just enough to name an act."""
    return {
        "type": RECORD_TYPE,
        "slug": regulation.slug,
        "url": regulation.get_absolute_url(),
        "title": regulation.title,
        "validity": regulation.validity,
    }


def regulation_summary(regulation: Regulation) -> dict[str, Any]:
    """An act without its versions and text (schema ``RegulationSummary``)."""
    return {
        **reference_document(regulation),
        "title_zh": regulation.title if regulation.language == "zh" else regulation.title_zh,
        "title_en": regulation.title if regulation.language == "en" else regulation.title_en,
        "language": regulation.language,
        "kind": regulation.kind,
        "number": regulation.number,
        "eli": regulation.eli,
        "body": regulation.body,
        "validity_basis": regulation.validity_basis,
        "published": regulation.published,
        "effective": regulation.effective,
        "amended": regulation.amended,
        "expired": regulation.expired,
        "articles": regulation.articles,
        "official_url": regulation.url,
        "updated_at": regulation.updated_at,
    }


def version_summary(version: Version, slug: str) -> dict[str, Any]:
    """A version without its text (schema ``VersionSummary``)."""
    return {
        "date": version.date,
        "url": version.address(slug),
        "kind": version.kind,
        "validity": version.validity,
        "effective": version.effective,
        "in_force_from": version.start,
        "expired": version.expired,
        "number": version.number,
        "amended_by": version.by,
        "articles": version.articles,
        "text_held": version.has_text,
    }


def provision_document(one: Provision) -> dict[str, Any]:
    """A part of a text (schema ``ProvisionDocument``)."""
    return {
        "kind": one.kind,
        "anchor": one.anchor,
        "number": one.number,
        "label": one.label,
        "heading": one.heading,
        "text": one.text,
    }


def regulation_document(regulation: Regulation, versions: Sequence[Version], version: Version | None) -> dict[str, Any]:
    """All that is held of an act, with the text of one version (schema ``RegulationDocument``). Seven queries."""
    citations = list(version.citations.all()) if version else []
    links = linking.links_of(citations)
    claims = Claim.objects.filter(record_type=RECORD_TYPE, record_id=regulation.pk).order_by("source", "key")[:50]
    citing = linking.acts_citing(Citation.Kind.REGULATION, [regulation.match])
    return {
        **regulation_summary(regulation),
        "versions": [version_summary(one, regulation.slug) for one in versions],
        "version": version_summary(version, regulation.slug) if version else None,
        "text": [provision_document(one) for one in version.provisions.all()] if version and version.has_text else [],
        "cites": [
            {
                "kind": one.citation.kind,
                "name": one.citation.name,
                "url": one.url,
                "repeals": one.citation.repeals,
                "places": one.citation.places,
            }
            for one in links
        ],
        "cited_by": [reference_document(one["regulation"]) | {"places": one["places"]} for one in citing],
        "sources": [claim_document(claim) for claim in claims],
    }


def public_with_text() -> Q:
    """Acts of which at least one version has its text here."""
    return Q(Exists(Version.objects.filter(regulation=OuterRef("pk"), has_text=True)))
