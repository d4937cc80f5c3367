"""TBT notifications as lines of a list."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from content.tbt import documents, wording
from content.tbt.models import Notification
from content.tbt.thread import Stage, last_day
from search.documents.notifications import BODY, RECORD_TYPE
from search.lines.line import Line

__all__ = ["RECORD_TYPE", "lines"]


def lines(ids: Sequence[int]) -> dict[int, Line]:
    """Two queries."""
    today = timezone.localdate().isoformat()
    return {pk: _line(one, today) for pk, one in documents.public(ids).items()}


def _line(one: Notification, today: str) -> Line:
    texts = one.in_order()
    titles = {each.language: each.title for each in reversed(texts) if each.title}
    if not titles:
        title, language = wording.title_of(one)
        titles = {language: title} if title else {}
    is_open = bool(one.deadline) and last_day(one.deadline) >= today
    return Line(
        type=RECORD_TYPE,
        id=one.pk,
        url=one.get_absolute_url(),
        designation=one.symbol,
        titles=titles,
        text=next((each.description for each in texts if each.description), ""),
        status="draft" if is_open else "",
        status_label=wording.stage(Stage.OPEN) if is_open else "",
        dates={"circulated": one.circulated, "deadline": one.deadline},
        body=BODY,
        issuer=one.member_name,
        identifiers=frozenset({one.symbol}),
    )
