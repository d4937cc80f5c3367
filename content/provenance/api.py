"""API of sources, and pages of changes for the subjects."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Path, Router

from content.api import keyset_page, link_next
from content.provenance.documents import change_document
from content.provenance.models import Change, Run, Source
from content.provenance.schemas import ChangeParams, Name, SourceDetail, SourceDocument

router = Router(tags=["provenance"])

RUNS_SHOWN = 20


@router.get("sources/", response=list[SourceDocument], operation_id="listSources", summary="Sources")
def list_sources(request: HttpRequest) -> list[dict[str, Any]]:
    """Every source with its publisher, licence and freshness."""
    return [source_document(source) for source in with_freshness()]


@router.get("sources/{slug:name}/", response=SourceDetail, operation_id="getSource", summary="One source")
def get_source(request: HttpRequest, name: Path[Name]) -> dict[str, Any]:
    """A source with its latest runs: what each one fetched, added, changed and turned down."""
    source = get_object_or_404(with_freshness(), pk=name)
    return {
        **source_document(source),
        "records": source.claims.values("record_type", "record_id").distinct().count(),
        "runs": list(source.runs.all()[:RUNS_SHOWN]),
    }


def with_freshness() -> QuerySet[Source]:
    """Sources with ``last_success`` and ``last_backend``: when they were last read to their end, and from where."""
    latest = Run.objects.filter(source=OuterRef("pk"), state=Run.State.SUCCEEDED).order_by("-finished_at")
    return Source.objects.annotate(
        last_success=Subquery(latest.values("finished_at")[:1]), last_backend=Subquery(latest.values("backend")[:1])
    ).order_by("name")


def source_document(source: Source) -> dict[str, Any]:
    """A source as ``with_freshness`` loads it (schema ``SourceDocument``)."""
    return {
        "name": source.name,
        "url": reverse("sources:detail", args=[source.name]),
        "title": {"zh": source.title_zh, "en": source.title_en},
        "publisher": source.publisher,
        "licence": source.licence,
        "licence_url": source.licence_url,
        "human_url": source.human_url,
        "data_url": source.data_url,
        "frequency": source.frequency,
        "verification": source.verification,
        "enabled": source.enabled,
        "configured": source.configured,
        "last_success": source.last_success,  # type: ignore[attr-defined]  # annotated
    }


def change_page(
    request: HttpRequest, response: HttpResponse, changes: QuerySet[Change], params: ChangeParams
) -> dict[str, Any]:
    """A page of ``changes`` (schema ``ChangePage``), newest first."""
    if params.kind:
        changes = changes.filter(kind=params.kind)
    if params.source:
        changes = changes.filter(source=params.source)
    if params.since:
        changes = changes.filter(at__gte=params.since)
    rows, cursor = keyset_page(changes, key="at", after=params.after, size=params.size, descending=True)
    return {"results": [change_document(row) for row in rows], "next": link_next(request, response, cursor)}
