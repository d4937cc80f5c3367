"""The pages of the REACH check. Nothing that is handed in is kept: the result is in the answer, and whoever wants it as
a workbook sends the lines once more."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from content.quota import client_address, count
from content.reach import wording
from content.reach.browse import lists_held
from content.reach.check import exports
from content.reach.check.judging import Answer, ArticleTotal, Judged, Result, judge
from content.reach.check.lines import MAX_LINES, TooManyLines, lines_of, split
from content.sheets import UploadError, read_table_file
from content.sheets.errors import Fault
from content.turns import Busy, turn
from content.uploads import fault

MAX_BYTES = 10 * 1024 * 1024
ENVELOPE = 1024 * 1024
"""Bytes that a form may add to its file."""
UNREAD = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.TOO_MANY_REQUESTS)
"""Answers for which the body is not read."""
MAX_PASTED = 1_000_000
SHOWN = 500
"""Lines on the page; all of them are in the workbook."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Refused(Exception):
    """What was handed in cannot be checked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as the page shows it."""

    judged: Judged
    answer: str
    listings: tuple[str, ...]
    duties: tuple[str, ...]
    remarks: tuple[str, ...]


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """The form and the result. How often this client asks and the size are looked at before anything reads the body,
    which the check against forged forms does."""
    if request.method == "POST" and (standing := count("batch", client_address(request))).exceeded:
        response = _form(request, standing.refusal, HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(standing.resets_in)
        return response
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.method == "POST" and length.isdecimal() and int(length) > MAX_BYTES + ENVELOPE:
        return _form(request, fault(Fault.TOO_LARGE, MAX_BYTES), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    answer: HttpResponse = _protected(request)
    return answer


@csrf_protect
def _protected(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request)
    try:
        rows = _handed_in(request)
        result = judge(lines_of(rows))
    except Refused as error:
        return _form(request, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    except UploadError as error:
        return _form(request, fault(error.fault, MAX_BYTES), HTTPStatus.UNPROCESSABLE_ENTITY)
    except Busy as error:
        response = _form(request, str(error), HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = str(error.retry_after)
        return response
    except TooManyLines:
        many = _("There are more than %(count)s lines. Split the list.") % {"count": f"{MAX_LINES:,}"}
        return _form(request, many, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not result.lines:
        return _form(request, _("There is no line to check."), HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.POST.get("as") == "xlsx":
        response = HttpResponse(exports.xlsx(result, lists_held()), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="reach-check.xlsx"'
        return response
    return _result(request, result, rows)


def _handed_in(request: HttpRequest) -> Sequence[Sequence[str]]:
    try:
        text = request.POST.get("text", "")
    except RequestDataTooBig as error:
        raise Refused(_("The text is too long to be pasted. Send it as a file.")) from error
    file = request.FILES.get("file")
    if file is not None:
        if (file.size or 0) > MAX_BYTES:
            raise Refused(fault(Fault.TOO_LARGE, MAX_BYTES))
        with turn("tables"):
            return read_table_file(file.read())[0].rows
    if request.POST.get("rows"):
        return read_again(request.POST["rows"])
    if len(text) > MAX_PASTED:
        raise Refused(_("The text is too long to be pasted. Send it as a file."))
    if not text.strip():
        raise Refused(_("Paste a list or choose a file."))
    return list(split(text.replace("\x00", "")))


def read_again(rows: str) -> list[list[str]]:
    """A table as the page of a result sends it once more."""
    return list(csv.reader(io.StringIO(rows.replace("\x00", ""))))


def _form(request: HttpRequest, problem: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    read = problem and status not in UNREAD
    context = {
        "problem": problem,
        "text": request.POST.get("text", "")[:MAX_PASTED] if read else "",
        "limit": MAX_BYTES // 1024 // 1024,
        "most": MAX_LINES,
        "lists": lists_held(),
    }
    return render(request, "reach/check.html", context, status=status)


def _result(request: HttpRequest, result: Result, rows: Sequence[Sequence[str]]) -> HttpResponse:
    return render(request, "reach/result.html", shown_result(result, rows))


def shown_result(result: Result, rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    """What the page of a result shows; ``rows`` are sent once more for the workbook, or to be kept."""
    again = io.StringIO()
    csv.writer(again).writerows(rows)
    first = sorted(result.lines, key=lambda one: list(Answer).index(one.answer))  # listed ones before the rest
    return {
        "result": result,
        "counts": [(wording.ANSWERS[one], count) for one in Answer if (count := result.count(one))],
        "articles": [
            _total(one) for one in sorted(result.articles, key=lambda one: (one.above is not True, one.article))
        ],
        "lines": [shown(one) for one in first[:SHOWN]],
        "more": max(0, len(first) - SHOWN),
        "rows": again.getvalue(),
        "lists": lists_held(),
    }


def _total(one: ArticleTotal) -> tuple[ArticleTotal, str, str]:
    return one, f"{one.per_cent:.6g}" if one.known else "", str(wording.ABOVE[one.above])


def shown(one: Judged) -> Shown:
    """A line in the reader's language."""
    remarks = [str(wording.EXPLANATIONS[one.answer])] if wording.EXPLANATIONS[one.answer] else []
    if one.bad and one.answer is not Answer.BAD_NUMBER:
        remarks.append(_("Wrong number: %(number)s") % {"number": ", ".join(one.bad)})
    remarks += [wording.retired(*pair) for pair in one.retired]
    if one.line.concentration and one.line.per_cent is None:
        remarks.append(_("The concentration cannot be read: %(text)s") % {"text": one.line.concentration})
    if one.answer is Answer.LISTED and one.line.article and one.duties:
        remarks.append(str(wording.ABOVE[one.above]))
    return Shown(
        one,
        str(wording.ANSWERS[one.answer]),
        tuple(exports.listing(each) for each in one.listings),
        tuple(wording.duty(each) for each in one.duties),
        tuple(remarks),
    )


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """A workbook to fill in."""
    response = HttpResponse(exports.template(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="reach-template.xlsx"'
    return response
