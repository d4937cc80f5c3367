"""What is held of many designations at once: a number of queries that does not grow with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from content.standards.models import Relation, Standard
from search.checking.verdicts import Held, Holding, meant, span
from search.designations import Designation, try_parse
from search.lookup import related

GENERATIONS = 12
"""Replacements followed from one edition; the longest real chain met so far has seven."""
CHUNK = 900
"""Values in one query; SQLite has a limit."""
MAX_NEAR = 5
_COLUMNS = (
    *("designation", "slug", "undated_slug", "family_slug", "title_zh", "title_en", "title_fr", "status"),
    *("published", "effective", "withdrawn", "year"),
)


@dataclass(slots=True)
class _Graph:
    """Records by slug, and which slugs replace which, as far as they were followed. ``on`` is the day for which it is
    asked what is in force; without it what the sources call in force is."""

    on: date | None = None
    held: dict[str, Held] = field(default_factory=dict)
    newer: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    editions: dict[str, list[Held]] = field(default_factory=lambda: defaultdict(list))

    def add(self, records: Iterable[Held]) -> None:
        """Editions of one number follow each other by date where no source states it."""
        touched = set()
        for one in records:
            if one.slug not in self.held:
                self.held[one.slug] = one
                self.editions[one.undated_slug].append(one)
                touched.add(one.undated_slug)
        for undated in touched:
            line = sorted((one for one in self.editions[undated] if _age(one)), key=lambda one: (_age(one), one.slug))
            for old, new in zip(line, line[1:], strict=False):
                if _age(old) < _age(new):
                    self.newer[old.slug].add(new.slug)

    def in_force(self, one: Held) -> bool:
        if self.on is None:
            return one.status == "in_force"
        begins, ends = span(one, self.replaced_from(one.slug))
        return begins is not None and ends is not None and begins <= self.on < ends

    def in_force_of(self, undated: str) -> tuple[Held, ...]:
        """The editions of one number that are in force."""
        return tuple(one for one in self.editions[undated] if self.in_force(one))

    def in_place_of(self, slug: str) -> tuple[Held, ...]:
        """The nearest editions in force that follow it; none where the chain ends otherwise."""
        seen, row = {slug}, {slug}
        while row:
            row = {new for old in row for new in self.newer.get(old, ())} - seen
            seen |= row
            in_force = [one for new in row if (one := self.held.get(new)) and self.in_force(one)]
            if in_force:
                return tuple(sorted(in_force, key=lambda one: one.slug))
        return ()

    def replaced_from(self, slug: str) -> tuple[str, ...]:
        return tuple(one.start for new in self.newer.get(slug, ()) if (one := self.held.get(new)) and one.start)


def holdings(designations: Sequence[Designation], on: date | None = None) -> Iterator[Holding]:
    """What is held of each, in their order; queries take ``CHUNK`` of them at a time. ``on`` is the day asked for."""
    graph = _Graph(on)
    graph.add(_records("undated_slug", {one.undated_slug for one in designations}))
    # An undated designation means another edition on another day; whatever any edition led to may be asked for.
    asked = {one.undated_slug for one in designations} if on else ()
    found = [meant(one, graph.editions[one.undated_slug]) for one in designations]
    start = {one.slug for one in found if one and one.status != "in_force"}
    start |= {one.slug for undated in asked for one in graph.editions[undated] if one.status != "in_force"}
    _follow(graph, start)
    near = _near([one for one, record in zip(designations, found, strict=True) if record is None or one.all_parts])
    for designation in designations:
        editions = tuple(sorted(graph.editions[designation.undated_slug], key=lambda one: one.published, reverse=True))
        in_force = graph.in_force_of(designation.undated_slug)
        record = meant(designation, editions, in_force if on else ())
        if record is None or designation.all_parts:
            yield Holding(editions=editions, in_force=in_force, near=near(designation))
        else:
            current = (record,) if graph.in_force(record) else graph.in_place_of(record.slug)
            if on and not current:  # it was not yet in force: what was, of the same number
                current = in_force
            yield Holding(record, editions, in_force, current, graph.replaced_from(record.slug))


def _follow(graph: _Graph, slugs: Collection[str]) -> None:
    """Read what replaced these, and what replaced that, with all editions of every number that is met."""
    frontier = set(slugs)
    for _step in range(GENERATIONS):
        pairs = [*_replacements(frontier)]
        for new, old in pairs:
            graph.newer[old].add(new)
        reached = {new for new, _old in pairs} | {new for old in frontier for new in graph.newer.get(old, ())}
        lacking = reached - graph.held.keys()
        met = {one.undated_slug for one in _records("slug", lacking)}
        graph.add(_records("undated_slug", met))
        frontier = {slug for slug in reached if (one := graph.held.get(slug)) and one.status != "in_force"} - set(slugs)
        slugs = {*slugs, *frontier}
        if not frontier:
            return


def _replacements(slugs: Collection[str]) -> Iterator[tuple[str, str]]:
    """(newer, older) for every statement that one of these was replaced."""
    for chunk in _chunks(slugs):
        stated = Relation.objects.filter(
            Q(kind=Relation.Kind.REPLACES, target_slug__in=chunk)
            | Q(kind=Relation.Kind.REPLACED_BY, standard__slug__in=chunk),
            standard__hidden_at__isnull=True,
        )
        for kind, own, other in stated.values_list("kind", "standard__slug", "target_slug"):
            yield (own, other) if kind == Relation.Kind.REPLACES else (other, own)


def _near(designations: Sequence[Designation]) -> Callable[[Designation], tuple[Held, ...]]:
    """What comes near those that are not held: the number with a related publisher or type, the parts of a series."""
    wanted: dict[str, list[str]] = {}
    for one in designations:
        if one.canonical not in wanted:
            wanted[one.canonical] = [other.slug for other in related(one.family)]
    held: dict[str, list[Held]] = defaultdict(list)
    for record, family in _with_family({slug for slugs in wanted.values() for slug in slugs}):
        held[family].append(record)

    def near(designation: Designation) -> tuple[Held, ...]:
        found = [one for slug in wanted.get(designation.canonical, ()) for one in held[slug]]
        if not designation.all_parts:
            found = [one for one in found if _same_part(one, designation)]
        return tuple(sorted(found, key=lambda one: (one.status != "in_force", one.slug))[:MAX_NEAR])

    return near


def _same_part(record: Held, designation: Designation) -> bool:
    parsed = try_parse(record.designation)
    if parsed is None or parsed.undated_slug == designation.undated_slug:
        return False  # another edition of the very number is no other standard
    if parsed.supplements != designation.supplements:
        return False
    return parsed.part == designation.part and designation.year in (None, parsed.year)


def _records(column: str, values: Collection[str]) -> Iterator[Held]:
    for record, _family in _with_column(column, values):
        yield record


def _with_family(slugs: Collection[str]) -> Iterator[tuple[Held, str]]:
    return _with_column("family_slug", slugs)


def _with_column(column: str, values: Collection[str]) -> Iterator[tuple[Held, str]]:
    for chunk in _chunks(values):
        rows = Standard.objects.public().filter(**{f"{column}__in": chunk}).order_by().values_list(*_COLUMNS)
        for designation, slug, undated, family, zh, en, fr, *rest in rows:
            titles = tuple((code, title) for code, title in (("zh", zh), ("en", en), ("fr", fr)) if title)
            yield Held(designation, slug, undated, titles, *rest), family


def _chunks(values: Collection[str]) -> Iterator[list[str]]:
    listed = sorted(values)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]


def _age(record: Held) -> str:
    return record.published or str(record.year or "")
