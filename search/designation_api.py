"""API of the designation services: taking designations apart, and finding what they mean today."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Body, Query, Router, Schema
from pydantic import Field, StringConstraints

from content.api import ApiProblem
from content.standards import lineage
from content.standards.documents import standard_reference
from content.standards.models import Standard
from search.designation_schemas import Batch, ParsedDocument, ResolvedDocument
from search.designations import Designation, DesignationError, parse
from search.designations.errors import MAX_LENGTH

router = Router(tags=["designations"])


class TextParams(Schema):
    """The text to look at."""

    q: Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")] = Field(
        description="A designation in any spelling.", examples=["gbt19001-2016"]
    )


@router.get("designations/parse", response=ParsedDocument, operation_id="parseDesignation", summary="Take one apart")
def parse_one(request: HttpRequest, params: Query[TextParams]) -> dict[str, Any]:
    """Publisher, type, number, part, year and supplements of a designation, or why the text is none."""
    return parsed(params.q)


@router.post(
    "designations/parse", response=list[ParsedDocument], operation_id="parseDesignations", summary="Take many apart"
)
def parse_many(request: HttpRequest, texts: Body[Batch]) -> list[dict[str, Any]]:
    """The same for a JSON list of up to 1,000 texts, answered in their order."""
    return [parsed(text) for text in texts]


@router.get(
    "designations/resolve", response=ResolvedDocument, operation_id="resolveDesignation", summary="What it means today"
)
def resolve(request: HttpRequest, params: Query[TextParams]) -> dict[str, Any]:
    """The record of a designation, the edition in force today and the chain of successors.

    A designation that is well-formed but not held answers with `record` null and the editions that are held.
    """
    try:
        designation = parse(params.q)
    except DesignationError as error:
        sentence = explanation(error)
        raise ApiProblem(
            HTTPStatus.UNPROCESSABLE_ENTITY, error.code, sentence, errors=[("query.q", sentence)]
        ) from error
    editions = lineage.editions(designation.undated_slug)
    named = Standard.objects.public().filter(slug=designation.slug).first()
    record = named or (lineage.current_edition(designation.slug) if designation.year is None else None)
    line = lineage.around(record) if record else None
    successors = line.held(line.succession.followers(record.slug)) if line and record else []
    usable = [one for one in (record, *successors, *editions) if one and one.status == Standard.Status.IN_FORCE]
    return {
        "designation": designation_document(designation),
        "record": standard_reference(record) if record else None,
        "in_force": standard_reference(usable[0]) if usable else None,
        "successors": [standard_reference(one) for one in successors],
        "editions": [standard_reference(one) for one in editions],
    }


def parsed(text: str) -> dict[str, Any]:
    """One text as ``ParsedDocument``."""
    try:
        return {"text": text[:MAX_LENGTH], "designation": designation_document(parse(text))}
    except DesignationError as error:
        fault = {"code": error.code, "message": explanation(error), "rest": error.rest[:MAX_LENGTH]}
        return {"text": text[:MAX_LENGTH], "fault": fault}


def explanation(error: DesignationError) -> str:
    """The error as a translated sentence."""
    sentences = {
        "empty": _("There is no text."),
        "too-long": _("No designation is that long; send one designation at a time."),
        "unknown-publisher": _("It does not begin with the code of an issuing body that we know."),
        "no-number": _("The issuing body is known, but no number of its kind follows."),
        "several": _("It is a list or a range of designations; send them one by one."),
        "trailing": _("A designation is followed by something that is no part of it."),
    }
    return sentences.get(error.code, _("It is not a designation."))


def designation_document(designation: Designation) -> dict[str, Any]:
    """A designation as ``DesignationDocument``."""
    return {
        "canonical": designation.canonical,
        "slug": designation.slug,
        "undated_slug": designation.undated_slug,
        "publisher": designation.publisher,
        "doctype": designation.doctype,
        "kind": designation.kind,
        "number": designation.number,
        "part": designation.part,
        "year": designation.year,
        "month": designation.month,
        "edition": designation.edition,
        "stage": designation.stage,
        "all_parts": designation.all_parts,
        "supplements": [
            {"kind": one.kind, "number": one.number, "year": one.year, "included": one.included}
            for one in designation.supplements
        ],
        "adopted": designation.adopted.canonical if designation.adopted else None,
        "dual": designation.dual.canonical if designation.dual else None,
    }
