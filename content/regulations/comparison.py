"""Two versions of an act side by side, as a page and as data."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.cache import cache
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.regulations import wording
from content.regulations.detail import versions_of
from content.regulations.documents import reference_document, version_summary
from content.regulations.models import Provision, Regulation, Version
from content.regulations.text import comparing
from content.regulations.text.structure import Unit
from content.regulations.views import Gone, find, gone_document, gone_page

KEPT_SECONDS = 86_400
"""A comparison changes only with its texts, whose hashes are in its key."""


class NoText(Exception):
    """A version that is asked for, or all but one, has no text here."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions and what became of each article: rows as ``_row`` makes them."""

    old: Version
    new: Version
    rows: list[dict[str, Any]]
    counts: dict[str, int]


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The comparison of ``from`` with ``to``, by default of the two newest texts; ``all`` shows what stayed, too."""
    try:
        regulation = find(slug)
    except Gone as gone:
        return gone_page(request, gone.regulation)
    versions = versions_of(regulation)
    texts = [one for one in versions if one.has_text]
    everything = request.GET.get("all") == "1"
    try:
        old, new = chosen(versions, request.GET.get("from", ""), request.GET.get("to", ""))
        compared = compare(old, new)
    except NoText:
        compared = None
    rows = [one for one in compared.rows if everything or one["kind"] != comparing.SAME] if compared else []
    title = regulation.shown_title
    context = {
        "regulation": regulation,
        "texts": texts,
        "compared": compared,
        "rows": [one | {"label": wording.ROWS[one["kind"]]} for one in rows],
        "figures": [(wording.ROWS[kind], count) for kind, count in compared.counts.items()] if compared else [],
        "everything": everything,
        "trail": [
            (_("Regulations"), reverse("regulations:list")),
            (title if len(title) <= 60 else f"{title[:59]}…", regulation.get_absolute_url()),
        ],
        "here": _("Comparison of versions"),
    }
    return render(request, "regulations/compare.html", context)


@require_safe
def data(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as JSON."""
    try:
        regulation = find(slug)
    except Gone as gone:
        return gone_document(gone.regulation)
    try:
        old, new = chosen(versions_of(regulation), request.GET.get("from", ""), request.GET.get("to", ""))
        document = comparison_document(regulation, compare(old, new))
    except NoText as problem:
        raise BadRequest(_("The text of one of the versions is not held here.")) from problem
    return HttpResponse(orjson.dumps(document), content_type="application/json")


def comparison_document(regulation: Regulation, compared: Compared) -> dict[str, Any]:
    """A comparison as data (schema ``ComparisonDocument``)."""
    return {
        "regulation": reference_document(regulation),
        "old": version_summary(compared.old, regulation.slug),
        "new": version_summary(compared.new, regulation.slug),
        "counts": compared.counts,
        "rows": compared.rows,
    }


def chosen(versions: Sequence[Version], old: str, new: str) -> tuple[Version, Version]:
    """The versions to compare; ``versions`` has the newest first. Raises BadRequest, NoText."""
    texts = [one for one in versions if one.has_text]
    second = _named(versions, new) if new else (texts[0] if texts else None)
    before = [one for one in texts if second is not None and one.date < second.date]
    first = _named(versions, old) if old else (before[0] if before else None)
    if first is None or second is None or not first.has_text or not second.has_text:
        raise NoText
    return first, second


def _named(versions: Sequence[Version], day: str) -> Version:
    for one in versions:
        if one.day == day:
            return one
    raise BadRequest(_("There is no version of that day. Choose one from the list of versions."))


def compare(old: Version, new: Version) -> Compared:
    """What became of each article. Two queries, or none where the same was asked lately."""
    digest = hashlib.sha256(f"{old.text_digest}:{new.text_digest}".encode()).hexdigest()
    key = f"regulations.compared.{digest}"
    rows: list[dict[str, Any]] | None = cache.get(key)
    if rows is None:
        rows = [_row(one) for one in comparing.compare(units_of(old), units_of(new))]
        cache.set(key, rows, KEPT_SECONDS)
    counts = dict.fromkeys((comparing.ADDED, comparing.REMOVED, comparing.CHANGED, comparing.MOVED, comparing.SAME), 0)
    for row in rows:
        counts[row["kind"]] += 1
    return Compared(old, new, rows, counts)


def units_of(version: Version) -> list[Unit]:
    """The text of a version as the pure core takes it. One query."""
    held = Provision.objects.filter(version=version).order_by("position")
    return [Unit(*values) for values in held.values_list("kind", "anchor", "number", "label", "heading", "text")]


def _row(row: comparing.Row) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "renumbered": row.renumbered,
        "old": _end(row.old),
        "new": _end(row.new),
        "pieces": [{"mark": piece.mark, "text": piece.text} for piece in row.pieces],
    }


def _end(unit: Unit | None) -> dict[str, str] | None:
    if unit is None:
        return None
    return {
        "anchor": unit.anchor,
        "number": unit.number,
        "label": unit.label,
        "heading": unit.heading,
        "text": unit.text,
    }
