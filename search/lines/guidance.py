"""Guidance documents as lines of a list."""

from __future__ import annotations

from collections.abc import Sequence

from content.reach.models import Guidance
from search.documents.guidance import RECORD_TYPE
from search.lines.line import Line

__all__ = ["RECORD_TYPE", "lines"]


def lines(ids: Sequence[int]) -> dict[int, Line]:
    """One query."""
    return {one.pk: _line(one) for one in Guidance.objects.public().filter(pk__in=ids)}


def _line(one: Guidance) -> Line:
    titles = {"zh": one.title_zh, one.language: one.title}
    return Line(
        type=RECORD_TYPE,
        id=one.pk,
        url=one.get_absolute_url(),
        designation=one.edition,
        titles={code: title for code, title in titles.items() if title},
        text=one.summary_zh,
        status="",
        status_label="",
        dates={"published": one.published},
        body="",
        issuer=one.publisher,
    )
