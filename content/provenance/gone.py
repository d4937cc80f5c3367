"""The answer for a record that an editor withdrew from public view: 410, with the day and the reason (撤下)."""

from __future__ import annotations

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from content.provenance.hiding import Hideable


def gone_page(request: HttpRequest, record: Hideable, title: str, more: tuple[str, str | Promise]) -> HttpResponse:
    """A page; ``more`` is the address and the words of a link to what there is instead."""
    context = {"record": record, "title": title, "more_url": more[0], "more": more[1]}
    return render(request, "provenance/gone.html", context, status=410)


def gone_document(record: Hideable, **named: str) -> HttpResponse:
    """The same as JSON; ``named`` is what the record is known by."""
    document = named | {"withdrawn_from_view_since": record.hidden_at}
    return HttpResponse(orjson.dumps(document), content_type="application/json", status=410)
