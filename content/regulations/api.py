"""API of regulations: acts, their versions, texts and comparisons."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Query, Router

from content.api import ApiProblem, invalid, keyset_page, link_next, withdrawn
from content.provenance.api import change_page
from content.provenance.models import Change
from content.provenance.schemas import ChangePage, ChangeParams
from content.regulations import comparison, documents
from content.regulations.browse import Choice, matching
from content.regulations.detail import current_of, on_day, versions_of
from content.regulations.models import Regulation
from content.regulations.schemas import (
    CompareParams,
    ComparisonDocument,
    OnParams,
    RegulationDocument,
    RegulationPage,
    RegulationParams,
    RegulationSlug,
    VersionDay,
)
from content.regulations.views import day_of, version_of

router = Router(tags=["regulations"])

_SORTS = {"newest": ("amended", True), "oldest": ("published", False), "updated": ("updated_at", False)}


@router.get("regulations/", response=RegulationPage, operation_id="listRegulations", summary="List regulations")
def list_regulations(request: HttpRequest, response: HttpResponse, params: Query[RegulationParams]) -> dict[str, Any]:
    """All public acts that pass the filters, by the day of their version, of their first one, or of the change here.

    To keep a copy up to date, ask `sort=updated&updated_since=` with the `updated_at` of the last record you have.
    """
    found = matching(Choice(params.kind, params.validity, params.body, params.year, params.q))
    if params.updated_since:
        found = found.filter(updated_at__gte=params.updated_since)
    key, descending = _SORTS[params.sort]
    rows, cursor = keyset_page(found, key=key, after=params.after, size=params.size, descending=descending)
    return {
        "results": [documents.regulation_summary(row) for row in rows],
        "next": link_next(request, response, cursor),
    }


@router.get(
    "regulations/{slug:slug}/", response=RegulationDocument, operation_id="getRegulation", summary="One regulation"
)
def get_regulation(request: HttpRequest, slug: Path[RegulationSlug], params: Query[OnParams]) -> dict[str, Any]:
    """An act with its versions and the text of the present one, or of the one in force on a day; citations both ways.

    A record withdrawn from public view answers 410.
    """
    regulation = find(slug)
    try:
        day = day_of(params.on)
    except BadRequest as problem:
        raise invalid("query.on", str(problem)) from problem
    versions = versions_of(regulation)
    today = timezone.localdate().isoformat()
    version = on_day(regulation, versions, day) if day else current_of(versions, today)
    return documents.regulation_document(regulation, versions, version)


@router.get(
    "regulations/{slug:slug}/versions/{date}/",
    response=RegulationDocument,
    operation_id="getRegulationVersion",
    summary="One version of a regulation",
)
def get_regulation_version(request: HttpRequest, slug: Path[RegulationSlug], date: Path[VersionDay]) -> dict[str, Any]:
    """An act with the text of one version, named by its day or any day by which it is also known."""
    regulation = find(slug)
    versions = versions_of(regulation)
    return documents.regulation_document(regulation, versions, version_of(versions, date))


@router.get(
    "regulations/{slug:slug}/compare/",
    response=ComparisonDocument,
    operation_id="compareRegulationVersions",
    summary="Two versions of a regulation, article by article",
)
def compare_versions(request: HttpRequest, slug: Path[RegulationSlug], params: Query[CompareParams]) -> dict[str, Any]:
    """Which articles were added, removed, moved or changed, and the words that changed."""
    regulation = find(slug)
    try:
        old, new = comparison.chosen(versions_of(regulation), params.old, params.new)
    except BadRequest as problem:
        raise invalid("query", str(problem)) from problem
    except comparison.NoText as problem:
        sentence = _("The text of one of the versions is not held here.")
        raise ApiProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "text_not_held", sentence) from problem
    return comparison.comparison_document(regulation, comparison.compare(old, new))


@router.get(
    "regulations/{slug:slug}/changes/",
    response=ChangePage,
    operation_id="listRegulationChanges",
    summary="History of one regulation",
)
def list_regulation_changes(
    request: HttpRequest, response: HttpResponse, slug: Path[RegulationSlug], params: Query[ChangeParams]
) -> dict[str, Any]:
    """Every field that ever took another value, every version that was added, newest first."""
    regulation = find(slug)
    changes = Change.objects.filter(record_type=documents.RECORD_TYPE, record_id=regulation.pk)
    return change_page(request, response, changes, params)


def find(slug: str) -> Regulation:
    """The public record. Raises Http404, ApiProblem (410) for one withdrawn from view."""
    regulation = Regulation.objects.filter(slug=slug).first()
    if regulation is None:
        raise Http404
    if regulation.hidden_at is not None:
        raise withdrawn(regulation)
    return regulation
