"""API of the REACH lists: substances, and the check of a bill of materials, of which nothing is kept."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal, TypeAlias

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, File, Path, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import ConfigDict, StringConstraints, WithJsonSchema

from content.api import ApiProblem, Bilingual, Token, busy, withdrawn
from content.reach import documents
from content.reach.browse import listed, matching
from content.reach.check.judging import Answer, Judged, Result, judge
from content.reach.check.lines import MAX_LINES, TooManyLines, lines_of
from content.reach.check.views import MAX_BYTES
from content.reach.duties import Duty
from content.reach.guidance_views import chosen
from content.reach.keeping import document as guidance_document
from content.reach.models import Substance
from content.reach.update_views import update_document
from content.reach.updates import updates
from content.sheets import UploadError, read_table_file
from content.sheets.errors import Fault
from content.turns import Busy, turn
from content.uploads import fault

router = Router(tags=["reach"])

MAX_FOUND = 50
MAX_GUIDANCE = 200
Cell = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
SubstanceSlug = Annotated[
    str,
    WithJsonSchema({"type": "string", "description": "Slug of a substance.", "examples": ["cas-80-05-7"]}),
]
ListName = Literal["candidate", "authorisation", "restriction"]


class SubstanceReference(Schema):
    """Just enough to name a substance."""

    type: Literal["substance"] = "substance"
    slug: str = Field(examples=["cas-80-05-7"])
    url: str = Field(examples=["/reach/substances/cas-80-05-7/"])
    name: Bilingual
    cas: list[str]
    ec: list[str]


Texts: TypeAlias = list[str]


class DutyDocument(Schema):
    """A duty, and the day from which it applies where that is known."""

    duty: Duty
    since: str = Field(description="`YYYY-MM-DD` or empty.")


Duties: TypeAlias = list[DutyDocument]
Members: TypeAlias = list[SubstanceReference]


class ListEntryDocument(Schema):
    """An entry of a list."""

    list: ListName
    number: str = Field(description="Number of the entry in its annex.")
    included: str = Field(description="Date of inclusion.", examples=["2017-01-12"])
    reasons: Texts = Field(description="Letters of article 57.", examples=[["57c"]])
    latest_application: str
    sunset: str
    conditions: str = Field(description="Address of the conditions in EUR-Lex.")
    decision: str
    decisions: Texts = Field(description="Days of the decisions that made or changed it.")
    members: Members = Field(description="Of a group entry: those that the list names.")
    duties: Duties


class GroupDocument(Schema):
    """A group entry that counts the substance among its members."""

    list: ListName
    included: str
    url: str
    name: str


class NumberDocument(Schema):
    """A registry number under which a substance is known."""

    kind: Literal["cas", "ec"]
    number: str
    sound: bool = Field(description="Whether its check digit is right.")
    deleted: bool = Field(description="Whether its registry has deleted it.")
    replaced_by: str


class Summary(Schema):
    """What editors say of it."""

    zh: str


Numbers: TypeAlias = list[NumberDocument]


class SubstanceDocument(SubstanceReference):
    """All that is held of a substance."""

    synonyms: Texts
    formula: str
    description: str
    summary: Summary
    numbers: Numbers
    entries: list[ListEntryDocument]
    groups: list[GroupDocument]
    updated_at: datetime


class SubstanceParams(Schema):
    """What to look for."""

    q: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]*$")] = Field(
        description="A CAS or EC number in any spelling, or words of the name.", examples=["80-05-7"]
    )


@router.get(
    "reach/substances/", response=list[SubstanceReference], operation_id="findSubstances", summary="Find substances"
)
def find_substances(request: HttpRequest, params: Query[SubstanceParams]) -> list[dict[str, Any]]:
    """Substances on the lists by number or name, groups by their members as well; at most fifty."""
    entries = listed().filter(matching(params.q.strip()))
    found = Substance.objects.public().filter(pk__in=entries.values("substance")).prefetch_related("numbers")
    return [documents.reference(one) for one in found.order_by("name", "pk")[:MAX_FOUND]]


@router.get(
    "reach/substances/{slug}/", response=SubstanceDocument, operation_id="getSubstance", summary="One substance"
)
def get_substance(request: HttpRequest, slug: Path[SubstanceSlug]) -> dict[str, Any]:
    """Its numbers, the entries that name it, the groups it belongs to, and the duties that follow."""
    one = documents.with_all().filter(slug=slug).first()
    if one is None:
        if (hidden := Substance.objects.filter(slug=slug).first()) is not None:
            raise withdrawn(hidden)
        raise ApiProblem(HTTPStatus.NOT_FOUND, "not_found", _("There is nothing at this address."))
    return documents.document(one)


class UpdateSummary(Schema):
    """A day on which a list changed."""

    list: ListName
    day: str = Field(examples=["2026-02-04"])
    url: str
    total: int = Field(description="Entries that stand today and were on the list after that day.")
    added: Members
    amended: Members = Field(description="Entries decided anew.")


class UpdateParams(Schema):
    """Which updates."""

    list: Literal["", "candidate", "authorisation", "restriction"] = Field(default="", description="Of one list.")
    since: Annotated[str, StringConstraints(pattern=r"^(\d{4}(-\d{2}){0,2})?$")] = Field(
        default="", description="Only of that day and later.", examples=["2025-01-01"]
    )


@router.get("reach/updates/", response=list[UpdateSummary], operation_id="listReachUpdates", summary="Updates of lists")
def list_updates(request: HttpRequest, params: Query[UpdateParams]) -> list[dict[str, object]]:
    """What came in together, and what was decided anew, the newest day first."""
    return [update_document(one) for one in updates(params.list) if one.day >= params.since]


class GuidanceDocument(Schema):
    """A guidance document."""

    type: Literal["guidance"] = "guidance"
    slug: str
    url: str
    title: Bilingual
    summary: Summary
    publisher: str
    topic: Literal["articles", "authorisation", "restriction", "safety_data", "registration", "classification", "other"]
    edition: str = Field(examples=["Version 4.0"])
    published: str = Field(description="Partial date.", examples=["2017-06"])
    language: str
    source: str = Field(description="Address at the publisher.")
    file: str = Field(description="Address of the PDF here.")
    sha256: str
    size: int = Field(description="Bytes.")
    pages: int | None
    replaced_by: str = Field(description="Slug, or empty.")
    updated_at: datetime


class GuidanceParams(Schema):
    """Which documents."""

    topic: Token = Field(default="", description="Topic.", examples=["articles"])
    q: Token = Field(default="", description="Words of the title.", examples=["articles"])


@router.get(
    "reach/guidance/", response=list[GuidanceDocument], operation_id="listGuidance", summary="Guidance on REACH"
)
def list_guidance(request: HttpRequest, params: Query[GuidanceParams]) -> list[dict[str, Any]]:
    """Guidance documents, those in use before those that were replaced; at most two hundred."""
    return [
        guidance_document(one) for one in chosen(params.topic, params.q).select_related("replaced_by")[:MAX_GUIDANCE]
    ]


class BillLine(Schema):
    """A line of a bill of materials; a number or a name is needed."""

    article: Cell = Field(default="", description="The article that holds it: the threshold counts for each.")
    component: Cell = ""
    cas: Cell = ""
    ec: Cell = ""
    name: Cell = ""
    concentration: Cell = Field(default="", description="By weight, with its unit; a bare number is per cent.")


class BillOfMaterials(Schema):
    """What to check."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"lines": [{"article": "Plug", "cas": "80-05-7", "concentration": "0.2 %"}]}]}
    )

    lines: Annotated[list[BillLine], Field(min_length=1, max_length=MAX_LINES)]


class ListingDocument(Schema):
    """An entry that covers the substance."""

    list: ListName
    included: str
    group: str = Field(description="The group entry of which it is a member, or empty.")


class RetiredDocument(Schema):
    """A deleted number."""

    number: str
    replaced_by: str = Field(description="Or empty.")


RetiredNumbers: TypeAlias = list[RetiredDocument]


class BillLineDocument(Schema):
    """The answer to a line."""

    row: int = Field(description="Which line, counted from 1; of a sheet its row.")
    answer: Answer
    substance: str = Field(description="Slug of the listed substance, or empty.")
    listings: list[ListingDocument]
    bad_numbers: list[str] = Field(description="Numbers with a wrong check digit.")
    deleted_numbers: RetiredNumbers = Field(description="Numbers that their registry has deleted.")
    above: bool | None = Field(description="Whether the article holds more than 0.1 % by weight; null: unknown.")
    duties: list[DutyDocument]


class ArticleDocument(Schema):
    """How much of a substance of the Candidate List an article holds."""

    article: str
    substance: str
    per_cent: float | None = Field(description="By weight; null where a concentration is missing.")
    above: bool | None
    rows: list[int]


class ReachCheckDocument(Schema):
    """The result of a check."""

    lines: list[BillLineDocument]
    articles: list[ArticleDocument]


@router.post(
    "reach/check", response=ReachCheckDocument, operation_id="checkSubstances", summary="Check a bill of materials"
)
def check_lines(request: HttpRequest, body: BillOfMaterials) -> dict[str, Any]:
    """Which lines name a listed substance, on which list since when, and what follows for the article."""
    heads = ["article", "component", "cas", "ec", "name", "concentration"]
    rows = [heads, *([getattr(one, head) for head in heads] for one in body.lines)]
    return document(judge(lines_of(rows)), skipped=1)


@router.post(
    "reach/check/file",
    response=ReachCheckDocument,
    operation_id="checkSubstancesInFile",
    summary="Check a bill of materials in a file",
)
def check_file(request: HttpRequest, file: File[UploadedFile]) -> dict[str, Any]:
    """The same for XLSX or CSV of up to 5,000 lines; columns are told by their headings. Nothing is kept."""
    try:
        if (file.size or 0) > MAX_BYTES:
            raise UploadError(Fault.TOO_LARGE)
        with turn("tables"):
            return document(judge(lines_of(read_table_file(file.read())[0].rows)))
    except Busy as error:
        raise busy(error) from error
    except UploadError as error:
        sentence = fault(error.fault, MAX_BYTES)
        code = f"file_{error.fault.value}"
        raise ApiProblem(HTTPStatus.UNPROCESSABLE_ENTITY, code, sentence, errors=[("file", sentence)]) from error
    except TooManyLines as error:
        sentence = _("There are more than %(count)s lines. Split the list.") % {"count": f"{MAX_LINES:,}"}
        raise ApiProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "too_many_lines", sentence) from error


def document(result: Result, skipped: int = 0) -> dict[str, Any]:
    """A result as ``ReachCheckDocument``; ``skipped`` rows were put before the first line."""
    return {
        "lines": [_line(one, skipped) for one in result.lines],
        "articles": [
            {
                "article": one.article,
                "substance": one.substance.slug,
                "per_cent": round(one.per_cent, 9) if one.known else None,
                "above": one.above,
                "rows": [row - skipped for row in one.lines],
            }
            for one in result.articles
        ],
    }


def _line(one: Judged, skipped: int) -> dict[str, Any]:
    return {
        "row": one.line.row - skipped,
        "answer": one.answer,
        "substance": one.substance.slug if one.substance and one.listings else "",
        "listings": [
            {
                "list": each.entry.list_name,
                "included": each.entry.included,
                "group": each.group.slug if each.group else "",
            }
            for each in one.listings
        ],
        "bad_numbers": list(one.bad),
        "deleted_numbers": [{"number": number, "replaced_by": new} for number, new in one.retired],
        "above": one.above,
        "duties": [{"duty": each.duty, "since": each.since} for each in one.duties],
    }
