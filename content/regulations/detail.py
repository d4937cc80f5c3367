"""All that the page of an act shows, gathered in a number of queries that does not depend on how much there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString

from content.provenance.models import Change
from content.provenance.origins import Origin, claims_of, origins
from content.regulations import linking, present, standing, wording
from content.regulations.cite import Reference
from content.regulations.models import Citation, Provision, Regulation, Version
from content.regulations.store import RECORD_TYPE
from content.regulations.text.structure import ANNEX, ARTICLE, HEADINGS, ITEM, clauses

MAX_HISTORY = 50
_MADE = {Version.Kind.REVISED.value: "修订", Version.Kind.AMENDED.value: "修正"}
"""Chinese law is cited in Chinese, whatever language the page is in."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article (款) or a numbered point in it (项), as HTML."""

    anchor: str
    kind: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the text as the page shows it; ``level`` is that of a heading (h2 to h6), 0 for what is none."""

    provision: Provision
    level: int
    paragraphs: tuple[Paragraph, ...]

    @property
    def name(self) -> str:
        return f"{self.provision.label} {self.provision.heading}".strip()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; ``depth`` from 0."""

    anchor: str
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class Detail:
    """What the template needs."""

    regulation: Regulation
    versions: list[Version]
    version: Version | None
    current: Version | None
    """The version that stands for the act today."""
    units: list[Unit]
    contents: list[Entry]
    standards: list[linking.Cited]
    regulations: list[linking.Cited]
    repeals: list[linking.Cited]
    repealed_by: list[Regulation]
    citing: list[dict[str, Any]]
    origins: list[Origin]
    history: list[tuple[Change, str]]
    oddities: list[str]

    @property
    def upcoming(self) -> list[Version]:
        """Versions that are made and not in force yet."""
        return [one for one in self.versions if one.validity == standing.UPCOMING and one != self.version]

    @property
    def texts(self) -> list[Version]:
        """Versions whose text is held, the newest first."""
        return [one for one in self.versions if one.has_text]


def versions_of(regulation: Regulation) -> list[Version]:
    """The versions of an act, the newest first, without their notes."""
    return list(regulation.versions.defer("note").order_by("-date", "-pk"))


def current_of(versions: Sequence[Version], today: str) -> Version | None:
    """The version that stands for the act on a day."""
    at = standing.shown([present.span(one) for one in versions], today)
    return versions[at] if at is not None else None


def on_day(regulation: Regulation, versions: Sequence[Version], day: str) -> Version | None:
    """The version that was, is or will be in force on a day; None before the first and after the repeal. One query."""
    repeals = present.repeals_of([regulation]).get(regulation.match, [])
    ended = present.repealed_from(versions, repeals)
    at = standing.in_force_on([present.span(one) for one in versions], day, ended)
    return versions[at] if at is not None else None


def load(regulation: Regulation, versions: list[Version], version: Version | None) -> Detail:
    """Everything about an act and one of its versions."""
    provisions = list(version.provisions.all()) if version and version.has_text else []
    citations = list(version.citations.all()) if version else []
    links = linking.links_of(citations)
    changes = Change.objects.filter(record_type=RECORD_TYPE, record_id=regulation.pk).select_related("source")
    return Detail(
        regulation=regulation,
        versions=versions,
        version=version,
        current=current_of(versions, timezone.localdate().isoformat()),
        units=units_of(provisions, citations, linking.urls_of(links)),
        contents=contents_of(provisions),
        standards=[one for one in links if one.citation.kind == Citation.Kind.STANDARD],
        regulations=[one for one in links if one.citation.kind == "regulation" and not one.citation.repeals],
        repeals=[one for one in links if one.citation.repeals],
        repealed_by=repealed_by(regulation),
        citing=linking.acts_citing(Citation.Kind.REGULATION, [regulation.match]),
        origins=origins(claims_of(RECORD_TYPE, regulation.pk)),
        history=[(change, wording.change_line(change)) for change in changes[:MAX_HISTORY]],
        oddities=[wording.oddity(one) for one in version.oddities] if version else [],
    )


def units_of(
    provisions: Iterable[Provision], citations: Iterable[Citation], urls: Mapping[tuple[str, str], str]
) -> list[Unit]:
    """The parts of a text with their citations as links."""
    named: dict[str, dict[tuple[str, str], str]] = {}
    everywhere: dict[tuple[str, str], str] = {}
    for citation in citations:
        key = (citation.kind, citation.key)
        if url := urls.get(key):
            if citation.repeals or len(citation.places) >= 20:  # the places beyond are not kept
                everywhere[key] = url
            for place in citation.places:
                named.setdefault(place, {})[key] = url
    levels = _levels(provisions := list(provisions))
    return [
        Unit(
            one,
            levels.get(one.kind, 0),
            tuple(
                Paragraph(anchor, kind, linking.linked(text, {**everywhere, **named.get(one.anchor, {})}))
                for anchor, kind, text in (clauses(one.anchor, one.text) if one.text else ())
            ),
        )
        for one in provisions
    ]


def _levels(provisions: Iterable[Provision]) -> dict[str, int]:
    """The level of each kind of heading: those that the text has follow on each other, beginning below the title's."""
    held = {one.kind for one in provisions}
    ranks = [kind for kind in HEADINGS if kind in held]
    levels = {kind: min(6, 3 + rank) for rank, kind in enumerate(ranks)}
    return levels | {ANNEX: 3}


def contents_of(provisions: Iterable[Provision]) -> list[Entry]:
    """The headings and annexes, or, of a text without any, its articles."""
    provisions = list(provisions)
    ranks = {
        kind: rank for rank, kind in enumerate(kind for kind in HEADINGS if any(it.kind == kind for it in provisions))
    }
    ranks[ANNEX] = 0
    listed = [one for one in provisions if one.kind in ranks]
    if not listed:
        listed = [one for one in provisions if one.kind in (ARTICLE, ITEM)]
    return [Entry(one.anchor, _name(one), ranks.get(one.kind, 0)) for one in listed]


def _name(one: Provision) -> str:
    return f"{one.label} {one.heading}".strip() or one.anchor


def repealed_by(regulation: Regulation) -> list[Regulation]:
    """Public acts whose texts repeal this one. One query."""
    rows = Regulation.objects.public().filter(
        pk__in=Citation.objects.filter(repeals=True, key=regulation.match, since__gt=regulation.amended).values(
            "version__regulation"
        )
    )
    return list(rows.order_by("published", "pk")[:10])


def reference(regulation: Regulation, version: Version | None) -> Reference:
    """A version of an act as something to cite; the address is that of the version, which stays what it is."""
    path = version.address(regulation.slug) if version else regulation.get_absolute_url()
    return Reference(
        title=(version.title if version else "") or regulation.title,
        body=regulation.body,
        number=regulation.number,
        day=version.date if version else "",
        made=_MADE.get(version.kind, "") if version else "",
        url=f"{settings.SITE_URL}{path}",
        viewed=timezone.localdate(),
        language=regulation.language,
    )
