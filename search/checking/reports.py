"""A check from what was handed in to a report that can be called up again by its number.

What was handed in is not kept: only the designations, the titles beside them, their places, and the verdicts. The
number is the SHA-256 of all that the report says, so that it cannot say something else later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import orjson
from django.utils import timezone

from content.sheets.pieces import Piece, Place, Unit
from search.checking.holdings import holdings
from search.checking.mentions import Mention, mentions
from search.checking.verdicts import Finding, Held, Reason, Verdict, judge
from search.models import CheckReport

KEPT = timedelta(days=365)
"""How long a report can be called up: as long as test reports are usually asked about."""
MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One designation of a report."""

    designation: str
    written: str
    title: str
    places: tuple[Place, ...]
    count: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Report:
    """``on`` is the day for which validity was judged. ``number`` is empty for what was not kept."""

    made: datetime
    on: date
    asked_on: date | None
    name: str
    rows: tuple[Row, ...]
    cut: bool
    number: str = ""

    @property
    def kept_until(self) -> date:
        return timezone.localdate(self.made + KEPT)


def check(pieces: Iterable[Piece], on: date | None = None, name: str = "") -> Report:
    """Judge every designation in the pieces."""
    found = mentions(pieces)
    now = timezone.now().replace(microsecond=0)
    held = holdings([one.designation for one in found.found], on)
    rows = tuple(_row(one, judge(one.designation, one.title, holding, on)) for one, holding in zip(found.found, held))  # noqa: B905 -- one each
    return Report(now, on or timezone.localdate(now), on, name[:MAX_NAME], rows, found.cut)


def _row(mention: Mention, finding: Finding) -> Row:
    return Row(
        mention.designation.canonical,
        mention.written,
        mention.title,
        tuple(mention.places),
        mention.count,
        finding,
    )


def keep(report: Report) -> str:
    """Store the report; its number. Reports past their time go."""
    CheckReport.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    rows = [_stored(row) for row in report.rows]
    number = number_of(report.made, report.on, report.name, rows, cut=report.cut)
    CheckReport.objects.get_or_create(
        number=number,
        defaults={
            "made_at": report.made,
            "as_on": report.asked_on,
            "name": report.name,
            "rows": rows,
            "cut": report.cut,
        },
    )
    return number


def find(number: str) -> Report | None:
    """The report of that number, if it is kept and still is what its number stands for."""
    held = CheckReport.objects.filter(number=number).first()
    if held is None or held.made_at < timezone.now() - KEPT:
        return None
    on = held.as_on or timezone.localdate(held.made_at)
    if number_of(held.made_at, on, held.name, held.rows, cut=held.cut) != number:
        return None
    return Report(held.made_at, on, held.as_on, held.name, tuple(map(_loaded, held.rows)), held.cut, number)


def number_of(made: datetime, on: date, name: str, rows: list[dict[str, Any]], *, cut: bool) -> str:
    """SHA-256 of the report as JSON with sorted keys."""
    moment = made.astimezone(timezone.get_default_timezone()).isoformat()
    said = {"made": moment, "on": on, "name": name, "rows": rows, "cut": cut}
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _stored(row: Row) -> dict[str, Any]:
    finding = row.finding
    return {
        "designation": row.designation,
        "written": row.written,
        "title": row.title,
        "places": [[place.unit.value, place.at, place.within] for place in row.places],
        "count": row.count,
        "verdict": finding.verdict.value,
        "reason": finding.reason.value,
        "title_differs": finding.title_differs,
        "held": _record(finding.held) if finding.held else None,
        "current": [_record(one) for one in finding.current],
        "near": [_record(one) for one in finding.near],
    }


def _record(held: Held) -> dict[str, Any]:
    return {
        "designation": held.designation,
        "slug": held.slug,
        "titles": [list(pair) for pair in held.titles],
        "status": held.status,
        "published": held.published,
        "effective": held.effective,
        "withdrawn": held.withdrawn,
    }


def _loaded(said: dict[str, Any]) -> Row:
    finding = Finding(
        Verdict(said["verdict"]),
        Reason(said["reason"]),
        _held(said["held"]) if said["held"] else None,
        tuple(map(_held, said["current"])),
        said["title_differs"],
        tuple(map(_held, said["near"])),
    )
    places = tuple(Place(Unit(unit), at, within) for unit, at, within in said["places"])
    return Row(said["designation"], said["written"], said["title"], places, said["count"], finding)


def _held(said: dict[str, Any]) -> Held:
    return Held(
        designation=said["designation"],
        slug=said["slug"],
        undated_slug="",
        titles=tuple((code, title) for code, title in said["titles"]),
        status=said["status"],
        published=said["published"],
        effective=said["effective"],
        withdrawn=said["withdrawn"],
        year=None,
    )
