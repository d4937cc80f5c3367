"""Calendars for programs of readers (iCalendar, RFC 5545): what they have in common, whatever the subject."""

from __future__ import annotations

from django.http import HttpResponse
from icalendar import Calendar


def new_calendar(product: str, name: str) -> Calendar:
    """Without an event yet; ``product`` is the part of the portal that made it, ``name`` what readers see."""
    calendar = Calendar()
    calendar.add("prodid", f"-//standards-portal//{product}//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    return calendar


def calendar_response(body: bytes, name: str) -> HttpResponse:
    """As a file that programs offer to take into a calendar."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
