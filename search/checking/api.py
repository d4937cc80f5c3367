"""API of the validity check: the same verdicts as on the page; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import ConfigDict, StringConstraints

from content.api import ApiProblem, busy
from content.sheets import UploadError
from content.sheets.errors import Fault
from content.sheets.pieces import Piece, of_text
from content.turns import Busy, turn
from content.uploads import fault
from search.checking import wording
from search.checking.reports import Report, check
from search.checking.uploads import MAX_BYTES, pieces_of, work
from search.checking.verdicts import Held, Verdict, tally

router = Router(tags=["standards"])

MAX_TEXT = 500_000
MAX_ENTRIES = 5_000
MAX_ENTRY = 1_000
_NO_NUL = r"^[^\x00]*$"


class CheckRequest(Schema):
    """What to check."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "GB/T 19001-2016 质量管理体系 要求"}]})

    text: (
        Annotated[str, StringConstraints(max_length=MAX_TEXT, pattern=_NO_NUL)]
        | Annotated[
            list[Annotated[str, StringConstraints(max_length=MAX_ENTRY, pattern=_NO_NUL)]],
            Field(max_length=MAX_ENTRIES),
        ]
    ) = Field(
        description="Anything that names standards, or a list of designations, each with its title after it if there "
        "is one; the place of an entry is its line.",
        examples=["GB/T 19001-2016 质量管理体系 要求\nISO 9001:2008", ["GB/T 19001-2016", "ISO 9001:2008"]],
    )
    on: date | None = Field(default=None, description="The day for which to judge; without it, today.")


class PlaceDocument(Schema):
    """Where it stands."""

    unit: str = Field(description="`line`, `page`, `cell`, `paragraph`, `table` or `note`.")
    at: str = Field(description="Number of the line, page, paragraph or note, or the cell.", examples=["B12"])
    within: str = Field(default="", description="The sheet or table.")


class NamedDocument(Schema):
    """A standard on record."""

    designation: str = Field(examples=["ISO 9001:2015"])
    url: str = Field(examples=["/standards/iso-9001-2015/"])
    title: str
    status: str = Field(examples=["in_force"])


class CheckedDocument(Schema):
    """One designation, all its places together."""

    designation: str = Field(examples=["GB/T 19001-2016"])
    written: str = Field(examples=["GB/T19001—2016"])
    title: str = Field(description="The title that stands beside it, if any.")
    places: list[PlaceDocument] = Field(description="The first thirty.")
    count: int = Field(description="How often it is named.")
    verdict: Verdict
    reason: str = Field(description="Why, as a sentence in the language of the answer.")
    title_differs: bool
    record: NamedDocument | None = None
    current: list[NamedDocument] = Field(description="What to use.")
    near: list[NamedDocument] = Field(description="What may have been meant, where it is not held as written.")


class CheckDocument(Schema):
    """A validity check."""

    made: str
    on: date
    counts: dict[str, int] = Field(description="Designations by verdict.")
    cut: bool = Field(description="More are named than one check takes.")
    results: list[CheckedDocument]


@router.post(
    "standards/check", response=CheckDocument, operation_id="checkStandards", summary="Check the standards in a text"
)
def check_text(request: HttpRequest, body: CheckRequest) -> dict[str, Any]:
    """Every designation in the text, whether it is in force on the day, and the edition to use instead."""
    lines = body.text if isinstance(body.text, str) else "\n".join(" ".join(entry.split()) for entry in body.text)
    return document(_checked(of_text(lines), body.on, ""))


@router.post(
    "standards/check/file",
    response=CheckDocument,
    operation_id="checkStandardsInFile",
    summary="Check the standards in a file",
)
def check_file(request: HttpRequest, file: File[UploadedFile], on: Form[date | None] = None) -> dict[str, Any]:
    """The same for a PDF, DOCX, XLSX, CSV or text file of up to 20 MB. The file is read and not kept."""
    try:
        if (file.size or 0) > MAX_BYTES:
            raise UploadError(Fault.TOO_LARGE)
        head = file.read(1024)
        with turn(work(head)):
            return document(_checked(pieces_of(head + file.read(), file.name or ""), on, file.name or ""))
    except Busy as error:
        raise busy(error) from error
    except UploadError as error:
        sentence = fault(error.fault, MAX_BYTES)
        raise ApiProblem(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"file_{error.fault.value}", sentence, errors=[("file", sentence)]
        ) from error


def _checked(pieces: Iterable[Piece], on: date | None, name: str) -> Report:
    report = check(pieces, on, name)
    if not report.rows:
        sentence = _("No designation of a standard was found in it. A designation looks like GB/T 19001-2016.")
        raise ApiProblem(HTTPStatus.UNPROCESSABLE_ENTITY, "nothing_found", sentence)
    return report


def document(report: Report) -> dict[str, Any]:
    """A report as ``CheckDocument``."""
    return {
        "made": report.made.isoformat(),
        "on": report.on,
        "counts": {one.value: count for one, count in tally([row.finding for row in report.rows]).items()},
        "cut": report.cut,
        "results": [
            {
                "designation": row.designation,
                "written": row.written,
                "title": row.title,
                "places": [{"unit": one.unit.value, "at": one.at, "within": one.within} for one in row.places],
                "count": row.count,
                "verdict": row.finding.verdict,
                "reason": wording.reasons(row),
                "title_differs": row.finding.title_differs,
                "record": _named(row.finding.held) if row.finding.held else None,
                "current": [_named(one) for one in row.finding.current],
                "near": [_named(one) for one in row.finding.near],
            }
            for row in report.rows
        ],
    }


def _named(held: Held) -> dict[str, str]:
    return {
        "designation": held.designation,
        "url": f"/standards/{held.slug}/",
        "title": wording.title(held),
        "status": held.status,
    }
