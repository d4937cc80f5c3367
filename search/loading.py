"""The records behind the hits of an answer, read in a fixed number of queries whatever the number of hits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from content.standards.models import File, FilePage
from search.clauses import Hit
from search.documents import guidance, record_of, regulations
from search.lines import Line, lines
from search.records import Row


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page or an article that matched; ``text`` is all of it."""

    number: int
    text: str
    url: str
    file_name: str = ""
    label: str = ""


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
    matched = [hit for hit in hits if hit.pages and hit.key in found]
    of_files = [hit for hit in matched if found[hit.key].record is not None]
    of_acts = [hit for hit in matched if found[hit.key].type == regulations.RECORD_TYPE]
    of_guidance = [hit for hit in matched if found[hit.key].type == guidance.RECORD_TYPE]
    return Records(found, _pages(of_files, found) | _articles(of_acts, found) | _guidance(of_guidance))


def page_url(standard: Row | None, file: File, number: int) -> str:
    """``…/files/<name>#page=N`` (RFC 8118, section 3: fragment identifiers of PDF)."""
    return f"{reverse('standards:file', args=[standard.slug, file.name])}#page={number}" if standard else ""


def _pages(hits: Sequence[Hit], found: Mapping[str, Line]) -> dict[str, list[PageRecord]]:
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
            PageRecord(
                number,
                texts[int(file), number],
                page_url(found[hit.key].record, files[int(file)], number),
                files[int(file)].name,
            )
            for number, file, _score in hit.pages
            if int(file) in files and (int(file), number) in texts
        ]
        for hit in hits
    }


def _guidance(hits: Sequence[Hit]) -> dict[str, list[PageRecord]]:
    wanted = {(int(one), number) for hit in hits for number, one, _score in hit.pages}
    held = guidance.pages(wanted) if wanted else {}
    return {
        hit.key: [
            PageRecord(number, page.text, guidance.page_url(page), page.guidance.name)
            for number, one, _score in hit.pages
            if (page := held.get((int(one), number)))
        ]
        for hit in hits
    }


def _articles(hits: Sequence[Hit], found: Mapping[str, Line]) -> dict[str, list[PageRecord]]:
    wanted = {(int(version), position) for hit in hits for position, version, _score in hit.pages}
    held = regulations.articles(wanted) if wanted else {}
    return {
        hit.key: [
            PageRecord(
                position,
                one.text or one.heading,
                f"{found[hit.key].url}#{one.anchor}",
                label=f"{one.label} {one.heading}".strip() if one.text else one.label,
            )
            for position, version, _score in hit.pages
            if (one := held.get((int(version), position)))
        ]
        for hit in hits
    }
