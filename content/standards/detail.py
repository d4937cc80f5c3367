"""All that a standard's page shows, gathered in a number of queries that does not depend on how much there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from content.provenance.models import Change, Claim
from content.provenance.origins import Origin, origins
from content.standards import lineage
from content.standards.cite import Reference
from content.standards.documents import RECORD_TYPE, changes_of, incoming, outgoing
from content.standards.models import Body, File, Relation, Standard
from content.standards.succession import Edition
from search.designations import try_parse

MAX_PARTS = 100
"""Parts and supplements shown; the largest family (ISO/TS 10303) has 800 parts and is searched instead."""
MAX_FAMILY = 5_000
"""Records of a family that are looked at."""
MAX_HISTORY = 50
COMPARED = (
    "title_zh", "title_en", "title_fr", "status", "published", "effective", "withdrawn",
    "edition", "pages", "committee",
)  # fmt: skip
"""Fields whose values are set side by side where sources disagree."""
_PLACES = {"ISO": "Geneva", "IEC": "Geneva", "ITU": "Geneva"}
"""Seats of international publishers, by the first word of their code, for references."""


@dataclass(frozen=True, slots=True)
class Link:
    """Another standard as this one's page names it; ``record`` is None where it is not held."""

    designation: str
    slug: str
    degree: str
    record: Standard | None

    @property
    def degree_label(self) -> str:
        return str(Relation.Degree(self.degree).label) if self.degree in Relation.Degree.values else self.degree


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field on which sources differ: label, value that the record takes, (source title, value) of each source."""

    label: str
    taken: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A change with its field and values in the reader's words."""

    change: Change
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Detail:
    """What the template needs, in the order of the page."""

    standard: Standard
    successors: list[Edition]
    generations: list[list[Edition]]
    supplements: list[Standard]
    """Amendments and corrigenda to this edition (修改单、勘误)."""
    links: dict[str, list[Link]]
    """By relation as seen from this standard: ``amends``, ``adopts``, ``adopted_by`` … (see ``_links``)."""
    parts: list[Standard]
    """The current edition of each part of the family, at most ``MAX_PARTS``; empty where there is but one."""
    parts_total: int
    family: str
    """What to search for to find them all: the number without part and year."""
    files: list[File]
    origins: list[Origin]
    disagreements: list[Disagreement]
    history: list[HistoryEntry]

    @property
    def history_has_values(self) -> bool:
        """Whether there is anything to show beside the mere events."""
        return any(entry.old or entry.new for entry in self.history)

    @property
    def readable(self) -> File | None:
        """The full text to offer first."""
        return next((file for file in self.files if file.access == Standard.Access.FULL_TEXT), None)


def load(standard: Standard) -> Detail:
    """Gather everything about ``standard``, which comes with ``body``, ``ics`` and ``ccs`` loaded."""
    line = lineage.around(standard)
    supplements = list(
        # The slug of a supplement is that of its edition, a hyphen and more; "." is the character after "-".
        Standard.objects.public()
        .filter(slug__gt=f"{standard.slug}-", slug__lt=f"{standard.slug}.")
        .order_by("sort_key")[:MAX_PARTS]
        if standard.year
        else []
    )
    claims = list(
        Claim.objects.filter(record_type=RECORD_TYPE, record_id=standard.pk).select_related("source").order_by("source")
    )
    changes = changes_of(standard).select_related("source")[:MAX_HISTORY]
    parts, parts_total = _parts(standard)
    return Detail(
        standard=standard,
        successors=[] if standard.status in _HOLDING else line.succession.successors(standard.slug),
        generations=line.succession.generations() if len(line.succession.editions) > 1 else [],
        supplements=supplements,
        links=_links(standard, {one.slug for one in supplements}),
        parts=parts,
        parts_total=parts_total,
        family=_family(standard),
        files=list(standard.files.select_related("source").order_by("name")),
        origins=origins(claims),
        disagreements=_disagreements(standard, claims),
        history=[history_entry(change) for change in changes],
    )


_AMENDING = (Relation.Kind.AMENDS, Relation.Kind.CORRECTS)
_HOLDING = (Standard.Status.IN_FORCE, Standard.Status.UPCOMING, Standard.Status.DRAFT)


def reference(standard: Standard, url: str) -> Reference:
    """``standard`` as something to cite; ``url`` is its absolute address here.

    A reference is in the language of what it refers to, whatever language the page is in (GB/T 7714—2015, 6.1).
    """
    language = standard.title_language if standard.title else ""
    publisher = _name_of(standard.body, language)
    return Reference(
        key=standard.slug,
        designation=standard.designation,
        title=standard.title,
        authors=tuple(standard.responsible) or (publisher,),
        publisher=publisher if standard.body.code.split("/")[0] in _PLACES else "",
        place=_PLACES.get(standard.body.code.split("/")[0], ""),
        published=standard.published or str(standard.year or ""),
        edition=standard.edition,
        language=language,
        url=url,
        viewed=timezone.localdate(),
    )


def _name_of(body: Body, language: str) -> str:
    named = {"zh": body.name_zh, "en": body.name_en, "fr": body.name_en}.get(language, "")
    return named or body.name


def _links(standard: Standard, supplements: set[str]) -> dict[str, list[Link]]:
    names = {
        Relation.Kind.PARTLY_REPLACES: ("partly_replaces", "partly_replaced_by"),
        Relation.Kind.PARTLY_REPLACED_BY: ("partly_replaced_by", "partly_replaces"),
        Relation.Kind.AMENDS: ("amends", ""),
        Relation.Kind.CORRECTS: ("amends", ""),
        Relation.Kind.CONSOLIDATES: ("consolidates", "consolidated_in"),
        Relation.Kind.ADOPTS: ("adopts", "adopted_by"),
        Relation.Kind.REFERENCES: ("references", "referenced_by"),
        Relation.Kind.PART_OF: ("part_of", ""),
    }
    links: dict[str, list[Link]] = {}
    for relation in outgoing(standard):
        name = names.get(Relation.Kind(relation.kind), ("", ""))[0]
        if name:
            target = relation.target if relation.target and relation.target.hidden_at is None else None
            designation = target.designation if target else relation.target_designation
            slug = target.slug if target else relation.target_slug
            links.setdefault(name, []).append(Link(designation, slug, relation.degree, target))
    for relation in incoming(standard):
        name = names.get(Relation.Kind(relation.kind), ("", ""))[1]
        if name:
            other = relation.standard
            found = links.setdefault(name, [])
            if all(link.slug != other.slug for link in found):  # both sides may state a partial replacement
                found.append(Link(other.designation, other.slug, relation.degree, other))
        elif relation.kind in _AMENDING and relation.standard.slug not in supplements:
            other = relation.standard
            links.setdefault("amended_by", []).append(Link(other.designation, other.slug, "", other))
    return links


def _parts(standard: Standard) -> tuple[list[Standard], int]:
    """The first parts of the family and how many there are."""
    family = Standard.objects.public().filter(family_slug=standard.family_slug, part__gt="").order_by("sort_key")
    newest: dict[str, tuple[bool, str, int]] = {}
    for pk, undated, status, published, year in family.values_list("pk", "undated_slug", "status", "published", "year")[
        :MAX_FAMILY
    ]:
        standing = (status == Standard.Status.IN_FORCE, published or str(year or ""), pk)
        newest[undated] = max(newest.get(undated, standing), standing)
    if len(newest) < 2:
        return [], 0
    shown = [pk for _in_force, _published, pk in list(newest.values())[:MAX_PARTS]]
    records = Standard.objects.in_bulk(shown)
    return [records[pk] for pk in shown], len(newest)


def _family(standard: Standard) -> str:
    parsed = try_parse(standard.designation)
    return parsed.family.canonical if parsed else standard.designation


def _disagreements(standard: Standard, claims: list[Claim]) -> list[Disagreement]:
    found = []
    for field in COMPARED:
        values = [
            (_source_title(claim), display_value(field, claim.values[field]))
            for claim in claims
            if claim.values.get(field) and claim.missing_since is None
        ]
        if len({value for _source, value in values}) > 1:
            taken = display_value(field, getattr(standard, field))
            found.append(Disagreement(field_label(field), taken, tuple(values)))
    return found


def _source_title(claim: Claim) -> str:
    return claim.source.title_en if get_language() == "en" else claim.source.title_zh


def history_entry(change: Change) -> HistoryEntry:
    return HistoryEntry(
        change,
        field_label(change.field),
        display_value(change.field, change.old),
        display_value(change.field, change.new),
    )


def field_label(field: str) -> str:
    """The name of a field of a standard in the reader's language; other names stay as they are."""
    if field == "files":
        return _("Files")
    known = {one.name: one for one in Standard._meta.get_fields()}.get(field)
    return str(getattr(known, "verbose_name", field))


def display_value(field: str, value: Any) -> str:
    """A stored value in the reader's words: labels for codes, lists joined, nothing for nothing."""
    if value is None or value == "" or value == []:
        return ""
    if field == "files" and isinstance(value, dict) and value.get("name"):
        return str(value["name"])
    if field == "status" and value in Standard.Status.values:
        return str(Standard.Status(value).label)
    if field == "access" and value in Standard.Access.values:
        return str(Standard.Access(value).label)
    if isinstance(value, list):
        return "; ".join(display_value("", one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {display_value('', one)}" for name, one in value.items() if one not in ("", None))
    return str(value)
