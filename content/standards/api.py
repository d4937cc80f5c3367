"""API of standards, their bodies and classes, and of what changed."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import register_converter, reverse
from django.urls.converters import StringConverter
from ninja import Path, Query, Router

from content.api import keyset_page, link_next, withdrawn
from content.provenance.api import change_page
from content.provenance.schemas import ChangePage, ChangeParams
from content.standards import documents, lineage
from content.standards.models import Body, CcsClass, IcsClass, Standard
from content.standards.models.standards import StandardQuerySet
from content.standards.schemas import (
    BodyDocument,
    ClassDocument,
    ClassParams,
    Slug,
    StandardDocument,
    StandardPage,
    StandardParams,
)

router = Router(tags=["standards"])


class SlugConverter(StringConverter):
    """Slug of a designation in a path."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._-]{0,139}"


register_converter(SlugConverter, "record")

_SORTS = {"designation": ("sort_key", False), "updated": ("updated_at", False), "-updated": ("updated_at", True)}


@router.get("standards/", response=StandardPage, operation_id="listStandards", summary="List standards")
def list_standards(request: HttpRequest, response: HttpResponse, params: Query[StandardParams]) -> dict[str, Any]:
    """All public standards that pass the filters, in order of designation or of change.

    To keep a copy up to date, ask `sort=updated&updated_since=` with the `updated_at` of the last record you have.
    """
    key, descending = _SORTS[params.sort]
    rows, cursor = keyset_page(
        filtered(params).prefetch_related("ics", "ccs"),
        key=key,
        after=params.after,
        size=params.size,
        descending=descending,
    )
    return {
        "results": [documents.standard_summary(row) for row in rows],
        "next": link_next(request, response, cursor),
    }


@router.get("standards/{record:slug}/", response=StandardDocument, operation_id="getStandard", summary="One standard")
def get_standard(request: HttpRequest, slug: Path[Slug]) -> dict[str, Any] | HttpResponse:
    """Everything the portal holds of one edition: fields, relations, lineage, files, what each source says, history.

    A slug without year redirects (302) to the edition in force, one that a record had before its designation changed to
    that record. A record withdrawn from public view answers 410.
    """
    standard = Standard.objects.select_related("body").filter(slug=slug).first()
    if standard is None:
        current = lineage.current_edition(slug) or lineage.moved(slug)
        if current is None:
            raise Http404
        return HttpResponseRedirect(reverse("api:get_standard", args=[current.slug]))
    refuse_hidden(standard)
    return documents.standard_document(standard)


@router.get(
    "standards/{record:slug}/changes/",
    response=ChangePage,
    operation_id="listStandardChanges",
    summary="History of one standard",
)
def list_standard_changes(
    request: HttpRequest, response: HttpResponse, slug: Path[Slug], params: Query[ChangeParams]
) -> dict[str, Any]:
    """Every field that ever took another value, newest first."""
    standard = Standard.objects.filter(slug=slug).first()
    if standard is None:
        raise Http404
    refuse_hidden(standard)
    return change_page(request, response, documents.changes_of(standard), params)


@router.get("bodies/", response=list[BodyDocument], operation_id="listBodies", summary="Issuing bodies")
def list_bodies(request: HttpRequest) -> list[dict[str, Any]]:
    """The bodies that issue the standards held here."""
    return [documents.body_document(body) for body in Body.objects.all()]


@router.get("ics/", response=list[ClassDocument], operation_id="listIcsClasses", summary="ICS classes")
def list_ics(request: HttpRequest, params: Query[ClassParams]) -> list[dict[str, Any]]:
    """International Classification for Standards."""
    return [documents.class_document(one) for one in classes(IcsClass.objects.all(), params)]


@router.get("ccs/", response=list[ClassDocument], operation_id="listCcsClasses", summary="CCS classes")
def list_ccs(request: HttpRequest, params: Query[ClassParams]) -> list[dict[str, Any]]:
    """Chinese Classification for Standards."""
    return [documents.class_document(one) for one in classes(CcsClass.objects.all(), params)]


def refuse_hidden(standard: Standard) -> None:
    """Raises ApiProblem (410) for a record withdrawn from public view, with the reason that its page shows."""
    if standard.hidden_at is not None:
        raise withdrawn(standard)


def filtered(params: StandardParams) -> StandardQuerySet:
    """Public standards that pass every filter."""
    found = Standard.objects.public()
    exact = {
        "status": params.status,
        "body": params.body,
        "kind": params.kind,
        "access": params.access,
        "year": params.year,
        "undated_slug": params.undated,
        "family_slug": params.family,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if params.ics:
        in_ics = Standard.ics.through.objects.filter(icsclass__code__startswith=params.ics)
        found = found.filter(pk__in=in_ics.values("standard"))
    if params.ccs:
        in_ccs = Standard.ccs.through.objects.filter(ccs_codes(params.ccs))
        found = found.filter(pk__in=in_ccs.values("standard"))
    if params.published_from:
        found = found.filter(published__gte=params.published_from)
    if params.published_to:
        found = found.filter(published__gt="", published__lt=next_period(params.published_to))
    if params.updated_since:
        found = found.filter(updated_at__gte=params.updated_since)
    return found


def ccs_codes(code: str) -> Q:
    """The class and what lies in it: ``A`` holds ``A00``, the range ``A00/09`` holds ``A00`` to ``A09``."""
    if "/" not in code:
        return Q(ccsclass__code__startswith=code)
    letter, first, last = code[0], int(code[1:3]), int(code[4:6])
    return Q(ccsclass__in=[code, *(f"{letter}{number:02d}" for number in range(first, last + 1))])


def next_period(partial: str) -> str:
    """Sorts after all of a partial date and before what follows: ``2020`` → ``2021``, ``2020-11`` → ``2020-12``."""
    match [int(part) for part in partial.split("-")]:
        case [year]:
            return f"{year + 1:04d}"
        case [year, month]:
            return f"{year:04d}-{month + 1:02d}" if month < 12 else f"{year + 1:04d}"
        case _:
            return partial + "-"  # after the day itself, before the next


def classes(
    found: QuerySet[IcsClass] | QuerySet[CcsClass], params: ClassParams
) -> QuerySet[IcsClass] | QuerySet[CcsClass]:
    """The asked part of a classification; whole, ICS has about 1,400 classes and CCS about 1,800."""
    if params.parent:
        found = found.filter(parent=params.parent)
    if params.level:
        found = found.filter(level=params.level)
    return found
