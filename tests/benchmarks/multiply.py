"""As many records as wanted, made of the real ones: other numbers, years, combinations of titles, classes kept.

Association standards have a designation for everyone (T/ABCD 1234-2019), so each variant has one that no other has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from django.db.models import QuerySet

from content.standards.models import Body, Standard
from search.designations import parse
from search.models import IndexOutbox

ROWS = 2000
NOW = datetime(2026, 1, 2, tzinfo=UTC)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STATUSES = ("in_force", "in_force", "in_force", "superseded", "withdrawn", "upcoming")
_COPIED = ("title_fr", "scope", "edition", "committee", "committee_title", "price_class", "stage", "pages")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A real record, and the classes it is filed under."""

    record: Standard
    ics: tuple[str, ...]


def patterns(records: QuerySet[Standard]) -> list[Pattern]:
    """Records with their classes."""
    return [Pattern(each, tuple(one.code for one in each.ics.all())) for each in records.prefetch_related("ics")]


def variant(at: int, real: Sequence[Pattern], body: Body) -> Standard:
    """The ``at``-th variant: one real record's beginning of the title with another's end, and dates of its own."""
    base, other = real[at % len(real)].record, real[(at * 7919 + at // len(real)) % len(real)].record
    code = "".join(_LETTERS[at // 26**place % 26] for place in range(4))
    year = 1990 + at * 31 % 36
    designation = parse(f"T/{code} {1 + at // 26**4}-{year}")
    day = f"{year}-{1 + at % 12:02d}-{1 + at % 28:02d}"
    return Standard(
        designation=designation.canonical,
        designation_published=designation.canonical,
        slug=designation.slug,
        undated_slug=designation.undated_slug,
        family_slug=designation.family_slug,
        sort_key=designation.sort_key,
        body=body,
        number=designation.number,
        part=designation.part,
        year=year,
        kind=str(designation.kind),
        title_en=f"{_half(base.title_en, first=True)} {_half(other.title_en, first=False)}".strip(),
        title_zh=other.title_zh,
        status=_STATUSES[at % len(_STATUSES)],
        published=day,
        effective=day,
        languages=base.languages,
        responsible=base.responsible,
        drafters=base.drafters,
        created_at=NOW,
        updated_at=NOW,
        **{name: getattr(base, name) for name in _COPIED},
    )


def _half(title: str, *, first: bool) -> str:
    words = title.split()
    middle = (len(words) + 1) // 2
    return " ".join(words[:middle] if first else words[middle:])


def multiply(count: int, start: int = 0) -> None:
    """Write ``count`` variants, from the ``start``-th on, with their classes and outbox rows."""
    real = patterns(Standard.objects.exclude(body__code__startswith="T/").order_by("pk")[:50_000])
    body, _new = Body.objects.get_or_create(code="T/BENCH", defaults={"name_en": "Benchmark", "name_zh": "基准"})
    filed = Standard.ics.through
    numbers = iter(range(start, start + count))
    while batch := list(islice(numbers, ROWS)):
        written = Standard.objects.bulk_create([variant(at, real, body) for at in batch])
        filed.objects.bulk_create(
            filed(standard_id=record.pk, icsclass_id=code)
            for at, record in zip(batch, written, strict=True)
            for code in real[at % len(real)].ics
        )
        IndexOutbox.objects.bulk_create(IndexOutbox(record_type="standard", record_id=record.pk) for record in written)
