"""The records behind the hits of an answer, read in a fixed number of queries whatever the number of hits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from content.standards.models import File, FilePage
from search.clauses import Hit
from search.documents import record_of
from search.lines import Line, lines
from search.records import Row


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page that matched; ``text`` is all of it."""

    number: int
    file: File
    text: str


@dataclass(frozen=True, slots=True)
class Records:
    """``lines`` by key of the hit (without those that are hidden or gone), ``pages`` likewise, best first."""

    lines: dict[str, Line]
    pages: dict[str, list[PageRecord]]


def load(hits: Sequence[Hit]) -> Records:
    """At most five queries for each type of record among the hits."""
    keys: dict[str, dict[int, str]] = defaultdict(dict)
    for hit in hits:
        record_type, pk = record_of(hit.key)
        keys[record_type][pk] = hit.key
    found = {
        of_type[pk]: line
        for record_type, of_type in keys.items()
        for pk, line in lines(record_type, [*of_type]).items()
    }
    return Records(found, _pages([hit for hit in hits if hit.pages and hit.key in found]))


def page_url(standard: Row, page: PageRecord) -> str:
    """``…/files/<name>#page=N`` (RFC 8118, section 3: fragment identifiers of PDF)."""
    return f"{reverse('standards:file', args=[standard.slug, page.file.name])}#page={page.number}"


def _pages(hits: Sequence[Hit]) -> dict[str, list[PageRecord]]:
    wanted = {(int(file), number) for hit in hits for number, file, _score in hit.pages}
    if not wanted:
        return {}
    files = File.objects.in_bulk({file for file, _number in wanted})
    condition = Q()
    for file, number in wanted:
        condition |= Q(file_id=file, number=number)
    texts = {
        (file, number): text
        for file, number, text in FilePage.objects.filter(condition).values_list("file_id", "number", "text")
    }
    return {
        hit.key: [
            PageRecord(number, files[int(file)], texts[int(file), number])
            for number, file, _score in hit.pages
            if int(file) in files and (int(file), number) in texts
        ]
        for hit in hits
    }
