"""What templates show of notifications."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from content.tbt import wording, working_days
from content.tbt.models import Notification
from content.tbt.thread import last_day

register = template.Library()


@register.filter
def title_of(one: Notification) -> dict[str, str]:
    """Title and language."""
    title, language = wording.title_of(one)
    return {"text": title, "language": language}


@register.filter
def event_line(event: dict[str, Any]) -> str:
    """A ticked box of an addendum, with its day."""
    return wording.event(event)


@register.inclusion_tag("tbt/deadline.html")
def deadline(day: str, today: date) -> dict[str, Any]:
    """A final date for comments, with the working days that are left."""
    over = last_day(day) < today.isoformat()
    left = working_days.left(today, date.fromisoformat(day)) if len(day) == 10 and not over else None
    return {"day": day, "over": over, "left": left}
