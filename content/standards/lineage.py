"""Editions of a standard and what replaced what (标准沿革), read from the records."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from content.standards.models import FormerAddress, Relation, Standard
from content.standards.succession import IN_FORCE, Edition, Succession
from search.designations import try_parse

MAX_STEPS = 12
"""Generations followed in each direction; the longest real chain met so far has seven."""
MAX_EDITIONS = 60

_REPLACING = (Relation.Kind.REPLACES, Relation.Kind.REPLACED_BY)
_PARTLY = (Relation.Kind.PARTLY_REPLACES, Relation.Kind.PARTLY_REPLACED_BY)
_CURRENCY = {"in_force": 4, "upcoming": 3, "superseded": 2, "withdrawn": 2, "unknown": 1}


@dataclass(frozen=True, slots=True)
class Line:
    """A standard in the line of its editions; ``records`` holds those that are public, by slug."""

    standard: Standard
    records: dict[str, Standard]
    succession: Succession

    def held(self, editions: list[Edition]) -> list[Standard]:
        """The records of those editions that are held."""
        return [self.records[edition.slug] for edition in editions if edition.slug in self.records]


def current_edition(undated_slug: str) -> Standard | None:
    """The edition an undated reference means: the newest in force, else the newest published, else any."""
    return max(editions(undated_slug), key=lambda one: (_CURRENCY.get(one.status, 0), one.published), default=None)


def moved(slug: str) -> Standard | None:
    """The public record that had this address before its designation changed."""
    left = FormerAddress.objects.filter(slug=slug, standard__hidden_at__isnull=True).select_related("standard").first()
    return left.standard if left else None


def editions(undated_slug: str) -> list[Standard]:
    """Public editions under one number, the newest first."""
    found = Standard.objects.public().filter(undated_slug=undated_slug)
    return sorted(found, key=lambda one: (one.published or str(one.year or ""), one.sort_key), reverse=True)


def in_force_instead(standard: Standard) -> Standard | None:
    """The standard itself while it is in force, else the nearest edition in force that took its place."""
    if standard.status == Standard.Status.IN_FORCE:
        return standard
    line = around(standard)
    in_force = [one for one in line.held(line.succession.successors(standard.slug)) if one.status == IN_FORCE]
    return in_force[0] if in_force else None


def predecessors(standard: Standard) -> list[Standard]:
    """Held editions this one took the place of, nearest first, through any chain."""
    line = around(standard)
    return line.held(line.succession.predecessors(standard.slug))


def successors(standard: Standard) -> list[Standard]:
    """Held editions that took the place of this one, nearest first, through any chain."""
    line = around(standard)
    return line.held(line.succession.followers(standard.slug))


def around(standard: Standard) -> Line:
    """All editions that a chain of replacements connects with ``standard``, and the other editions of its number.

    Costs one query a generation. An amendment or corrigendum ends with its edition but is none itself, so it is left
    out (and the line of an amendment holds amendments only). Editions of one number between which no source states a
    replacement follow each other by date: that is what a new edition means. What is replaced in part (部分代替) goes on
    beside what took its part, so that no line leads from one to the other.
    """
    supplement = _is_supplement(standard.designation)
    records = {standard.slug: standard}
    records.update((one.slug, one) for one in editions(standard.undated_slug)[:MAX_EDITIONS])
    found = {one.slug: _edition(one) for one in records.values()}
    pairs: set[tuple[str, str]] = set()
    partly: set[tuple[str, str]] = set()
    frontier = set(found)
    for _step in range(MAX_STEPS):
        reached: set[str] = set()
        for relation in _replacements(frontier, [records[slug].pk for slug in frontier if slug in records]):
            if relation.kind in _PARTLY:
                ends = relation.standard.slug, relation.target_slug
                partly.add(ends if relation.kind == Relation.Kind.PARTLY_REPLACES else (ends[1], ends[0]))
                continue
            here, there = relation.standard, relation.target
            target = _edition(there) if there and there.hidden_at is None else _absent(relation)
            if {_is_supplement(here.designation), _is_supplement(target.designation)} != {supplement}:
                continue
            for edition, record in ((_edition(here), here), (target, there)):
                if edition.slug not in found:
                    found[edition.slug] = edition
                    reached.add(edition.slug)
                if record is not None and record.hidden_at is None:
                    records.setdefault(edition.slug, record)
            newer = relation.kind == Relation.Kind.REPLACES
            pairs.add((here.slug, target.slug) if newer else (target.slug, here.slug))
        frontier = reached
        if not frontier or len(found) >= MAX_EDITIONS:
            break
    pairs |= _implied([one for one in records.values() if one.undated_slug == standard.undated_slug], pairs) - partly
    return Line(standard, records, Succession(found, frozenset(pairs)))


def _replacements(slugs: set[str], ids: list[int]) -> list[Relation]:
    relations = Relation.objects.filter(kind__in=[*_REPLACING, *_PARTLY], standard__hidden_at__isnull=True)
    relations = relations.filter(Q(standard__in=ids) | Q(target_slug__in=slugs) | Q(target__in=ids))
    return list(relations.select_related("standard", "target").order_by("pk")[: MAX_EDITIONS * 2])


def _implied(same_number: list[Standard], stated: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Pairs of neighbours in date for editions that no stated replacement follows."""
    followed = {old for _new, old in stated}
    line = sorted((one for one in same_number if _date(one)), key=lambda one: (_date(one), one.slug))
    return {
        (new.slug, old.slug)
        for old, new in zip(line, line[1:], strict=False)
        if old.slug not in followed and _date(old) < _date(new)
    }


def _is_supplement(designation: str) -> bool:
    """Whether it names the change alone, not the text with the change worked in."""
    parsed = try_parse(designation)
    return parsed is not None and any(not one.included for one in parsed.supplements)


def _date(standard: Standard) -> str:
    return standard.published or str(standard.year or "")


def _edition(standard: Standard) -> Edition:
    return Edition(
        slug=standard.slug,
        designation=standard.designation,
        title=standard.title,
        title_language=standard.title_language,
        status=standard.status,
        status_label=standard.get_status_display(),
        published=_date(standard),
        withdrawn=standard.withdrawn,
    )


def _absent(relation: Relation) -> Edition:
    """A target that is not held, or is hidden: its designation is all there is to say."""
    return Edition(slug=relation.target_slug, designation=relation.target_designation, held=False)
