"""A standard as data: the same document at ``/api/v1/standards/<slug>/`` and at the page's ``.json`` sibling."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from content.provenance.documents import change_document, claim_document
from content.provenance.models import Change, Claim
from content.standards import lineage
from content.standards.models import Body, CcsClass, File, IcsClass, Relation, Standard

MAX_RELATIONS = 500
"""Of each direction; a much cited standard has thousands of incoming references."""
MAX_CHANGES = 100
MAX_CLAIMS = 50
RECORD_TYPE = "standard"

Document = dict[str, Any]


def standard_summary(standard: Standard) -> Document:
    """One line of a list. Reads ``ics`` and ``ccs``: prefetch them."""
    return {
        **standard_reference(standard),
        "body": standard.body_id,
        "kind": standard.kind,
        "access": standard.access,
        "ics": [one.pk for one in standard.ics.all()],
        "ccs": [one.pk for one in standard.ccs.all()],
        "updated_at": standard.updated_at,
    }


def standard_reference(standard: Standard) -> Document:
    """Just enough to name a standard and to say whether it can be relied on. No query."""
    return {
        "type": RECORD_TYPE,
        "id": standard.pk,
        "slug": standard.slug,
        "designation": standard.designation,
        "url": standard.get_absolute_url(),
        "title": {"zh": standard.title_zh, "en": standard.title_en, "fr": standard.title_fr},
        "status": standard.status,
        "dates": {
            "published": standard.published,
            "effective": standard.effective,
            "withdrawn": standard.withdrawn,
        },
    }


def standard_document(standard: Standard) -> Document:
    """All that the portal holds of one standard (schema ``StandardDocument``); dates are partial ISO 8601 texts.

    Load ``standard`` with ``body``; the number of queries does not depend on how much hangs on it.
    """
    claims = Claim.objects.filter(record_type=RECORD_TYPE, record_id=standard.pk).order_by("source", "key")
    return {
        **standard_reference(standard),
        "designation_published": standard.designation_published,
        "body": body_document(standard.body),
        "number": standard.number,
        "part": standard.part,
        "year": standard.year,
        "edition": standard.edition,
        "kind": standard.kind,
        "obligation": standard.obligation,
        "undated_slug": standard.undated_slug,
        "family_slug": standard.family_slug,
        "status_since": standard.status_since,
        "stage": standard.stage,
        "scope": standard.scope,
        "ics": [class_document(one) for one in standard.ics.all()],
        "ccs": [class_document(one) for one in standard.ccs.all()],
        "committee": {"code": standard.committee, "title": standard.committee_title},
        "responsible": standard.responsible,
        "drafters": standard.drafters,
        "languages": standard.languages,
        "pages": standard.pages,
        "price_class": standard.price_class,
        "access": standard.access,
        "publisher_url": standard.url,
        "edited_fields": standard.locked_fields,
        "relations": [
            *(relation_document(one) for one in outgoing(standard)),
            *(incoming_document(one) for one in incoming(standard)),
        ],
        "lineage": lineage_document(standard),
        "files": [file_document(one, standard) for one in standard.files.order_by("name")],
        "provenance": [claim_document(claim) for claim in claims[:MAX_CLAIMS]],
        "history": [change_document(change) for change in changes_of(standard)[:MAX_CHANGES]],
        "created_at": standard.created_at,
        "updated_at": standard.updated_at,
    }


def outgoing(standard: Standard) -> Iterable[Relation]:
    """What the standard says of others."""
    return standard.relations.select_related("target").order_by("kind", "target_slug")[:MAX_RELATIONS]


def incoming(standard: Standard) -> Iterable[Relation]:
    """What public standards say of this one."""
    return (
        standard.incoming.select_related("standard")
        .filter(standard__hidden_at__isnull=True)
        .order_by("kind", "standard__sort_key")[:MAX_RELATIONS]
    )


def relation_document(relation: Relation) -> Document:
    """A relation whose target is named even where it is not held (``record`` is then null)."""
    target = relation.target
    return {
        "kind": relation.kind,
        "direction": "outgoing",
        "degree": relation.degree,
        "designation": relation.target_designation,
        "slug": relation.target_slug,
        "source": relation.source_id,
        "record": standard_reference(target) if target and target.hidden_at is None else None,
    }


def incoming_document(relation: Relation) -> Document:
    """The same relation seen from its target."""
    standard = relation.standard
    return {
        "kind": relation.kind,
        "direction": "incoming",
        "degree": relation.degree,
        "designation": standard.designation,
        "slug": standard.slug,
        "source": relation.source_id,
        "record": standard_reference(standard),
    }


def lineage_document(standard: Standard) -> Document:
    """Editions of the same standard and the chains of replacement, nearest first, as far as they are held."""
    line = lineage.around(standard)
    later = line.held(line.succession.followers(standard.slug))
    usable = [standard, *later]
    return {
        "in_force": next((standard_reference(one) for one in usable if one.status == Standard.Status.IN_FORCE), None),
        "editions": [standard_reference(one) for one in line.records.values() if _same_number(one, standard)],
        "predecessors": [standard_reference(one) for one in line.held(line.succession.predecessors(standard.slug))],
        "successors": [standard_reference(one) for one in later],
    }


def _same_number(one: Standard, other: Standard) -> bool:
    return one.undated_slug == other.undated_slug


def body_document(body: Body) -> Document:
    """An issuing body."""
    return {
        "code": body.code,
        "name": {"zh": body.name_zh, "en": body.name_en},
        "jurisdiction": body.jurisdiction,
        "homepage": body.homepage,
    }


def class_document(one: IcsClass | CcsClass) -> Document:
    """A class of ICS or CCS."""
    return {
        "code": one.code,
        "title": {"zh": one.title_zh, "en": one.title_en},
        "level": one.level,
        "parent": one.parent_id,
    }


def file_document(file: File, standard: Standard) -> Document:
    """A file; ``url`` is null where the rights holder lets nobody else serve it."""
    servable = file.access != Standard.Access.RECORD_ONLY
    return {
        "name": file.name,
        "url": reverse("standards:file", args=[standard.slug, file.name]) if servable else None,
        "publisher_url": file.url,
        "media_type": file.media_type,
        "sha256": file.sha256,
        "size": file.size,
        "pages": file.pages,
        "language": file.language,
        "access": file.access,
        "text_state": file.text_state,
        "source": file.source_id,
        "added_at": file.added_at,
    }


def changes_of(standard: Standard) -> QuerySet[Change]:
    """The history of a record, newest first."""
    return Change.objects.filter(record_type=RECORD_TYPE, record_id=standard.pk)
