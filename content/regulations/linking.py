"""The citations of a text as links: within its paragraphs, and in a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from content.regulations.identity import CELEX
from content.regulations.models import Citation, Regulation
from content.regulations.text import european
from content.regulations.text.citations import spans_of_titles
from content.regulations.text.titles import match_key
from content.standards.models import Standard
from search.designations import find

MAX_CITING = 200
"""Acts shown that cite one; the Constitution is cited by all."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A standard or act that a text names, with its record where one is held. ``url`` is empty where none is."""

    citation: Citation
    url: str
    title: str
    title_language: str
    validity: str
    status: str
    status_label: str


def links_of(citations: Sequence[Citation]) -> list[Cited]:
    """The citations with what is held of them. Two queries."""
    slugs = [one.key for one in citations if one.kind == Citation.Kind.STANDARD]
    matches = [one.key for one in citations if one.kind == Citation.Kind.REGULATION]
    standards = _standards(slugs)
    acts = {one.match: one for one in Regulation.objects.public().filter(match__in=matches)} if matches else {}
    found = []
    for one in citations:
        if one.kind == Citation.Kind.STANDARD:
            found.append(_standard_link(one, standards.get(one.key)))
        else:
            act = acts.get(one.key)
            found.append(
                Cited(one, act.get_absolute_url(), act.shown_title, act.title_language, act.validity, "", "")
                if act
                else Cited(one, "", "", "", "", "", "")
            )
    return found


def _standards(slugs: Sequence[str]) -> dict[str, Standard]:
    """Standards by the slug that cites them; without a year, the edition in force stands for all."""
    if not slugs:
        return {}
    held = Standard.objects.public().filter(Q(slug__in=slugs) | Q(undated_slug__in=slugs)).order_by("published", "pk")
    found: dict[str, Standard] = {}
    wanted = set(slugs)
    for one in held[:5_000]:
        if one.slug in wanted:
            found[one.slug] = one
        undated = found.get(one.undated_slug)
        if one.undated_slug in wanted and (
            undated is None or one.status == Standard.Status.IN_FORCE or undated.status != Standard.Status.IN_FORCE
        ):
            found.setdefault(one.undated_slug, one)
            found[one.undated_slug] = one
    return found


def _standard_link(citation: Citation, standard: Standard | None) -> Cited:
    if standard is None:
        return Cited(citation, "", "", "", "", "", "")
    url = standard.get_absolute_url()
    if citation.key != standard.slug:  # cited without a year: its address leads to the edition in force
        url = reverse("standards:detail", args=[citation.key])
    return Cited(
        citation,
        url,
        standard.title,
        standard.title_language,
        "",
        standard.status,
        str(standard.get_status_display()),
    )


def linked(text: str, urls: Mapping[tuple[str, str], str]) -> SafeString:
    """A paragraph as HTML with its citations as links; ``urls`` by kind and key, of those that are held."""
    if not urls:
        return SafeString(escape(text))
    marks: list[tuple[int, int, str]] = []
    for start, end in spans_of_titles(text):
        if url := urls.get((Citation.Kind.REGULATION, match_key(text[start:end]))):
            marks.append((start, end, url))
    if any(key.startswith(CELEX) for _kind, key in urls):
        for start, end, celex in european.references(text):
            if url := urls.get((Citation.Kind.REGULATION, f"{CELEX}{celex}")):
                marks.append((start, end, url))
    if any(kind == Citation.Kind.STANDARD for kind, _key in urls) and any(char.isdigit() for char in text):
        for one in find(text):
            if url := urls.get((Citation.Kind.STANDARD, one.designation.slug)):
                marks.append((one.start, one.end, url))
    pieces: list[str] = []
    last = 0
    for start, end, url in sorted(marks):
        if start < last:
            continue  # a designation within a title that is linked already
        pieces += [escape(text[last:start]), format_html('<a href="{}">{}</a>', url, text[start:end])]
        last = end
    pieces.append(escape(text[last:]))
    return mark_safe("".join(pieces))  # noqa: S308 -- every piece is escaped above


def urls_of(links: Iterable[Cited]) -> dict[tuple[str, str], str]:
    """As ``linked`` takes them."""
    return {(one.citation.kind, one.citation.key): one.url for one in links if one.url}


def acts_citing(kind: str, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Public acts whose present version names one of these standards or acts: the act, and the places. One query."""
    rows = (
        Citation.objects.filter(kind=kind, key__in=keys, repeals=False)
        .filter(version__regulation__hidden_at__isnull=True, version__date=F("version__regulation__amended"))
        .select_related("version__regulation")
        .defer("version__note")
        .order_by("-version__regulation__amended", "version__regulation")[:MAX_CITING]
    )
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        act = row.version.regulation
        held = found.setdefault(act.pk, {"regulation": act, "name": row.name, "places": []})
        held["places"] += row.places
    return list(found.values())
