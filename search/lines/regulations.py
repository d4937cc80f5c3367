"""Regulations as lines of a list."""

from __future__ import annotations

from collections.abc import Sequence

from content.regulations.models import Regulation
from content.regulations.store import RECORD_TYPE
from content.regulations.text.orders import order_key
from search.documents.regulations import STATUS
from search.lines.line import Line

__all__ = ["RECORD_TYPE", "lines"]


def lines(ids: Sequence[int]) -> dict[int, Line]:
    """One query."""
    return {one.pk: _line(one) for one in Regulation.objects.public().filter(pk__in=ids)}


def _line(one: Regulation) -> Line:
    titles = {"zh": one.title_zh, "en": one.title_en} | {one.language: one.title}
    return Line(
        type=RECORD_TYPE,
        id=one.pk,
        url=one.get_absolute_url(),
        designation=one.number,
        titles={code: title for code, title in titles.items() if title},
        text="",
        status=STATUS.get(one.validity, "unknown"),
        status_label=str(one.get_validity_display()),
        dates={"published": one.published, "effective": one.effective, "withdrawn": one.expired},
        body="",
        issuer=one.body or str(one.get_kind_display()),
        identifiers=frozenset({one.number, order_key(one.number)} - {""}),
    )
