"""Which edition followed which (标准沿革): pure functions over editions and "newer replaces older" pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass

IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition in a line; ``slug`` names it even where it is not held."""

    slug: str
    designation: str
    title: str = ""
    title_language: str = ""
    status: str = ""
    status_label: str = ""
    published: str = ""
    withdrawn: str = ""
    held: bool = True

    @property
    def year(self) -> str:
        return self.published[:4]


@dataclass(frozen=True, slots=True)
class Succession:
    """Editions by slug, and the pairs (newer, older) between them. Pairs that close a circle are harmless."""

    editions: dict[str, Edition]
    replaced: frozenset[tuple[str, str]]

    def generations(self) -> list[list[Edition]]:
        """Editions from the oldest to the newest; what was split or merged stands side by side.

        An edition stands in the generation after the last of its predecessors. Where sources contradict each other and
        the pairs go round in a circle, the circle is opened at its earliest edition.
        """
        older: dict[str, set[str]] = defaultdict(set)
        for new, old in self.replaced:
            if new != old and new in self.editions and old in self.editions:
                older[new].add(old)
        rank: dict[str, int] = {}
        waiting = sorted(self.editions, key=self._age)
        while waiting:
            ready = [slug for slug in waiting if not (older[slug] - rank.keys())] or waiting[:1]
            for slug in ready:
                rank[slug] = 1 + max((rank[old] for old in older[slug] if old in rank), default=-1)
            waiting = [slug for slug in waiting if slug not in rank]
        rows: dict[int, list[Edition]] = defaultdict(list)
        for slug in sorted(rank, key=self._age):
            rows[rank[slug]].append(self.editions[slug])
        return [rows[number] for number in sorted(rows)]

    def successors(self, slug: str) -> list[Edition]:
        """What holds in place of this edition: the nearest editions in force that follow it, through any chain.

        Where none is in force, the last editions of the chain, so that the reader still learns where it went.
        """
        newer: dict[str, set[str]] = defaultdict(set)
        for new, old in self.replaced:
            if new != old and new in self.editions:
                newer[old].add(new)
        seen, row, ends = {slug}, {slug}, set[str]()
        while row:
            row = {new for old in row for new in newer[old]} - seen
            seen |= row
            in_force = [one for one in row if self.editions[one].status == IN_FORCE]
            if in_force:
                return [self.editions[one] for one in sorted(in_force, key=self._age)]
            ends |= {one for one in row if not newer[one]}
        return [self.editions[one] for one in sorted(ends, key=self._age)]

    def predecessors(self, slug: str) -> list[Edition]:
        """What this edition took the place of, nearest first, through any chain."""
        return self._walk(slug, {(old, new) for new, old in self.replaced})

    def followers(self, slug: str) -> list[Edition]:
        """What took the place of this edition, nearest first, through any chain."""
        return self._walk(slug, self.replaced)

    def _walk(self, slug: str, pairs: Set[tuple[str, str]]) -> list[Edition]:
        steps: dict[str, set[str]] = defaultdict(set)
        for to, here in pairs:
            if to in self.editions:
                steps[here].add(to)
        seen, row, found = {slug}, {slug}, list[Edition]()
        while row:
            row = {to for here in row for to in steps[here]} - seen
            seen |= row
            found += [self.editions[one] for one in sorted(row, key=self._age)]
        return found

    def _age(self, slug: str) -> tuple[str, str]:
        edition = self.editions[slug]
        return edition.published or "9999", slug
