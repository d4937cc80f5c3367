"""The pages of the validity check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from content.quota import client_address, count
from content.sheets import UploadError
from content.sheets.errors import Fault
from content.sheets.pieces import Piece, of_text
from content.turns import Busy, turn
from content.uploads import fault
from search.checking import exports, reports, wording
from search.checking.reports import Report, Row
from search.checking.uploads import MAX_BYTES, pieces_of, work
from search.checking.verdicts import Held, Verdict, tally

MAX_PASTED = 500_000
"""Characters; what is longer is better sent as a file."""
ENVELOPE = 1024 * 1024
"""Bytes that a form may add to its file."""
UNREAD = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.TOO_MANY_REQUESTS)
"""Answers for which the body is not read."""
NUMBER = re.compile(r"[0-9a-f]{64}")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Line:
    """A row as a page shows it."""

    row: Row
    verdict: str
    label: str
    shape: str
    places: str
    reasons: str
    title: str
    current: tuple[tuple[Held, str], ...]
    near: tuple[tuple[Held, str], ...]


class Refused(Exception):
    """What was handed in cannot be checked; the message says why and what to do."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it. How often this client asks and the size are looked at before anything reads the
    body, which the check against forged forms does."""
    if request.method == "POST" and (standing := count("batch", client_address(request))).exceeded:
        response = _form(request, standing.refusal, HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(standing.resets_in)
        return response
    if request.method == "POST" and _length(request) > MAX_BYTES + ENVELOPE:
        return _form(request, fault(Fault.TOO_LARGE, MAX_BYTES), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    answer: HttpResponse = _protected(request)
    return answer


@csrf_protect
def _protected(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request)
    try:
        with _handed_in(request) as (name, pieces, on):
            report = reports.check(pieces, on, name)
    except Refused as error:
        return _form(request, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    except UploadError as error:
        return _form(request, fault(error.fault, MAX_BYTES), HTTPStatus.UNPROCESSABLE_ENTITY)
    except Busy as error:
        response = _form(request, str(error), HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = str(error.retry_after)
        return response
    if not report.rows:
        nothing = _("No designation of a standard was found in it. A designation looks like GB/T 19001-2016.")
        return _form(request, nothing, HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("checking:report", number=reports.keep(report))


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


@contextmanager
def _handed_in(request: HttpRequest) -> Iterator[tuple[str, Iterator[Piece], date | None]]:
    """Name, pieces and day; a file is read as the pieces are asked for, so its turn lasts until that is done."""
    try:
        text = request.POST.get("text", "")
    except RequestDataTooBig as error:
        raise Refused(_("The text is too long to be pasted. Send it as a file.")) from error
    on = _day(request.POST.get("on", ""))
    file = request.FILES.get("file")
    if file is not None:
        if (file.size or 0) > MAX_BYTES:
            raise Refused(fault(Fault.TOO_LARGE, MAX_BYTES))
        name = re.sub(r"[\x00-\x1f\x7f]", "", file.name or "")
        head = file.read(1024)
        with turn(work(head)):
            yield name, pieces_of(head + file.read(), name), on
        return
    if len(text) > MAX_PASTED:
        raise Refused(_("The text is too long to be pasted. Send it as a file."))
    if not text.strip():
        raise Refused(_("Paste a text or choose a file."))
    yield "", of_text(text.replace("\x00", "")), on


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refused(_("“%(day)s” is no day; write it as 2026-01-31.") % {"day": text[:20]}) from error


def _form(request: HttpRequest, problem: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    posted = request.POST if problem and status not in UNREAD else {}
    context = {
        "problem": problem,
        "text": str(posted.get("text", ""))[:MAX_PASTED],
        "on": str(posted.get("on", ""))[:20],
        "limit": MAX_BYTES // 1024 // 1024,
        "days": reports.KEPT.days,
    }
    return render(request, "checking/form.html", context, status=status)


@require_safe
def report(request: HttpRequest, number: str) -> HttpResponse:
    """A report, as long as it is kept; ``verdict`` shows those rows alone."""
    found = reports.find(number)
    if found is None:
        return _unknown(request, number)
    counts = tally([row.finding for row in found.rows])
    chosen = request.GET.get("verdict", "")
    verdict = Verdict(chosen) if chosen in set(Verdict) else None
    context = {
        "report": found,
        "lines": [line(row) for row in found.rows if verdict in (None, row.finding.verdict)],
        "total": len(found.rows),
        "counts": [(one, wording.VERDICTS[one], count) for one, count in counts.items() if count],
        "chosen": verdict,
        "robots": "noindex",
    }
    return render(request, "checking/report.html", context)


@require_safe
def download(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """The report as a file."""
    found = reports.find(number)
    if found is None:
        return _unknown(request, number)
    address = f"{settings.SITE_URL}{reverse('checking:report', args=[number])}"
    if form == "xlsx":
        response = HttpResponse(exports.xlsx(found, address), content_type=XLSX)
    else:
        response = HttpResponse(exports.pdf(found, address, str(settings.SITE_NAME)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file_name(found)}.{form}"'
    return response


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Where the number of a report leads to what it said."""
    typed = "".join(request.GET.get("number", "").split()).lower()
    if not typed:
        return render(request, "checking/verify.html", {"number": ""})
    if NUMBER.fullmatch(typed) and reports.find(typed) is not None:
        return redirect("checking:report", number=typed)
    return _unknown(request, typed)


def _unknown(request: HttpRequest, number: str) -> HttpResponse:
    context = {"number": number[:80], "unknown": True, "days": reports.KEPT.days}
    return render(request, "checking/verify.html", context, status=HTTPStatus.NOT_FOUND)


def line(row: Row) -> Line:
    """A row in the reader's language."""
    finding = row.finding
    return Line(
        row,
        finding.verdict.value,
        str(wording.VERDICTS[finding.verdict]),
        wording.SHAPES.get(finding.verdict, "unknown"),
        wording.places(row),
        wording.reasons(row),
        wording.title(finding.held) if finding.held else row.title,
        tuple((one, wording.title(one)) for one in finding.current),
        tuple((one, wording.title(one)) for one in finding.near),
    )


def file_name(found: Report) -> str:
    return f"check-{found.made:%Y%m%d}-{found.number[:8]}"
